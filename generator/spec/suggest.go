package spec

import (
	"fmt"
	"strings"

	"github.com/agext/levenshtein"
)

// suggest returns ` Did you mean "…"?` for the known name that is closest to
// one that was given, or "".
func suggest(given string, known []string) string {
	best, least := "", 3 // Two letters off at most: further, and it is another word.
	for _, name := range known {
		distance := levenshtein.Distance(strings.ToLower(given), strings.ToLower(name), nil)
		if distance < least && distance < len(name) {
			best, least = name, distance
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf(" Did you mean %q?", best)
}

// either joins words as a sentence lists them: "a", "a or b", "a, b or c".
func either(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// quoted is either for words in quotes.
func quoted(words []string) string {
	marked := make([]string, len(words))
	for i, w := range words {
		marked[i] = fmt.Sprintf("%q", w)
	}
	return either(marked)
}

// listOf is either for anything.
func listOf[T any](elements []T) string {
	words := make([]string, len(elements))
	for i, e := range elements {
		words[i] = fmt.Sprint(e)
	}
	return either(words)
}
