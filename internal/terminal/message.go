package terminal

import (
	"fmt"
	"slices"
	"strings"

	"tfgen/internal/deploy/report"
)

// Error is an error as it stands on stderr. The first line is the sentence;
// the others, such as Terraform's own words, are indented below.
func (s Style) Error(text string) string { return s.message(s.red("Error:"), text) }

// Warning is something that is worth a look, in the form of Error.
func (s Style) Warning(text string) string { return s.message(s.yellow("Warning:"), text) }

func (s Style) message(label, text string) string {
	first, rest, more := strings.Cut(report.Clean(text), "\n")
	out := label + " " + first + "\n"
	if more {
		out += indent(rest, "  ")
	}
	return out
}

// indent puts a margin before each line that is not empty, and ends the last.
func indent(text, margin string) string {
	var b strings.Builder
	for line := range strings.Lines(strings.TrimRight(text, "\n") + "\n") {
		if strings.TrimSpace(line) != "" {
			b.WriteString(margin)
		}
		b.WriteString(line)
	}
	return b.String()
}

// Diagnostics are Terraform's errors and warnings, one after the other.
func (s Style) Diagnostics(all []report.Diagnostic) string {
	var said []string
	for _, d := range all {
		_, text, _ := strings.Cut(d.String(), ": ")
		if d.IsError() {
			said = append(said, s.Error(text))
		} else {
			said = append(said, s.Warning(text))
		}
	}
	return strings.Join(said, "\n")
}

// Block is a title with lines below it, such as what to do next. The lines
// are not touched, so that they can be copied.
func (s Style) Block(title string, lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	return s.bold(title) + "\n" + indent(strings.Join(lines, "\n"), "  ")
}

// Table is lines of cells, each column as wide as its widest cell.
func (s Style) Table(rows [][]string) string {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], columns(cell))
		}
	}
	var b strings.Builder
	for _, row := range rows {
		line := " "
		for i, cell := range row {
			line += " " + pad(cell, widths[i]+1)
		}
		b.WriteString(s.fit(strings.TrimRight(line, " ")) + "\n")
	}
	return b.String()
}

// Result says what an apply did. After a failure it says what was made, what
// was not, and that running again is safe where anything was begun.
func (s Style) Result(r report.Result, failed bool) string {
	n := r.Counts
	counts := fmt.Sprintf("%d added, %d changed, %d destroyed", n.Add, n.Change, n.Destroy)
	return s.result("Apply", counts, r, failed)
}

// Destroyed is Result for a destroy.
func (s Style) Destroyed(r report.Result, failed bool) string {
	return s.result("Destroy", fmt.Sprintf("%d destroyed", r.Counts.Destroy), r, failed)
}

func (s Style) result(what, counts string, r report.Result, failed bool) string {
	if !failed {
		return s.green(what+" complete!") + " " + s.bold(r.Root) + ": " + counts + ".\n"
	}
	out := s.red(what+" stopped.") + " " + s.bold(r.Root) + ": " + counts + ".\n"
	for _, part := range []struct {
		title string
		steps []string
	}{
		{"done", addresses(r.Done)},
		{"failed", addresses(r.Failed)},
		{"cut off", r.CutOff},
		{"not begun", r.Left},
	} {
		out += s.part(part.title, part.steps)
	}
	switch {
	case r.Unsaved:
		return out + "  Not all of this may be in the state: read on before you run " + strings.ToLower(what) + " again.\n"
	case !r.Begun:
		return out
	}
	return out + "  What is done is in the state. It is safe to run " + strings.ToLower(what) + " again: it goes on from there.\n"
}

func (s Style) part(title string, all []string) string {
	if len(all) == 0 {
		return ""
	}
	rows := [][]string{}
	for _, address := range all[:min(len(all), maxRepeated)] {
		rows = append(rows, []string{title, address})
		title = ""
	}
	if more := len(all) - maxRepeated; more > 0 {
		rows = append(rows, []string{"", fmt.Sprintf("and %d more", more)})
	}
	rows[0][0] = pad(rows[0][0], len("not begun"))
	return s.Table(rows)
}

func addresses(steps []report.Step) []string {
	all := []string{}
	for _, step := range steps {
		all = append(all, step.Address)
	}
	slices.Sort(all)
	return slices.Compact(all)
}
