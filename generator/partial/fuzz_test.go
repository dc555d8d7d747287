package partial_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"golang.org/x/tools/txtar"

	"tfgen/generator/partial"
)

// FuzzTemplate: no text makes Parse, Eval or Check panic, what comes out is HCL,
// and means what HCL says that the text means.
func FuzzTemplate(f *testing.F) {
	addTemplates(f, "testdata/*.txtar", "testdata/check/*.txtar")
	addFiles(f, "../../templates/*/*.tf")
	f.Add([]byte("a = \"${spec.s}-${var.s}\"\nb = spec.yes ? spec.l : [f(spec.n)]\ndynamic \"x\" {\n  for_each = spec.m\n  content { a = { (x.key) = x.value, none = spec.none } }\n}\n"))
	spec := cty.ObjectVal(map[string]cty.Value{
		"s": cty.StringVal("s${\"\n"), "n": cty.NumberIntVal(-3), "yes": cty.True, "none": cty.NullVal(cty.String),
		"l": cty.ListVal([]cty.Value{cty.StringVal("one"), cty.StringVal("two")}),
		"m": cty.MapVal(map[string]cty.Value{"k": cty.StringVal("m"), "gone": cty.NullVal(cty.String)}),
	})
	f.Fuzz(func(t *testing.T, src []byte) {
		template, diags := partial.Parse(src, "in.tf")
		if diags.HasErrors() {
			return
		}
		template.Check(map[string]cty.Type{"spec": spec.Type()})
		out, diags := evalBytes(template, map[string]cty.Value{"spec": spec})
		if diags.HasErrors() {
			return
		}
		if _, diags := hclsyntax.ParseConfig(out, "out.tf", hcl.InitialPos); diags.HasErrors() {
			t.Fatalf("%v\n%s\nbecame\n%s", diags, src, out)
		}
		want, diags := meaning(src, later(spec))
		if diags.HasErrors() {
			return // It is about more than the oracle's blocks, or means nothing.
		}
		if got, diags := meaning(out, later(cty.NilVal)); diags.HasErrors() || !got.RawEquals(want) {
			t.Fatalf("got %#v\nwant %#v\n%v\n%s\nbecame\n%s", got, want, diags, src, out)
		}
	})
}

func addTemplates(f *testing.F, patterns ...string) {
	for _, name := range matches(f, patterns...) {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			if filepath.Base(file.Name) == "in.tf" {
				f.Add(bytes.Clone(file.Data))
			}
		}
	}
}

func addFiles(f *testing.F, pattern string) {
	for _, name := range matches(f, pattern) {
		src, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src)
	}
}

func matches(f *testing.F, patterns ...string) (names []string) {
	for _, pattern := range patterns {
		found, err := filepath.Glob(pattern)
		if err != nil || len(found) == 0 {
			f.Fatalf("no files match %s: %v", pattern, err)
		}
		names = append(names, found...)
	}
	return names
}
