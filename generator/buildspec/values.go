package buildspec

import (
	"slices"
	"strings"
)

// values are the texts that a word of the shell may stand for. A piece that no
// reading can tell stays in it by name, ${NAME}, or as ${?} when it has none. So
// two words that mention the same variables compare as equal.
type values []string

const (
	mystery = "${?}"
	commit  = "${CODEBUILD_RESOLVED_SOURCE_VERSION}"

	// What the two login commands print. It is followed like any other text, to
	// see into which docker login it flows.
	ecrPassword       = "${?ecr}"
	ecrPublicPassword = "${?ecr-public}"

	// mostValues bounds what branches and loops multiply to.
	mostValues = 16
)

func unknown() values { return values{mystery} }

// known tells that nothing in a text was left open.
func known(text string) bool { return !strings.Contains(text, "${") }

// or adds the values of another branch.
func (v values) or(other values) values {
	out := slices.Clone(v)
	for _, text := range other {
		if !slices.Contains(out, text) && len(out) < mostValues {
			out = append(out, text)
		}
	}
	return out
}

// then puts each value of next behind each of v. A text that doubles and doubles
// again is not followed.
func (v values) then(next values) values {
	var out values
	for _, a := range v {
		for _, b := range next {
			switch {
			case len(out) == mostValues:
				return out
			case len(a)+len(b) > maxCommand:
				out = append(out, mystery)
			default:
				out = append(out, a+b)
			}
		}
	}
	return out
}

// changed is what a filter makes of v: something unknown that still depends on
// the commit if v did. cut, sed and ${NAME:0:8} are filters.
func (v values) changed() values {
	var out values
	for _, text := range v {
		switch {
		case strings.Contains(text, commit):
			out = out.or(values{commit})
		case strings.Contains(text, ecrPassword):
			out = out.or(values{ecrPassword})
		case strings.Contains(text, ecrPublicPassword):
			out = out.or(values{ecrPublicPassword})
		default:
			out = out.or(unknown())
		}
	}
	return out
}

// hold tells whether a piece is in one of the texts.
func (v values) hold(piece string) bool {
	return slices.ContainsFunc(v, func(text string) bool { return strings.Contains(text, piece) })
}

// combinations turns words, each with its values, into plain lists of fields.
func combinations(words []values) [][]string {
	out := [][]string{nil}
	for _, word := range words {
		var longer [][]string
		for _, fields := range out {
			for _, text := range word {
				if len(longer) < mostValues {
					longer = append(longer, append(slices.Clip(fields), text))
				}
			}
		}
		out = longer
	}
	return out
}
