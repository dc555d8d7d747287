package partial_test

import (
	"math/big"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"

	"tfgen/generator/partial"
)

// TestSource has what an archive cannot hold: bytes that editors change.
func TestSource(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"CRLF", "# c\r\na = spec.n\r\n\r\nb = spec.none\r\nc = <<EOT\r\n  x\r\nEOT\r\n", "# c\na = 3\n\nc = <<EOT\n  x\nEOT\n"},
		{"CRLF, nothing known", "a = 1\r\n/* b\r\n*/\r\n", "a = 1\n/* b\n*/\n"},
		{"byte order mark", "\ufeffa = spec.n\n", "a = 3\n"},
		{"cut behind a byte order mark", "\ufeffa = spec.none\n\nb = spec.n\n", "b = 3\n"},
		{"byte order mark, nothing known", "\ufeffa = 1\n", "a = 1\n"},
		{"no final newline", "a = spec.n", "a = 3"},
		{"cut without final newline", "a = 1\n\nb = spec.none", "a = 1\n"},
		{"comment without final newline", "a = spec.n # c", "a = 3 # c"},
		{"cut comment without final newline", "a = 1\nb = spec.none # c", "a = 1\n"},
		{"tabs", "x {\n\ta\t= spec.n\n\n\tb = spec.none\n\t\n}\n", "x {\n  a = 3\n}\n"},
		{"not formatted, nothing known", "x {\na   = 1\n   }\n", "x {\n  a = 1\n}\n"},
		{"not formatted elsewhere", "x {\na   = 1\n   }\n\ny=spec.n\n \n\nz=1", "x {\n  a = 1\n}\n\ny = 3\n\n\nz = 1"},
		{"aligned with a neighbour", "a = spec.none\nbb = 1\nc = spec.n\n", "bb = 1\nc  = 3\n"},
		{"blocks without a blank line", "x {\n}\ndynamic \"y\" {\n  for_each = spec.lb\n  content {}\n}\nz {\n}\n", "x {\n}\nz {\n}\n"},
		{"string of one expression", "a = \"${f(spec.nested)}\"\n", "a = \"${f({ inner = { b = 1 }, list = [null, 1] })}\"\n"},
		{"empty file", "", ""},
		{"comments only", "# a\n\n/* b */\n", ""},
		{"blank first lines", "\n\na = spec.none\n\nb = 1\n", "b = 1\n"},
		{"cut at both ends", "a = spec.none\n\nb = 1\n\nc = spec.none\n", "b = 1\n"},
		{"all cut", "a = spec.none\n\n# d\n\nc = spec.none\n", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, diags := eval([]byte(tt.in), known())
			if diags.HasErrors() {
				t.Fatal(diags)
			}
			if string(got) != tt.want || tt.want == "" && got != nil {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if again := hclwrite.Format(got); string(again) != string(got) {
				t.Errorf("formatted again: %q", again)
			}
		})
	}
}

func TestValuesThatCannotBeWritten(t *testing.T) {
	infinite := cty.NumberVal(new(big.Float).SetInf(false))
	for name, val := range map[string]cty.Value{
		"unknown":         cty.UnknownVal(cty.String),
		"marked":          cty.StringVal("x").Mark("secret"),
		"infinite":        infinite,
		"unknown within":  cty.ListVal([]cty.Value{cty.UnknownVal(cty.String)}),
		"marked within":   cty.ObjectVal(map[string]cty.Value{"a": cty.StringVal("x").Mark("secret")}),
		"marked null":     cty.ObjectVal(map[string]cty.Value{"a": cty.NullVal(cty.String).Mark("secret")}),
		"infinite within": cty.MapVal(map[string]cty.Value{"a": infinite}),
	} {
		t.Run(name, func(t *testing.T) {
			out, diags := eval([]byte("a = spec"), map[string]cty.Value{"spec": val})
			if !diags.HasErrors() || !strings.HasPrefix(diags.Error(), "in.tf:1,5-9: Cannot evaluate; This") {
				t.Errorf("got %q, %v", out, diags)
			}
		})
	}
}

func TestParseErrors(t *testing.T) {
	for in, want := range map[string]string{
		"a = [":          "in.tf:1,6-6: ",
		"a = \"\xff\"\n": "in.tf:1,6-7: ",
	} {
		if _, diags := partial.Parse([]byte(in), "in.tf"); !strings.Contains(lines(diags), want) {
			t.Errorf("%q: got %v", in, diags)
		}
	}
}

// TestSideBySide evaluates one template from several goroutines; go test
// -race looks at it.
func TestSideBySide(t *testing.T) {
	src := []byte("a = spec.services[*].name\nb = { c = spec.none, d = 1 }\n\ne = 1\n")
	want, _ := eval(src, known())
	template, diags := partial.Parse(src, "in.tf")
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if got, diags := evalBytes(template, known()); diags.HasErrors() || string(got) != string(want) {
				t.Errorf("got %q, %v", got, diags)
			}
			if diags := template.Check(knownTypes()); diags.HasErrors() {
				t.Error(diags)
			}
		})
	}
	all.Wait()
}

// TestCallersBytes: what Eval returns is the caller's to change.
func TestCallersBytes(t *testing.T) {
	template, _ := partial.Parse([]byte("a = 1\n"), "in.tf")
	first, _ := evalBytes(template, nil)
	first[0] = 'z'
	if second, _ := evalBytes(template, nil); string(second) != "a = 1\n" {
		t.Errorf("got %q", second)
	}
}
