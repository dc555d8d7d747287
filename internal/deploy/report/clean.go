package report

import (
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"
)

// Clean takes out of foreign text what could drive a terminal: escape
// sequences, and every control character but tab and newline.
func Clean(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' || bidirectional(r) {
			return -1
		}
		return r
	}, ansi.Strip(s))
}

// bidirectional reports whether a character reorders the text around it, which
// lets a value look like another one.
func bidirectional(r rune) bool {
	return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

// line makes foreign text fit for the middle of a line.
func line(s string) string {
	return strings.Join(strings.Fields(Clean(s)), " ")
}
