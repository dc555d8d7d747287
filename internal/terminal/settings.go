package terminal

import (
	"strings"

	"tfgen/internal/deploy/report"
)

// A Setting is one thing about something that changes, or that is new: then
// there is nothing before.
type Setting struct{ Name, Before, After string }

// Settings are what changes about the thing of a name, in the form of a plan.
// Facts stand behind the name.
func (s Style) Settings(name string, facts []string, all []Setting) string {
	width := 0
	for _, setting := range all {
		width = max(width, columns(setting.Name))
	}
	out := s.Head(name, facts...)
	for _, setting := range all {
		out += s.setting(setting, width) + "\n"
	}
	return out
}

// setting is one line, or two where it does not fit. It is not cut: somebody
// says yes to it.
func (s Style) setting(one Setting, width int) string {
	if one.Before == "" {
		return "  " + s.symbol(report.Change{Action: report.Create}, report.Create.Symbol()) + " " + pad(one.Name, width) + "  " + one.After
	}
	start := "  " + s.symbol(report.Change{Action: report.Update}, report.Update.Symbol()) + " " + pad(one.Name, width) + "  " + one.Before
	line := start + " → " + one.After
	if s.Width <= 0 || columns(line) <= s.Width {
		return line
	}
	return start + "\n" + strings.Repeat(" ", width+4) + "→ " + one.After
}
