package spec

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The reference is written down, so that a change of the language is seen.
func TestReference(t *testing.T) {
	var b strings.Builder
	for _, block := range Reference() {
		fmt.Fprintf(&b, "%s: %s required=%t many=%t\n", block.Path, block.Form, block.Required, block.Many)
		for _, a := range block.Attributes {
			fmt.Fprintf(&b, "  %s %s required=%t default=%s allowed=%s\n", a.Name, a.Type, a.Required, a.Default, a.Allowed)
		}
	}
	const file = "testdata/reference.want"
	if os.Getenv("UPDATE_WANT") != "" {
		must(t, os.WriteFile(file, []byte(b.String()), 0o644))
	}
	want, err := os.ReadFile(file)
	must(t, err)
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestReferenceSaysWhatEverythingIs(t *testing.T) {
	for _, block := range Reference() {
		if !strings.HasSuffix(block.Doc, ".") {
			t.Errorf("%s: %q", block.Path, block.Doc)
		}
		for _, a := range block.Attributes {
			if !strings.HasSuffix(a.Doc, ".") {
				t.Errorf("%s.%s: %q", block.Path, a.Name, a.Doc)
			}
		}
	}
}

// Each argument says what its change does, and nothing else does.
func TestReferenceSaysWhatChangesDo(t *testing.T) {
	rows := changes()
	effects := []Effect{InPlace, NewFirst, Refused, Told}
	look := func(path string, c Change) {
		delete(rows, path)
		if !slices.Contains(effects, c.Effect) || !strings.HasSuffix(c.Doc, ".") {
			t.Errorf("what a change of %s does is not said: add a row to changes()", path)
		}
	}
	for _, block := range Reference() {
		if block.Label != "" {
			look(block.Path+" "+block.Label, block.Change)
		}
		for _, a := range block.Attributes {
			look(block.Path+"."+a.Name, a.Change)
		}
	}
	for path := range rows {
		t.Errorf("there is no argument %s", path)
	}
}
