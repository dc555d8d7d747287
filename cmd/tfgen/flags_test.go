package main

import (
	"strings"
	"testing"
)

func TestLongFlags(t *testing.T) {
	for _, test := range []struct{ args, want string }{
		{"plan -env=dev -json", "plan --env=dev --json"},
		{"plan --env dev -h", "plan --env dev -h"},
		{"fmt -", "fmt -"},
		{"output -12 -- -raw", "output -12 -- -raw"},
	} {
		args := strings.Fields(test.args)
		if got := strings.Join(longFlags(args), " "); got != test.want {
			t.Errorf("%s: %s, want %s", test.args, got, test.want)
		}
		if got := strings.Join(args, " "); got != test.args {
			t.Errorf("%s: the arguments themselves were changed: %s", test.args, got)
		}
	}
}

func TestDidYouMean(t *testing.T) {
	words := []string{"apply", "destroy", "fmt", "generate", "plan", "env"}
	for _, test := range []struct{ word, want string }{
		{"aply", " Did you mean -apply?"},
		{"PLAN", " Did you mean -plan?"},
		{"plna", " Did you mean -plan?"},
		{"gen", " Did you mean -generate?"},
		{"ev", " Did you mean -env?"},
		{"e", ""},
		{"xyz", ""},
		{"show", ""},
	} {
		if got := didYouMean(test.word, words, "-"); got != test.want {
			t.Errorf("%s: %q, want %q", test.word, got, test.want)
		}
	}
}

// TestGetenv holds that the last of two variables counts, as in a process.
func TestGetenv(t *testing.T) {
	a := &app{environ: []string{"A=1", "AB=2", "A=3"}}
	if got := a.getenv("A") + a.getenv("B"); got != "3" {
		t.Error(got)
	}
}
