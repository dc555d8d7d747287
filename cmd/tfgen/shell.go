package main

import (
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// shellQuote returns text as one word of a POSIX shell, unquoted where it needs
// no quotes.
func shellQuote(text string) string {
	quoted, err := syntax.Quote(text, syntax.LangPOSIX)
	if err != nil { // A NUL byte, which no command line can hold.
		return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
	}
	return quoted
}
