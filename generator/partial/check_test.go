package partial_test

import (
	"testing"

	"github.com/zclconf/go-cty/cty"

	"tfgen/generator/partial"
)

func knownTypes() map[string]cty.Type {
	types := map[string]cty.Type{}
	for name, val := range known() {
		types[name] = val.Type()
	}
	return types
}

func check(t *testing.T, src []byte) string {
	t.Helper()
	template, diags := partial.Parse(src, "in.tf")
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return lines(template.Check(knownTypes()))
}

func TestCheck(t *testing.T) {
	for name, tt := range cases(t, "testdata/check/*.txtar") {
		t.Run(name, func(t *testing.T) {
			if got := check(t, tt.in); got != tt.err {
				t.Errorf("got\n%s\nwant\n%s", got, tt.err)
			}
		})
	}
}

// TestCheckAccepts checks every template that Eval accepts.
func TestCheckAccepts(t *testing.T) {
	for name, tt := range cases(t, "testdata/*.txtar") {
		if tt.err != "" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			if got := check(t, tt.in); got != "" {
				t.Error(got)
			}
		})
	}
}
