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
	hole    = "${?" // begins each piece that has no name of a variable
	commit  = "${CODEBUILD_RESOLVED_SOURCE_VERSION}"

	// What the two login commands print. It is followed like any other text, to
	// see into which docker login it flows.
	ecrPassword       = "${?ecr}"
	ecrPublicPassword = "${?ecr-public}"

	// unique is different in each build: a date, a random number.
	unique = "${?build}"

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
// the build or the commit if v did. cut, sed and ${NAME:0:8} are filters.
func (v values) changed() values {
	var out values
	for _, text := range v {
		out = out.or(values{changedText(text)})
	}
	return out
}

func changedText(text string) string {
	if ofOneBuild(text) {
		return unique
	}
	for _, piece := range []string{commit, ecrPassword, ecrPublicPassword} {
		if strings.Contains(text, piece) {
			return piece
		}
	}
	return mystery
}

// ofOneBuild tells that no other build has the same text, not even of the same
// commit.
// https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-env-vars.html
func ofOneBuild(text string) bool {
	return slices.ContainsFunc([]string{
		unique, "${CODEBUILD_BUILD_NUMBER}", "${CODEBUILD_BUILD_ID}", "${CODEBUILD_BUILD_ARN}", "${CODEBUILD_START_TIME}",
		"${CODEBUILD_LOG_PATH}", "${RANDOM}", "${SRANDOM}", "${EPOCHSECONDS}", "${SECONDS}",
	}, func(piece string) bool { return strings.Contains(text, piece) })
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
