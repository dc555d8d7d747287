package partial_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"
	"golang.org/x/tools/txtar"

	"tfgen/generator/partial"
)

// known is what the templates in testdata may mention.
func known() map[string]cty.Value {
	service := func(name string, port cty.Value) cty.Value {
		return cty.ObjectVal(map[string]cty.Value{"name": cty.StringVal(name), "port": port})
	}
	stage := func(name string, actions cty.Value) cty.Value {
		return cty.ObjectVal(map[string]cty.Value{"name": cty.StringVal(name), "actions": actions})
	}
	long := func(s string) cty.Value { return cty.StringVal(strings.Repeat(s, 25)) }
	return map[string]cty.Value{"var.given": cty.StringVal("x"), "var.given_list": cty.EmptyTupleVal, "spec": cty.ObjectVal(map[string]cty.Value{
		"name":     cty.StringVal("we\"b\n"),
		"key":      cty.StringVal("key"),
		"n":        cty.NumberIntVal(3),
		"negative": cty.NumberIntVal(-2),
		"fraction": cty.MustParseNumberVal("0.1"),
		"big":      cty.MustParseNumberVal("12345678901234567890"),
		"none":     cty.NullVal(cty.String),
		"yes":      cty.True,
		"no":       cty.False,
		"list":     cty.ListVal([]cty.Value{cty.StringVal("a"), cty.StringVal("b")}),
		"ref":      partial.Reference("var", "ref"),
		"bad_ref":  partial.Reference("var", "a b"),
		"set":      cty.SetVal([]cty.Value{cty.StringVal("a")}),
		"numbers":  cty.SetVal([]cty.Value{cty.NumberIntVal(2), cty.NumberIntVal(1)}),
		"tags":     cty.MapVal(map[string]cty.Value{"Name": cty.StringVal("x"), "a b": cty.StringVal("y")}),
		"lb":       cty.NullVal(cty.Object(map[string]cty.Type{"port": cty.Number})),
		"role":     cty.ObjectVal(map[string]cty.Value{"arn": cty.StringVal("arn:x")}),
		"services": cty.ListVal([]cty.Value{
			service("web", cty.NumberIntVal(80)),
			service("worker", cty.NullVal(cty.Number)),
		}),
		"stages": cty.ListVal([]cty.Value{
			stage("build", cty.ListVal([]cty.Value{cty.StringVal("image")})),
			stage("empty", cty.ListValEmpty(cty.String)),
		}),
		"nested": cty.ObjectVal(map[string]cty.Value{
			"gone":  cty.NullVal(cty.String),
			"inner": cty.MapVal(map[string]cty.Value{"a": cty.NullVal(cty.Number), "b": cty.NumberIntVal(1)}),
			"list":  cty.TupleVal([]cty.Value{cty.NullVal(cty.DynamicPseudoType), cty.NumberIntVal(1)}),
		}),
		"empty_list":   cty.ListValEmpty(cty.String),
		"empty_object": cty.EmptyObjectVal,
		"empty_map":    cty.MapValEmpty(cty.String),
		"only_null":    cty.ObjectVal(map[string]cty.Value{"a": cty.NullVal(cty.String)}),
		"long":         cty.ListVal([]cty.Value{long("a"), long("b"), long("c")}),
		"long_map":     cty.MapVal(map[string]cty.Value{"a": long("a"), "b": long("b"), "c": long("c")}),
		"deep": cty.ObjectVal(map[string]cty.Value{
			"web": cty.ObjectVal(map[string]cty.Value{
				"command": cty.ListVal([]cty.Value{cty.StringVal("run"), cty.StringVal("web")}),
				"environment": cty.ObjectVal(map[string]cty.Value{
					"A": cty.StringVal("1"),
					"B": cty.EmptyObjectVal,
					"C": cty.ObjectVal(map[string]cty.Value{"d": cty.StringVal("e")}),
				}),
			}),
			"worker": cty.EmptyObjectVal,
		}),
		"words": cty.ObjectVal(map[string]cty.Value{
			"for": cty.StringVal("for"), "if": cty.NumberIntVal(1), "null": cty.NumberIntVal(2),
			"true": cty.NumberIntVal(3), "x-y": cty.NumberIntVal(4), "1": cty.NumberIntVal(5),
		}),
	})}
}

// A testCase is a template with what becomes of it: the output, none, or
// diagnostics.
type testCase struct {
	in, out []byte
	empty   bool
	err     string
}

func cases(t *testing.T, pattern string) map[string]*testCase {
	t.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		t.Fatal("no testdata", err)
	}
	all := map[string]*testCase{}
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		topic := strings.TrimSuffix(filepath.Base(name), ".txtar")
		for _, file := range archive.Files {
			addFile(t, all, topic, file)
		}
	}
	return all
}

func addFile(t *testing.T, all map[string]*testCase, topic string, file txtar.File) {
	t.Helper()
	name, kind := filepath.Split(file.Name)
	name = topic + "/" + strings.TrimSuffix(name, "/")
	if all[name] == nil {
		all[name] = &testCase{}
	}
	switch kind {
	case "in.tf":
		all[name].in = file.Data
	case "out.tf":
		all[name].out = file.Data
	case "empty":
		all[name].empty = true
	case "error":
		all[name].err = string(file.Data)
	default:
		t.Fatalf("%s: unknown file %s", topic, file.Name)
	}
}

func TestEval(t *testing.T) {
	for name, tt := range cases(t, "testdata/*.txtar") {
		t.Run(name, func(t *testing.T) {
			got, diags := eval(tt.in, known())
			if err := lines(diags); err != tt.err {
				t.Fatalf("got errors\n%swant\n%s\n%s", err, tt.err, got)
			}
			if string(got) != string(tt.out) || tt.empty && got != nil {
				t.Errorf("got\n%s\nwant\n%s", got, tt.out)
			}
		})
	}
}

// TestBlocks compares the blocks of an output with those of its text.
func TestBlocks(t *testing.T) {
	for name, tt := range cases(t, "testdata/*.txtar") {
		if tt.err != "" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			template, _ := partial.Parse(tt.in, "in.tf")
			out, _ := template.Eval(known())
			file, diags := hclsyntax.ParseConfig(out.Bytes, "out.tf", hcl.InitialPos)
			if diags.HasErrors() {
				t.Fatal(diags)
			}
			var want, got []string
			for _, block := range file.Body.(*hclsyntax.Body).Blocks {
				want = append(want, string(block.Range().SliceBytes(out.Bytes)))
			}
			for _, block := range out.Blocks {
				got = append(got, string(hclwrite.Format(block.Range().SliceBytes(block.Src))))
			}
			if !slices.Equal(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

// TestParseFormatted takes the templates that are formatted already.
func TestParseFormatted(t *testing.T) {
	for name, tt := range cases(t, "testdata/*.txtar") {
		if tt.err != "" || !bytes.Equal(hclwrite.Format(tt.in), tt.in) {
			continue
		}
		t.Run(name, func(t *testing.T) {
			template, diags := partial.ParseFormatted(tt.in, "in.tf")
			if diags.HasErrors() {
				t.Fatal(diags)
			}
			if got, diags := evalBytes(template, known()); diags.HasErrors() || string(got) != string(tt.out) {
				t.Errorf("got\n%s\nwant\n%s\n%v", got, tt.out, diags)
			}
		})
	}
}

// TestFormat asks the real terraform whether it would format the outputs.
func TestFormat(t *testing.T) {
	dir := t.TempDir()
	for name, tt := range cases(t, "testdata/*.txtar") {
		if len(tt.out) > 0 {
			file := strings.NewReplacer("/", "_", " ", "_").Replace(name) + ".tf"
			if err := os.WriteFile(filepath.Join(dir, file), tt.out, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	out, err := exec.Command("terraform", "fmt", "-check", "-diff", dir).CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

func eval(src []byte, known map[string]cty.Value) ([]byte, hcl.Diagnostics) {
	template, diags := partial.Parse(src, "in.tf")
	if diags.HasErrors() {
		return nil, diags
	}
	return evalBytes(template, known)
}

func evalBytes(template *partial.Template, known map[string]cty.Value) ([]byte, hcl.Diagnostics) {
	out, diags := template.Eval(known)
	return out.Bytes, diags
}

func lines(diags hcl.Diagnostics) string {
	var b strings.Builder
	for _, d := range diags {
		b.WriteString(d.Error() + "\n")
	}
	return b.String()
}
