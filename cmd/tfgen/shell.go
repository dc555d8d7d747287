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

// again is a command as the caller would type it, with the flags that say where
// the project is. Arguments are quoted already.
func (a *app) again(command string, arguments ...string) string {
	words := []string{"tfgen"}
	if a.flags.chdir != "" {
		words = append(words, "-chdir="+shellQuote(a.flags.chdir))
	}
	words = append(words, command)
	if a.flags.file != "" {
		words = append(words, "-file="+shellQuote(a.flags.file))
	}
	return strings.Join(append(words, arguments...), " ")
}
