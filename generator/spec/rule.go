package spec

import (
	"fmt"
	"strings"
)

// rule is what AWS asks of a kind of name.
type rule struct {
	code        string
	what        string // what is named, at the beginning of a sentence
	least, most int    // characters; least 0 means 1
	lower       bool   // no capital letters
	letter      bool   // it begins with a letter
	marks       string // what may be in it besides letters and digits
	inner       string // marks that may be neither at its beginning nor at its end
	single      string // marks of which no two may stand in a row
	prefixes    []string
	suffixes    []string // neither may be at its beginning or end
}

// broken says what is wrong with a name, as the end of a sentence, or "".
func (r rule) broken(name string) string {
	switch stranger := r.stranger(name); {
	case len(name) < max(r.least, 1):
		return fmt.Sprintf("is too short: it has at least %d characters", max(r.least, 1))
	case stranger != "":
		return fmt.Sprintf("has the character %q: only %s are allowed", stranger, r.allowed())
	case len(name) > r.most:
		return fmt.Sprintf("has %d characters, and %d are allowed", len(name), r.most)
	case r.letter && !isLetter(rune(name[0])):
		return "must begin with a letter"
	case strings.ContainsAny(name[:1], r.inner):
		return fmt.Sprintf("may not begin with %q", name[:1])
	case strings.ContainsAny(name[len(name)-1:], r.inner):
		return fmt.Sprintf("may not end with %q", name[len(name)-1:])
	}
	for _, mark := range r.single {
		if strings.Contains(name, strings.Repeat(string(mark), 2)) {
			return fmt.Sprintf("has two of %q in a row: only one is allowed", mark)
		}
	}
	return r.reserved(name)
}

func (r rule) reserved(name string) string {
	for _, p := range r.prefixes {
		if strings.HasPrefix(name, p) {
			return fmt.Sprintf("may not begin with %q", p)
		}
	}
	for _, s := range r.suffixes {
		if strings.HasSuffix(name, s) {
			return fmt.Sprintf("may not end with %q", s)
		}
	}
	return ""
}

// stranger is the first character of a name that may not be in it, or "".
func (r rule) stranger(name string) string {
	for _, c := range name {
		known := isLetter(c) && !(r.lower && c < 'a') || isDigit(c) || strings.ContainsRune(r.marks, c)
		if !known {
			return string(c)
		}
	}
	return ""
}

func (r rule) allowed() string {
	letters := "letters, digits"
	if r.lower {
		letters = "small letters, digits"
	}
	marks, spaces := strings.CutSuffix(r.marks, " ")
	if spaces {
		letters += ", spaces"
	}
	if marks == "" {
		return strings.Replace(letters, ",", " and", 1)
	}
	return letters + " and " + strings.Join(strings.Split(marks, ""), " ")
}

func isLetter(c rune) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
func isDigit(c rune) bool  { return c >= '0' && c <= '9' }

// onlyDigits reports whether a text has nothing but digits.
func onlyDigits(s string) bool {
	return s != "" && strings.IndexFunc(s, func(c rune) bool { return !isDigit(c) }) < 0
}
