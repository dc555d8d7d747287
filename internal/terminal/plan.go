package terminal

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"tfgen/internal/deploy/report"
)

const (
	noChanges = "No changes. Your infrastructure matches the configuration."

	// maxAddress is the widest that the column of addresses gets.
	maxAddress = 44

	// maxAttributes is how many values of one change are listed.
	maxAttributes = 12

	// maxRepeated is how many addresses a warning repeats.
	maxRepeated = 10
)

// Plan shows what a plan of a root would change: grouped by what the spec
// calls things, what is destroyed last in its group and once more in a
// warning. Facts stand behind the root's name.
func (s Style) Plan(root string, facts []string, p report.Plan) string {
	if p.Silent() {
		return s.bold(root) + "  " + noChanges + "\n"
	}
	parts := []string{
		s.Head(root, facts...),
		s.changes(p.Changes),
		s.drift(p),
		s.taken(p),
		s.rolls(p.Rolls),
		s.consequences(p),
		s.counts(p) + s.outputs(p.Outputs),
		s.warnings(p),
	}
	parts = slices.DeleteFunc(parts, func(part string) bool { return part == "" })
	return strings.Join(parts, "\n")
}

// changes lists the changes, group by group.
func (s Style) changes(all []report.Change) string {
	var b strings.Builder
	column := addressColumn(all)
	for _, g := range grouped(all) {
		b.WriteString(s.fit("  "+s.bold(g.name)) + "\n")
		for _, c := range g.changes {
			writeLines(&b, s.change(c, column))
		}
	}
	return b.String()
}

// A group is what belongs to one thing of the spec, what is destroyed last.
type group struct {
	name    string
	changes []report.Change
}

func grouped(all []report.Change) []group {
	byName := map[string][]report.Change{}
	for _, c := range all {
		name := report.Group(c.Module)
		byName[name] = append(byName[name], c)
	}
	var groups []group
	for _, name := range inOrder(byName) {
		groups = append(groups, group{name, destructiveLast(byName[name])})
	}
	return groups
}

// addressColumn is how wide the column of addresses is.
func addressColumn(all []report.Change) int {
	column := 0
	for _, c := range all {
		column = max(column, min(maxAddress, columns(c.Local)))
	}
	return column
}

// inOrder sorts the names of groups. What is in no module comes later, and last
// what is only removed.
func inOrder(groups map[string][]report.Change) []string {
	place := func(name string) int {
		if !slices.ContainsFunc(groups[name], func(c report.Change) bool { return c.Action != report.Delete }) {
			return 2
		}
		return btoi(name == report.Group(""))
	}
	return slices.SortedFunc(maps.Keys(groups), func(a, b string) int {
		return cmp.Or(place(a)-place(b), strings.Compare(a, b))
	})
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func destructiveLast(changes []report.Change) []report.Change {
	sorted := slices.Clone(changes)
	slices.SortStableFunc(sorted, func(a, b report.Change) int { return btoi(a.Removes()) - btoi(b.Removes()) })
	return sorted
}

// change is a line, symbol, address, and the most telling thing about it, and
// another line for each thing more that a person changed. Where that does not
// fit, the columns are given up, and then the line.
func (s Style) change(c report.Change, column int) []string {
	symbol, about := "    "+s.symbol(c, pad(c.Action.Symbol(), 3))+" ", s.about(c)
	start := symbol + pad(c.Local, column) + "  "
	switch {
	case len(about) == 0:
		return []string{s.fit(symbol + c.Local)}
	case s.allFit(start, about):
		return append([]string{start + about[0]}, indented(columns(start), about[1:])...)
	case len(about) == 1 && s.allFit(symbol+c.Local+"  ", about):
		return []string{symbol + c.Local + "  " + about[0]}
	}
	return list(append([]string{symbol + c.Local}, indented(10, about)...), s.fit)
}

func indented(by int, texts []string) []string {
	return list(texts, func(text string) string { return strings.Repeat(" ", by) + text })
}

// allFit reports whether each text has room after a start.
func (s Style) allFit(start string, texts []string) bool {
	return s.Width <= 0 || !slices.ContainsFunc(texts, func(text string) bool { return columns(start+text) > s.Width })
}

func (s Style) symbol(c report.Change, text string) string {
	switch {
	case c.Removes():
		return s.red(text)
	case c.Action == report.Create:
		return s.green(text)
	case c.Action == report.Update || c.Kept:
		return s.yellow(text)
	}
	return s.faint(text)
}

// about says what there is to tell about a change: a line, or some.
func (s Style) about(c report.Change) []string {
	switch {
	case c.Action == report.Move:
		return []string{s.faint("moved from " + c.Previous)}
	case c.ImportID != "":
		return []string{s.faint("imported, ID " + c.ImportID)}
	case c.Action == report.Create && c.Title != "":
		return []string{s.faint(c.Title)}
	case c.Action == report.Read:
		return []string{s.faint("read during apply")}
	case c.Action == report.Forget:
		return []string{s.faint("leaves the state, is not destroyed")}
	case strings.HasSuffix(c.Reason, "tainted"):
		return []string{s.red("tainted: its creation did not finish")}
	case c.Kept:
		return s.attributes(c.Attributes, "a new revision, the old one stays", "")
	}
	return s.attributes(c.Attributes, s.red("forces replacement"), s.red("forces replacement"))
}

// attributes shows the changed values, and what comes of them where they force
// a replacement: of the first, and of each other. What an apply will tell is no
// news beside others.
func (s Style) attributes(all []report.Attribute, replaced, too string) []string {
	var lines []string
	for i, a := range all {
		if i > 0 && a.After == report.Unknown {
			continue
		}
		text := a.String()
		if a.Forces {
			text = strings.TrimRight(text+"  "+replaced, " ")
		}
		lines, replaced = append(lines, text), too
	}
	if more := len(lines) - maxAttributes; more > 0 {
		lines = append(lines[:maxAttributes], s.faint(fmt.Sprintf("and %d more", more)))
	}
	return lines
}

// drift lists what was changed outside of Terraform, first what the delivery
// did itself.
func (s Style) drift(p report.Plan) string {
	var b strings.Builder
	for i, part := range driftParts(p) {
		if i > 0 {
			b.WriteString("\n")
		}
		title := part.title
		if part.loud {
			title = s.red(title)
		}
		b.WriteString(s.fit("  "+title+":") + "\n" + s.changes(part.changes))
	}
	return b.String()
}

// A driftPart is drift of one kind; loud is what nobody should have done.
type driftPart struct {
	title   string
	loud    bool
	changes []report.Change
}

// driftParts tells apart what was changed outside of Terraform.
func driftParts(p report.Plan) []driftPart {
	var delivered, others []report.Change
	for _, c := range p.Drift {
		switch {
		case c.Expected && c.Foreign:
			others = append(others, c)
		case c.Expected:
			delivered = append(delivered, c)
		}
	}
	parts := []driftPart{
		{"Changed by the pipeline or by scaling", false, delivered},
		{"Added by other projects, whose tags it has", false, others},
		{"Changed outside of Terraform, and nobody should have", true, p.Unexpected()},
	}
	return slices.DeleteFunc(parts, func(part driftPart) bool { return len(part.changes) == 0 })
}

func (s Style) taken(p report.Plan) string {
	if text := takenOver(p); text != "" {
		return "  " + s.wrap(text, 2) + "\n"
	}
	return ""
}

// takenOver says what an apply does where no resource changes, or "". There
// may be nothing to list, but only what AWS reports of its own accord.
func takenOver(p report.Plan) string {
	switch {
	case len(p.Changes) > 0:
		return ""
	case p.Empty:
		return "No changes. There is nothing to apply."
	case len(p.Drift) > 0:
		return "An apply takes this over into the state."
	case len(p.Outputs) > 0:
		return ""
	}
	return "Nothing was changed. An apply takes over into the state what AWS reports of its own accord."
}

// rolls says in words what becomes of the tasks of services, and why.
func (s Style) rolls(rolls []report.Roll) string {
	var b strings.Builder
	for _, r := range rolls {
		b.WriteString("  " + s.wrap(r.String(), 4) + "\n")
	}
	return b.String()
}

// consequences says what the apply means to those who use what is there.
// What rolls is said by then.
func (s Style) consequences(p report.Plan) string {
	var b strings.Builder
	for _, c := range untold(p) {
		kind := "  " + pad(c.Kind, 8) + "  "
		if c.Kind == report.Cuts {
			kind = "  " + s.red(pad(c.Kind, 8)) + "  "
		}
		b.WriteString(kind + s.wrap(c.Text, 12) + "\n")
	}
	return b.String()
}

// untold are the consequences that are not said where the tasks are.
func untold(p report.Plan) []report.Consequence {
	return slices.DeleteFunc(p.Consequences(), func(c report.Consequence) bool { return c.Kind == report.Moves })
}

// counts are Terraform's words, and what there is beside them.
func (s Style) counts(p report.Plan) string {
	return s.fit(strings.TrimRight("  "+s.planned(p.Counts)+"      "+s.faint(beside(p)), " ")) + "\n"
}

func (s Style) planned(n report.Counts) string {
	said := []string{
		s.green(fmt.Sprintf("%d to add", n.Add)),
		s.yellow(fmt.Sprintf("%d to change", n.Change)),
		s.red(fmt.Sprintf("%d to destroy", n.Destroy)),
	}
	if n.Import > 0 {
		said = slices.Insert(said, 0, fmt.Sprintf("%d to import", n.Import))
	}
	return strings.Join(said, ", ")
}

func beside(p report.Plan) string {
	var said []string
	if p.Unchanged > 0 || len(p.Changes) > 0 { // a refresh-only plan counts nothing
		said = append(said, fmt.Sprintf("%d unchanged", p.Unchanged))
	}
	replaced, kept := 0, 0
	for _, c := range p.Changes {
		replaced += btoi(c.Action.Replaces() && !c.Kept)
		kept += btoi(c.Kept)
	}
	if replaced > 0 {
		said = append(said, fmt.Sprintf("%d replaced", replaced))
	}
	if kept > 0 {
		said = append(said, fmt.Sprintf("%d replaced by a new revision", kept))
	}
	return strings.Join(said, " · ")
}

// outputs lists what changes in outputs, a line each.
func (s Style) outputs(all []report.OutputChange) string {
	var b strings.Builder
	for _, o := range all {
		for _, text := range outputTexts(o) {
			if o.Sensitive {
				text += " " + report.Sensitive
			}
			b.WriteString(s.fit("    "+pad(o.Action.Symbol(), 3)+" "+text) + "\n")
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return "  outputs:\n" + b.String()
}

// outputTexts are the values that change in an output, or its name.
func outputTexts(o report.OutputChange) []string {
	if len(o.Attributes) == 0 {
		return []string{o.Name}
	}
	return Style{}.attributes(o.Attributes, "", "")
}

// An alarm is something that nobody shall overlook, and what it is about.
type alarm struct {
	sentence  string
	addresses []string
	moves     []report.Relocation // that would make it needless
}

// alarms repeat what nobody should have changed, and, last, what is destroyed.
func alarms(p report.Plan) []alarm {
	var foreign, changed, deleted, replaced, gone []string
	for _, c := range p.Unexpected() {
		switch {
		case c.Foreign:
			foreign = append(foreign, c.Address)
		case c.Action == report.Delete:
			deleted = append(deleted, c.Address)
		default:
			changed = append(changed, c.Address)
		}
	}
	for _, c := range gravestFirst(p.Destructive()) {
		switch {
		case c.Action == report.CreateFirst && !c.HoldsData(): // said among the consequences
		case c.Action.Replaces():
			replaced = append(replaced, c.Address)
		default:
			gone = append(gone, c.Address)
		}
	}
	all := []alarm{
		{resources(foreign, "holds", "hold") + " " + added, foreign, nil},
		{resources(changed, "was", "were") + " changed outside of Terraform", changed, nil},
		{resources(deleted, "was", "were") + " deleted outside of Terraform", deleted, nil},
		{elsewhere, nil, p.Relocations()},
		{resources(replaced, "will be", "will be") + " destroyed and created again", replaced, nil},
		{resources(gone, "will be", "will be") + " destroyed", gone, nil},
	}
	return slices.DeleteFunc(all, func(a alarm) bool { return len(a.addresses)+len(a.moves) == 0 })
}

const added = "what was added outside of Terraform and no apply takes away; remove it by hand, or write it into a file of your own"

const elsewhere = "a service is destroyed and created again in another module, and does not run meanwhile; names that are still taken may stop the first apply. " +
	"A file of your own beside the generated code keeps it, such as extra_moved.tf, which may go after the apply"

// gravestFirst puts what runs before what holds data, and both before the rest,
// of which a warning may not name all.
func gravestFirst(all []report.Change) []report.Change {
	weight := func(c report.Change) int {
		switch {
		case c.Type == "aws_ecs_service":
			return 0
		case c.HoldsData():
			return 1
		}
		return 2
	}
	slices.SortStableFunc(all, func(a, b report.Change) int { return weight(a) - weight(b) })
	return all
}

func resources(all []string, one, more string) string {
	if len(all) == 1 {
		return "1 resource " + one
	}
	return fmt.Sprintf("%d resources %s", len(all), more)
}

func (s Style) warnings(p report.Plan) string {
	var b strings.Builder
	for _, a := range alarms(p) {
		if len(a.moves) > 0 {
			b.WriteString(s.red("Warning:") + " " + s.wrap(a.sentence+":", 9) + "\n")
			writeLines(&b, indented(9, slices.Concat(list(a.moves, report.Relocation.Block)...)))
			continue
		}
		b.WriteString(s.red("Warning:") + " " + s.wrap(a.sentence+":", 9) + s.addresses(a.addresses))
	}
	return b.String()
}

// addresses are one in the line, or some in lines of their own.
func (s Style) addresses(all []string) string {
	if len(all) == 1 {
		return " " + all[0] + "\n"
	}
	var b strings.Builder
	b.WriteString("\n")
	for _, address := range all[:min(len(all), maxRepeated)] {
		b.WriteString(s.fit("         "+address) + "\n")
	}
	if more := len(all) - maxRepeated; more > 0 {
		fmt.Fprintf(&b, "         and %d more, listed above\n", more)
	}
	return b.String()
}
