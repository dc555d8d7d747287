package terminal

import "strings"

// ColorFor decides whether to write colours. The flag -no-color and NO_COLOR
// (see no-color.org) always win; then CLICOLOR_FORCE asks for colours
// anywhere; else there are colours on a terminal that is not dumb, unless
// CLICOLOR is 0 (see bixense.com/clicolors). Environ has the form of
// os.Environ.
func ColorFor(environ []string, noColor, isTerminal bool) bool {
	switch {
	case noColor || lookup(environ, "NO_COLOR") != "":
		return false
	case !unset(lookup(environ, "CLICOLOR_FORCE")):
		return true
	}
	return isTerminal && lookup(environ, "CLICOLOR") != "0" && lookup(environ, "TERM") != "dumb"
}

func unset(value string) bool { return value == "" || value == "0" }

// lookup returns the value of a variable; as in a process, the last one counts.
func lookup(environ []string, name string) string {
	value := ""
	for _, entry := range environ {
		if v, ok := strings.CutPrefix(entry, name+"="); ok {
			value = v
		}
	}
	return value
}
