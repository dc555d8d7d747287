package terminal

import (
	"fmt"
	"slices"
	"strings"

	"tfgen/internal/deploy/report"
)

const (
	noChanges = "No changes. Your infrastructure matches the configuration."

	// maxAddress is the widest that the column of addresses gets.
	maxAddress = 44

	// maxRepeated is how many addresses a warning repeats.
	maxRepeated = 10
)

// Plan shows what a plan of a root would change: grouped by what the spec
// calls things, what is destroyed last in its group and once more in a
// warning. Facts stand behind the root's name.
func (s Style) Plan(root string, facts []string, p report.Plan) string {
	if p.Empty {
		return s.bold(root) + "  " + noChanges + "\n"
	}
	parts := []string{
		s.Head(root, facts...),
		s.changes(p.Changes),
		s.drift(p),
		s.rolls(p.Rolls),
		s.counts(p) + s.outputs(p.Outputs),
		s.warnings(p),
	}
	parts = slices.DeleteFunc(parts, func(part string) bool { return part == "" })
	return strings.Join(parts, "\n")
}

// changes lists the changes, group by group.
func (s Style) changes(all []report.Change) string {
	groups := map[string][]report.Change{}
	column := 0
	for _, c := range all {
		group := report.Group(c.Module)
		groups[group] = append(groups[group], c)
		column = max(column, min(maxAddress, columns(c.Local)))
	}
	var b strings.Builder
	for _, group := range inOrder(groups) {
		b.WriteString(s.fit("  "+s.bold(group)) + "\n")
		for _, c := range destructiveLast(groups[group]) {
			b.WriteString(s.change(c, column))
		}
	}
	return b.String()
}

// inOrder sorts the names of groups; what is in no module comes last.
func inOrder(groups map[string][]report.Change) []string {
	var names []string
	for name := range groups {
		names = append(names, name)
	}
	root := report.Group("")
	slices.SortFunc(names, func(a, b string) int {
		if a == root || b == root {
			return btoi(a == root) - btoi(b == root)
		}
		return strings.Compare(a, b)
	})
	return names
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func destructiveLast(changes []report.Change) []report.Change {
	sorted := slices.Clone(changes)
	slices.SortStableFunc(sorted, func(a, b report.Change) int { return btoi(destructive(a)) - btoi(destructive(b)) })
	return sorted
}

func destructive(c report.Change) bool { return c.Action == report.Delete || c.Action.Replaces() }

// change is one line: symbol, address, and the most telling thing about it.
// Where that does not fit, the columns are given up, and then the line.
func (s Style) change(c report.Change, column int) string {
	start, about := "    "+s.symbol(c.Action, pad(c.Action.Symbol(), 3))+" ", s.about(c)
	if about == "" {
		return s.fit(start+c.Local) + "\n"
	}
	for _, line := range []string{start + pad(c.Local, column) + "  " + about, start + c.Local + "  " + about} {
		if s.Width <= 0 || columns(line) <= s.Width {
			return line + "\n"
		}
	}
	return s.fit(start+c.Local) + "\n" + s.fit(strings.Repeat(" ", 10)+about) + "\n"
}

func (s Style) symbol(a report.Action, text string) string {
	switch a {
	case report.Create:
		return s.green(text)
	case report.Update:
		return s.yellow(text)
	case report.Delete, report.Replace, report.CreateFirst:
		return s.red(text)
	}
	return s.faint(text)
}

// about says the most telling thing about a change.
func (s Style) about(c report.Change) string {
	switch {
	case c.Action == report.Move:
		return s.faint("moved from " + c.Previous)
	case c.ImportID != "":
		return s.faint("imported, ID " + c.ImportID)
	case c.Action == report.Create:
		return s.faint(c.Title)
	case c.Action == report.Read:
		return s.faint("read during apply")
	case c.Action == report.Forget:
		return s.faint("leaves the state, is not destroyed")
	case strings.HasSuffix(c.Reason, "tainted"):
		return s.red("tainted: its creation did not finish")
	case len(c.Attributes) > 0:
		return s.attribute(c.Attributes)
	}
	return ""
}

// attribute shows the first changed value, and how many there are beside it
// that a person changed.
func (s Style) attribute(all []report.Attribute) string {
	first := all[0].String()
	if all[0].Forces {
		first += "  " + s.red("forces replacement")
	}
	more := 0
	for _, a := range all[1:] {
		if a.After != report.Unknown {
			more++
		}
	}
	if more > 0 {
		first += s.faint(fmt.Sprintf("  and %d more", more))
	}
	return first
}

// drift lists what was changed outside of Terraform, where the plan does
// nothing else than take it over.
func (s Style) drift(p report.Plan) string {
	if len(p.Changes) > 0 || len(p.Drift) == 0 {
		return ""
	}
	return "  Changed outside of Terraform, to be taken over into the state:\n" + s.changes(p.Drift)
}

// rolls says in words which services start new tasks, and why.
func (s Style) rolls(rolls []report.Roll) string {
	var b strings.Builder
	for _, r := range rolls {
		b.WriteString("  " + s.wrap(r.String(), 4) + "\n")
	}
	return b.String()
}

// counts are Terraform's words.
func (s Style) counts(p report.Plan) string {
	n := p.Counts
	said := []string{
		s.green(fmt.Sprintf("%d to add", n.Add)),
		s.yellow(fmt.Sprintf("%d to change", n.Change)),
		s.red(fmt.Sprintf("%d to destroy", n.Destroy)),
	}
	if n.Import > 0 {
		said = slices.Insert(said, 0, fmt.Sprintf("%d to import", n.Import))
	}
	beside := []string{fmt.Sprintf("%d unchanged", p.Unchanged)}
	replaced := 0
	for _, c := range p.Changes {
		replaced += btoi(c.Action.Replaces())
	}
	if replaced > 0 {
		beside = append(beside, fmt.Sprintf("%d replaced", replaced))
	}
	return s.fit("  "+strings.Join(said, ", ")+"      "+s.faint(strings.Join(beside, " · "))) + "\n"
}

func (s Style) outputs(all []report.OutputChange) string {
	var said []string
	for _, o := range all {
		text := o.Action.Symbol() + " " + o.Name
		if o.Sensitive {
			text += " " + report.Sensitive
		}
		said = append(said, text)
	}
	if len(said) == 0 {
		return ""
	}
	return "  " + s.wrap("outputs: "+strings.Join(said, ", "), 4) + "\n"
}

// warnings repeats what is destroyed.
func (s Style) warnings(p report.Plan) string {
	var replaced, gone []string
	for _, c := range p.Destructive() {
		if c.Action.Replaces() {
			replaced = append(replaced, c.Address)
		} else {
			gone = append(gone, c.Address)
		}
	}
	return s.warning("destroyed and created again", replaced) + s.warning("destroyed", gone)
}

func (s Style) warning(what string, addresses []string) string {
	switch len(addresses) {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf("%s 1 resource will be %s: %s\n", s.red("Warning:"), what, addresses[0])
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s %d resources will be %s:\n", s.red("Warning:"), len(addresses), what)
	for _, address := range addresses[:min(len(addresses), maxRepeated)] {
		b.WriteString(s.fit("         "+address) + "\n")
	}
	if more := len(addresses) - maxRepeated; more > 0 {
		fmt.Fprintf(&b, "         and %d more, listed above\n", more)
	}
	return b.String()
}
