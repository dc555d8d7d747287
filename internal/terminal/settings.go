package terminal

import "tfgen/internal/deploy/report"

// A Setting is one thing about something that changes, or that is new: then
// there is nothing before.
type Setting struct{ Name, Before, After string }

// Settings are what changes about the thing of a name, a line each, in the
// form of a plan. Facts stand behind the name.
func (s Style) Settings(name string, facts []string, all []Setting) string {
	width := 0
	for _, setting := range all {
		width = max(width, columns(setting.Name))
	}
	out := s.Head(name, facts...)
	for _, setting := range all {
		action, value := report.Create, setting.After
		if setting.Before != "" {
			action, value = report.Update, setting.Before+" → "+setting.After
		}
		out += s.fit("  "+s.symbol(report.Change{Action: action}, action.Symbol())+" "+pad(setting.Name, width)+"  "+value) + "\n"
	}
	return out
}
