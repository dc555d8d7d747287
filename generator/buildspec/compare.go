package buildspec

import (
	"regexp"
	"slices"
	"strings"
)

// mayEqual tells whether two texts can be the same in some build. A piece that
// is not known is the same wherever it stands by the same name.
func mayEqual(a, b string) bool {
	x, y := pieces(a), pieces(b)
	for len(x) > 0 && len(y) > 0 && x[0] == y[0] {
		x, y = x[1:], y[1:]
	}
	for len(x) > 0 && len(y) > 0 && x[len(x)-1] == y[len(y)-1] {
		x, y = x[:len(x)-1], y[:len(y)-1]
	}
	switch {
	case differ(x, y, 0, 0), differ(x, y, len(x)-1, len(y)-1):
		return false
	case slices.ContainsFunc(x, open) && slices.ContainsFunc(y, open):
		return true
	}
	return fits(x, strings.Join(y, "")) || fits(y, strings.Join(x, ""))
}

// differ tells that two texts have other characters at an end.
func differ(x, y []string, i, j int) bool {
	return len(x) > 0 && len(y) > 0 && !open(x[i]) && !open(y[j]) && x[i] != y[j]
}

// open tells that a piece is not known.
func open(piece string) bool { return !known(piece) }

// pieces takes a text apart into characters and what is not known.
func pieces(text string) []string {
	return regexp.MustCompile(`(?s)\$\{[^}]*\}|.`).FindAllString(text, -1)
}

// fits tells whether what is not known among some pieces can be such that they
// make up a text. A commit is made of hexadecimal digits.
func fits(from []string, text string) bool {
	var pattern strings.Builder
	for _, piece := range from {
		switch {
		case piece == commit:
			pattern.WriteString("[0-9a-f]*")
		case open(piece):
			pattern.WriteString("(?s:.*)")
		default:
			pattern.WriteString(regexp.QuoteMeta(piece))
		}
	}
	return regexp.MustCompile("^" + pattern.String() + "$").MatchString(text)
}
