package terminal

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tfgen/internal/deploy/report"
)

// A Section is the plan of one root, with facts that stand beside its name.
type Section struct {
	Root  string
	Facts []string
	Plan  report.Plan
}

// cutReserve is more than what cut takes, in bytes.
const cutReserve = 80

// Markdown shows plans in the comment of a pull request, in at most so many
// bytes; GitHub takes 65,536 characters. What rolls and what to beware of is
// always visible, the list of changes is folded, and folded lists are cut
// first. Notes stand at the end and are never cut, not even where they alone
// are longer than the limit: they are Markdown of the caller's own words.
//
// Nothing that comes from a plan is read as Markdown or HTML, or mentions
// anybody: it stands in code.
func Markdown(sections []Section, notes []string, limit int) string {
	tail := ""
	if len(notes) > 0 {
		tail = "\n" + strings.Join(notes, "\n\n") + "\n"
	}
	return fitted(blocks(sections), limit-len(tail)) + tail
}

// A block is part of a comment: lines that are seen, and lines that are folded.
type block struct {
	seen    []string
	summary string // of what is folded
	folded  []string
}

// blocks are the heading, each root that there is something to say of, and the
// others.
func blocks(sections []Section) []block {
	var all []block
	var total report.Counts
	var same []string
	var warned []report.Diagnostic // of roots that do not change
	for _, s := range sections {
		if s.Plan.Silent() {
			same, warned = append(same, span(s.Root)), append(warned, s.Plan.Diagnostics...)
			continue
		}
		n := s.Plan.Counts
		total.Add, total.Change, total.Destroy, total.Import = total.Add+n.Add, total.Change+n.Change, total.Destroy+n.Destroy, total.Import+n.Import
		all = append(all, s.block())
	}
	heading := "## Plan: " + Style{}.planned(total)
	if !slices.ContainsFunc(sections, func(s Section) bool { return !s.Plan.Empty }) {
		heading = "## Plan: no changes"
	}
	all = slices.Insert(all, 0, block{seen: []string{heading}})
	if len(same) > 0 {
		all = append(all, block{seen: append([]string{strings.Join(same, ", ") + ": " + noChanges}, warnings(warned)...)})
	}
	return all
}

// block shows one root.
func (s Section) block() block {
	p := s.Plan
	b := block{seen: []string{"### " + span(s.Root)}}
	if facts := slices.DeleteFunc(list(s.Facts, span), isEmpty); len(facts) > 0 {
		b.seen = append(b.seen, strings.Join(facts, " · "))
	}
	b.seen = append(b.seen, "", "**"+Style{}.planned(p.Counts)+"** · "+beside(p))
	if text := takenOver(p); text != "" {
		b.seen = append(b.seen, "", text)
	}
	b.seen = append(b.seen, paragraph(slices.Concat(list(p.Rolls, rollItem), list(untold(p), consequenceItem)))...)
	for _, a := range alarms(p) {
		b.seen = append(b.seen, a.lines()...)
	}
	b.seen = append(b.seen, warnings(p.Diagnostics)...)
	b.seen = append(b.seen, paragraph(slices.Concat(list(p.Outputs, outputItems)...))...)
	b.summary, b.folded = summary(p), listed(p)
	return b
}

// paragraph is a list with an item a line, after an empty line.
func paragraph(items []string) []string {
	if len(items) == 0 {
		return nil
	}
	return append([]string{""}, items...)
}

func consequenceItem(c report.Consequence) string { return "- **" + c.Kind + "** " + span(c.Text) }

func rollItem(r report.Roll) string {
	said := "- " + span(r.Service) + " " + r.Verb + ": " + span(r.What())
	if r.What() == "" {
		return said + r.Tasks
	}
	if r.Tasks != "" {
		said += "; " + r.Tasks
	}
	return said
}

// outputItems are what happens to one output, a line each.
func outputItems(o report.OutputChange) []string {
	var items []string
	for _, text := range outputTexts(o) {
		items = append(items, "- output "+span(strings.TrimSpace(o.Action.Symbol()+" "+text)))
	}
	if o.Sensitive {
		items[0] += " " + report.Sensitive
	}
	return items
}

// lines are an alarm in the form that GitHub paints as a warning.
func (a alarm) lines() []string {
	lines := []string{"", "> [!WARNING]", "> " + a.sentence + ":"}
	for _, address := range a.addresses[:min(len(a.addresses), maxRepeated)] {
		lines = append(lines, "> - "+span(address))
	}
	if more := len(a.addresses) - maxRepeated; more > 0 {
		lines = append(lines, fmt.Sprintf("> - and %d more, listed below", more))
	}
	for _, m := range a.moves {
		lines = append(lines, "> - "+span("moved")+" from "+span(m.From)+" to "+span(m.To))
	}
	return lines
}

// warnings are Terraform's own.
func warnings(all []report.Diagnostic) (lines []string) {
	for _, d := range all {
		lines = append(lines, "", "> [!WARNING]", "> "+span(d.Summary))
		if about := cmp.Or(d.Address, d.File); about != "" {
			lines = append(lines, "> - "+span(about))
		}
		if d.Detail != "" {
			lines = append(lines, "> - "+span(d.Detail))
		}
	}
	return lines
}

// summary says what is folded.
func summary(p report.Plan) string {
	var said []string
	doing := slices.DeleteFunc(slices.Clone(p.Changes), func(c report.Change) bool { return c.Action == report.Read })
	if n := len(doing); n > 0 {
		said = append(said, counted(n, "change"))
	}
	if n := len(p.Drift); n > 0 {
		said = append(said, fmt.Sprintf("%d changed outside of Terraform", n))
	}
	return strings.Join(said, ", ")
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// listed is the list of the text, as lines of a diff.
func listed(p report.Plan) []string {
	lines := diffLines(p.Changes)
	for _, part := range driftParts(p) {
		if len(lines) > 0 {
			lines = append(lines, "")
		}
		lines = append(append(lines, "  "+part.title+":"), diffLines(part.changes)...)
	}
	return lines
}

func diffLines(all []report.Change) []string {
	var lines []string
	column := addressColumn(all)
	for _, g := range grouped(all) {
		lines = append(lines, "  "+flat(g.name))
		for _, c := range g.changes {
			for _, line := range (Style{}.change(c, column)) {
				lines = append(lines, mark(c)+flat(line[1:]))
			}
		}
	}
	return lines
}

// mark is the character by which GitHub colours a line of a diff.
func mark(c report.Change) string {
	switch {
	case c.Removes():
		return "-"
	case c.Action == report.Create:
		return "+"
	case c.Action == report.Update || c.Kept:
		return "!"
	}
	return " "
}

// fitted puts blocks together in so many bytes. What is seen comes first; the
// rest is shared among what is folded, and what is short leaves its share to
// the others.
func fitted(all []block, room int) string {
	var lists []int // what has something folded, the shortest first
	for i := range all {
		if i > 0 {
			all[i].seen = append([]string{""}, all[i].seen...)
		}
		room -= size(all[i].seen)
		if len(all[i].folded) > 0 {
			lists = append(lists, i)
		}
	}
	if room < len(lists)*cutReserve {
		return cutSeen(all, room)
	}
	slices.SortStableFunc(lists, func(a, b int) int { return size(all[a].folded) - size(all[b].folded) })
	folded := make([]string, len(all))
	for n, i := range lists {
		folded[i] = all[i].fold(room / (len(lists) - n))
		room -= len(folded[i])
	}
	var out strings.Builder
	for i, b := range all {
		writeLines(&out, b.seen)
		out.WriteString(folded[i])
	}
	return out.String()
}

// cutSeen keeps as many of the lines that are seen as there is room for, and
// nothing that is folded. Room is what is left after all of them.
func cutSeen(all []block, room int) string {
	var lines []string
	folded := 0
	for _, b := range all {
		lines = append(lines, b.seen...)
		folded += told(b.folded)
	}
	room += size(lines) - cutReserve
	var out strings.Builder
	for i, line := range lines {
		if room -= len(line) + 1; room < 0 {
			if i > 0 {
				out.WriteString(cut(told(lines[i:]) + folded))
			}
			return out.String()
		}
		writeLines(&out, lines[i:i+1])
	}
	return out.String() + cut(folded)
}

// fold closes a list in a fence that none of its lines can end, cut to so many
// bytes.
func (b block) fold(room int) string {
	fence := strings.Repeat("`", max(3, backticks(strings.Join(b.folded, "\n"))+1))
	head := "\n<details><summary>" + b.summary + "</summary>\n\n" + fence + "diff\n"
	foot := fence + "\n\n</details>\n"
	room -= len(head) + len(foot)
	keep, rest := len(b.folded), ""
	if size(b.folded) > room {
		keep = fitting(b.folded, room-cutReserve)
		rest = cut(told(b.folded[keep:]))
	}
	if keep == 0 {
		return rest
	}
	var out strings.Builder
	out.WriteString(head)
	writeLines(&out, b.folded[:keep])
	return out.String() + foot + rest
}

// fitting is how many lines have so many bytes at most.
func fitting(lines []string, room int) int {
	for i, line := range lines {
		if room -= len(line) + 1; room < 0 {
			return i
		}
	}
	return len(lines)
}

// cut is what stands for lines that had no room.
func cut(lines int) string {
	them := "them"
	if lines == 1 {
		them = "it"
	}
	return fmt.Sprintf("\n… %s; `tfgen show FILE` has %s\n", counted(lines, "more line"), them)
}

// told counts the lines that say something.
func told(lines []string) int {
	n := 0
	for _, line := range lines {
		n += btoi(line != "")
	}
	return n
}

func size(lines []string) int {
	n := 0
	for _, line := range lines {
		n += len(line) + 1
	}
	return n
}

func writeLines(out *strings.Builder, lines []string) {
	for _, line := range lines {
		out.WriteString(line + "\n")
	}
}

// span is a text as code, in which nothing has a meaning.
func span(text string) string {
	text = flat(text)
	if text == "" {
		return ""
	}
	quote := strings.Repeat("`", backticks(text)+1)
	if strings.HasPrefix(text, "`") || strings.HasSuffix(text, "`") {
		text = " " + text + " " // Markdown takes these off again
	}
	return quote + text + quote
}

func isEmpty(text string) bool { return text == "" }

// flat is a text in one line, without what nobody can see.
func flat(text string) string {
	return strings.Join(strings.FieldsFunc(report.Clean(strings.TrimRight(text, "\n")), func(r rune) bool { return r == '\n' || r == '\t' }), " ")
}

// backticks is the length of the longest run of them.
func backticks(text string) int {
	longest, run := 0, 0
	for _, r := range text {
		if r != '`' {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest
}
