// Package terminal is how tfgen looks: plans, progress, diagnostics and
// results as text for a person, and as JSON lines for a program.
//
// It renders what others found out. It runs nothing, reads no environment and
// no clock of its own. It promises that without Style.Color no escape byte
// leaves it, and that with it colour never carries a meaning that the text
// does not.
package terminal

import (
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// A Style says what the reader's end can show.
type Style struct {
	Color bool
	Width int  // columns; 0 means that lines may be as long as they like
	Live  bool // lines can be painted over: a terminal, with colours
}

func (s Style) paint(style lipgloss.Style, text string) string {
	if !s.Color || text == "" {
		return text
	}
	return style.Render(text)
}

func (s Style) colored(c color.Color, text string) string {
	return s.paint(lipgloss.NewStyle().Foreground(c), text)
}

func (s Style) bold(text string) string   { return s.paint(lipgloss.NewStyle().Bold(true), text) }
func (s Style) faint(text string) string  { return s.paint(lipgloss.NewStyle().Faint(true), text) }
func (s Style) red(text string) string    { return s.colored(lipgloss.Red, text) }
func (s Style) green(text string) string  { return s.colored(lipgloss.Green, text) }
func (s Style) yellow(text string) string { return s.colored(lipgloss.Yellow, text) }

// fit cuts a line to the width, and says so.
func (s Style) fit(line string) string {
	if s.Width <= 0 {
		return line
	}
	return ansi.Truncate(line, s.Width, "…")
}

// wrap breaks a sentence at the width; the lines after the first are indented.
func (s Style) wrap(text string, indent int) string {
	if s.Width <= indent+20 {
		return text
	}
	lines := ansi.Wordwrap(text, s.Width-indent, "")
	return strings.ReplaceAll(lines, "\n", "\n"+strings.Repeat(" ", indent))
}

// columns is how wide a text is on a screen.
func columns(text string) int { return ansi.StringWidth(text) }

// pad fills a text with spaces to a number of columns.
func pad(text string, width int) string {
	return text + strings.Repeat(" ", max(0, width-columns(text)))
}

// Head is the line above a plan: a name, and facts about it.
func (s Style) Head(name string, facts ...string) string {
	return s.fit(strings.TrimRight(s.bold(name)+" "+s.faint(strings.Join(facts, " · ")), " ")) + "\n"
}
