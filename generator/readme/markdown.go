package readme

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
)

// A table is a section of the README. Its cells are Markdown already.
type table struct {
	title string
	head  []string
	rows  [][]string
}

// write writes the table, and nothing when it has no rows.
func (t table) write(out *bytes.Buffer) {
	if len(t.rows) == 0 {
		return
	}
	rule := make([]string, len(t.head))
	for i, name := range t.head {
		rule[i] = strings.Repeat("-", len(name))
	}
	fmt.Fprintf(out, "## %s\n\n", t.title)
	for _, row := range slices.Concat([][]string{t.head, rule}, t.rows) {
		out.WriteString(line(row))
	}
	out.WriteString("\n")
}

// line writes the cells of a row, an empty one as a single space.
func line(cells []string) string {
	out := "|"
	for _, cell := range cells {
		out += strings.TrimRight(" "+cell, " ") + " |"
	}
	return out + "\n"
}

// text makes a table cell of prose. Its code spans stay; what would break the
// table or vanish as HTML or emphasis is escaped.
func text(s string) string {
	parts := strings.Split(strings.Join(strings.Fields(s), " "), "`")
	for i, part := range parts {
		if inCode := i%2 == 1 && i < len(parts)-1; !inCode {
			part = strings.NewReplacer("<", `\<`, "*", `\*`).Replace(part)
		}
		parts[i] = strings.ReplaceAll(part, "|", `\|`)
	}
	return strings.Join(parts, "`")
}

// code makes a table cell of one line of code. A table splits its rows before
// it looks for code, so a | is escaped there too.
func code(s string) string {
	s = strings.ReplaceAll(s, "\n", " ")
	ticks := "`"
	for strings.Contains(s, ticks) {
		ticks += "`"
	}
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		s = " " + s + " "
	}
	return ticks + strings.ReplaceAll(s, "|", `\|`) + ticks
}

func link(target string) string {
	return fmt.Sprintf("[%s](%s)", target, target)
}

// fence returns a block of code.
func fence(language string, src []byte) string {
	ticks := "```"
	for bytes.Contains(src, []byte(ticks)) {
		ticks += "`"
	}
	return fmt.Sprintf("%s%s\n%s\n%s\n", ticks, language, bytes.Trim(src, "\n"), ticks)
}
