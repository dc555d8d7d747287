package partial_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/dynblock"
	"github.com/hashicorp/hcl/v2/hcldec"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"

	"tfgen/generator/partial"
)

// The oracle is HCL itself: with dynblock's dynamic blocks and everything in
// scope, a template means what its output means without spec.

// meaning is what the body of a file says: attributes a to e, and blocks x
// and y some levels deep.
func meaning(src []byte, ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	file, diags := hclsyntax.ParseConfig(src, "in.tf", hcl.InitialPos)
	if diags.HasErrors() {
		return cty.NilVal, diags
	}
	val, diags := hcldec.Decode(dynblock.Expand(file.Body, ctx), bodySpec(4), ctx)
	if diags.HasErrors() {
		return cty.NilVal, diags
	}
	return plain(val), nil
}

func bodySpec(depth int) hcldec.ObjectSpec {
	spec := hcldec.ObjectSpec{}
	for _, name := range []string{"a", "b", "c", "d", "e"} {
		spec[name] = &hcldec.AttrSpec{Name: name, Type: cty.DynamicPseudoType}
	}
	if depth > 0 {
		for _, name := range []string{"x", "y"} {
			spec[name] = &hcldec.BlockTupleSpec{TypeName: name, Nested: bodySpec(depth - 1)}
		}
	}
	return spec
}

// plain takes from a value what the output need not keep: whether something
// was a list, a set or a tuple, a map or an object, and items that are null.
func plain(val cty.Value) cty.Value {
	ty := val.Type()
	switch {
	case val.IsNull():
		return cty.NullVal(cty.DynamicPseudoType)
	case ty.IsListType(), ty.IsSetType(), ty.IsTupleType():
		var elems []cty.Value
		for it := val.ElementIterator(); it.Next(); {
			_, elem := it.Element()
			elems = append(elems, plain(elem))
		}
		return cty.TupleVal(elems)
	case ty.IsMapType(), ty.IsObjectType():
		items := map[string]cty.Value{}
		for it := val.ElementIterator(); it.Next(); {
			if key, elem := it.Element(); !elem.IsNull() {
				items[key.AsString()] = plain(elem)
			}
		}
		return cty.ObjectVal(items)
	}
	return val
}

// later is what is known after the template has been evaluated: var, and a
// function that returns its argument.
func later(spec cty.Value) *hcl.EvalContext {
	vars := map[string]cty.Value{"var": cty.ObjectVal(map[string]cty.Value{
		"s": cty.StringVal("V"), "n": cty.NumberIntVal(7), "t": cty.True, "f": cty.False,
		"l":    cty.ListVal([]cty.Value{cty.StringVal("v"), cty.StringVal("w")}),
		"m":    cty.MapVal(map[string]cty.Value{"k": cty.StringVal("mv")}),
		"objs": cty.ListVal([]cty.Value{cty.ObjectVal(map[string]cty.Value{"name": cty.StringVal("vo")})}),
	})}
	if spec != cty.NilVal {
		vars["spec"] = spec
	}
	return &hcl.EvalContext{Variables: vars, Functions: map[string]function.Function{"f": identity()}}
}

func identity() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "x", Type: cty.DynamicPseudoType, AllowNull: true}},
		Type:   func(args []cty.Value) (cty.Type, error) { return args[0].Type(), nil },
		Impl:   func(args []cty.Value, _ cty.Type) (cty.Value, error) { return args[0], nil },
	})
}

type failer interface {
	Fatalf(format string, args ...any)
}

// compare checks that the output for spec means what src means, is formatted,
// and that Check has nothing to say about src.
func compare(t failer, src []byte, spec, want cty.Value) {
	template, diags := partial.Parse(src, "in.tf")
	if diags.HasErrors() {
		t.Fatalf("%v\n%s", diags, src)
	}
	out, diags := evalBytes(template, map[string]cty.Value{"spec": spec})
	if diags.HasErrors() {
		t.Fatalf("%v\n%s", diags, src)
	}
	if crlf, _ := eval(bytes.ReplaceAll(src, []byte("\n"), []byte("\r\n")), map[string]cty.Value{"spec": spec}); string(crlf) != string(out) {
		t.Fatalf("%s\nbecame\n%s\nand with CRLF\n%s", src, out, crlf)
	}
	got, diags := meaning(out, later(cty.NilVal))
	if diags.HasErrors() {
		t.Fatalf("%v\n%s\nbecame\n%s", diags, src, out)
	}
	if !got.RawEquals(want) {
		t.Fatalf("got %#v\nwant %#v\n%s\nbecame\n%s", got, want, src, out)
	}
	if again := hclwrite.Format(out); string(again) != string(out) {
		t.Fatalf("%s\nbecame\n%s\nand formatted\n%s", src, out, again)
	}
	if diags := template.Check(map[string]cty.Type{"spec": spec.Type()}); diags.HasErrors() {
		t.Fatalf("%v\n%s", diags, src)
	}
}

// hostile are strings that mean something in HCL, or to those who read it.
func hostile() []string {
	return []string{
		"", "k", "${file(\"/etc/passwd\")}", "%{ if true }", "\"\n}\n", "<<EOT\n", "EOT", "$${", "$$${x}", "\\", "{{ . }}",
		"{ if true }", "\u2028", "$", "%", "%%{", "$\"", "\x00", "\ufeff", "for", "null", "a b", "#", "/*", "*/", "//", "\r\n", "\t", "{x}", "é", "e\u0301", "\\u0041",
	}
}

// FuzzValue: whatever the values, the output holds exactly them, and means
// what HCL says the template means.
func FuzzValue(f *testing.F) {
	for _, s := range hostile() {
		f.Add(s, s, 1, true)
		f.Add(s, "{path.module}", -3, false)
	}
	f.Add("\xf3\x80\xa8", "\xa8\u2028", 1, false) // which make a character together
	src := []byte(strings.TrimSpace(`
# "${spec.a}" in a comment is no mention.
a = "%${spec.a}${spec.b}{x}$"
b = spec.none /* goes */
c = { (spec.a) = spec.b, gone = spec.none, "-${spec.b}-" = var.s, n = spec.n - var.n }
d = spec.nested
e = spec.yes ? [spec.a, var.s] : [f(spec.b), f(spec.a)]

x { a = spec.nested }
x {
  a = <<-EOT
    <${spec.a}
      ${spec.b}>
  EOT
  b = "${var.m[spec.none == null ? "k" : spec.a]}-${f(spec.b)}"
}
dynamic "x" {
  for_each = spec.yes ? spec.list : var.l
  content { a = [x.key, x.value, spec.b] }
}

dynamic "y" {
  for_each = spec.map
  content {
    a = y.key
    b = y.value
    dynamic "x" {
      for_each = var.objs
      content {
        a = "${x.value.name}-${f(y.key)}"
        b = spec.a
        dynamic "y" {
          for_each = [for s in spec.list : { s = s, none = spec.none }]
          iterator = it
          content {
            a = it.value.s == y.value ? var.s : it.value.s
            b = it.value.none
            c = y.key
          }
        }
      }
    }
    # goes
    dynamic "y" {
      for_each = y.value[*]
      content { a = y.value }
    }
  }
}
`) + "\n")
	f.Fuzz(func(t *testing.T, a, b string, n int, yes bool) {
		if !utf8.ValidString(a) || !utf8.ValidString(b) || a == "gone" {
			return // cty holds Unicode alone; of two items with one key HCL takes the last.
		}
		va, vb := cty.StringVal(a), cty.StringVal(b)
		a, b = va.AsString(), vb.AsString() // normalised
		spec := cty.ObjectVal(map[string]cty.Value{
			"a": va, "b": vb, "n": cty.NumberIntVal(int64(n)), "yes": cty.BoolVal(yes), "none": cty.NullVal(cty.String),
			"list":   cty.ListVal([]cty.Value{va, vb, cty.NullVal(cty.String)}),
			"map":    cty.MapVal(map[string]cty.Value{a: vb, b: cty.NullVal(cty.String)}),
			"nested": cty.ObjectVal(map[string]cty.Value{a: cty.TupleVal([]cty.Value{vb, cty.NullVal(cty.Number)}), "o": cty.ObjectVal(map[string]cty.Value{b: va, "none": cty.NullVal(cty.String)})}),
		})
		want, diags := meaning(src, later(spec))
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		compare(t, src, spec, want)
	})
}
