package terminal_test

import (
	"strings"
	"testing"

	"tfgen/internal/terminal"
)

func TestColorFor(t *testing.T) {
	for _, test := range []struct {
		env      string
		flag     bool
		terminal bool
		want     bool
	}{
		{"", false, true, true},
		{"", false, false, false},
		{"", true, true, false},
		{"TERM=xterm-256color", false, true, true},
		{"TERM=dumb", false, true, false},
		{"NO_COLOR=1", false, true, false},
		{"NO_COLOR=", false, true, true},
		{"CLICOLOR=0", false, true, false},
		{"CLICOLOR=1", false, true, true},
		{"CLICOLOR=1", false, false, false},
		{"CLICOLOR_FORCE=1", false, false, true},
		{"CLICOLOR_FORCE=0", false, false, false},
		{"CLICOLOR_FORCE=1 CLICOLOR=0", false, false, true},
		{"CLICOLOR_FORCE=1 TERM=dumb", false, true, true},
		{"CLICOLOR_FORCE=1 NO_COLOR=1", false, true, false},
		{"CLICOLOR_FORCE=1", true, true, false},
		{"NO_COLOR=1 NO_COLOR=", false, true, true},
	} {
		if got := terminal.ColorFor(strings.Fields(test.env), test.flag, test.terminal); got != test.want {
			t.Errorf("%q, -no-color=%t, terminal %t: %t", test.env, test.flag, test.terminal, got)
		}
	}
}
