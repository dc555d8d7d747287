package partial_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"
)

// TestApart holds that the items of a large object come out as if it were
// small: formatted, in their place, and with the value that they had.
func TestApart(t *testing.T) {
	large := func(item func(i int) cty.Value) cty.Value {
		items := map[string]cty.Value{}
		for i := range 120 {
			items[fmt.Sprintf("item-%d", i)] = item(i)
		}
		return cty.ObjectVal(items)
	}
	web := cty.ObjectVal(map[string]cty.Value{
		"name":      cty.StringVal("{ web\n#\x000 = ${a} ["),
		"long name": cty.ObjectVal(map[string]cty.Value{"ä": cty.NumberIntVal(-1), "für": cty.True, "f": cty.MustParseNumberVal("0.1")}),
		"list":      cty.TupleVal([]cty.Value{cty.StringVal(strings.Repeat("a", 50)), cty.StringVal("b"), cty.ObjectVal(map[string]cty.Value{"c": cty.True})}),
		"tags":      cty.ObjectVal(map[string]cty.Value{"a = b": cty.StringVal("c"), "d": cty.EmptyTupleVal, "e": cty.EmptyObjectVal}),
	})
	for name, val := range map[string]cty.Value{
		"objects": large(func(int) cty.Value { return web }),
		"strings": large(func(int) cty.Value { return cty.StringVal("x") }),
		"mixed": large(func(i int) cty.Value {
			return []cty.Value{web, cty.NumberIntVal(int64(i)), cty.EmptyObjectVal, cty.TupleVal([]cty.Value{web, web})}[i*i%7%4]
		}),
		"nulls":  large(func(i int) cty.Value { return []cty.Value{cty.NullVal(web.Type()), web}[i/119] }),
		"nested": cty.ObjectVal(map[string]cty.Value{"a": large(func(int) cty.Value { return web }), "b": web}),
	} {
		for _, in := range []string{"a = 1\nbcd = spec\ne = 2\n", "x {\n  y = f([{\n    z = [spec, spec]\n  }])\n}\n\nbcd = spec\n", "bcd = spec # c\n"} {
			t.Run(name, func(t *testing.T) {
				out, diags := eval([]byte(in), map[string]cty.Value{"spec": val})
				if diags.HasErrors() {
					t.Fatal(diags)
				}
				if string(hclwrite.Format(out)) != string(out) {
					t.Errorf("not formatted:\n%s", out)
				}
				file, diags := hclsyntax.ParseConfig(out, "out.tf", hcl.InitialPos)
				if diags.HasErrors() {
					t.Fatal(diags)
				}
				got, _ := file.Body.(*hclsyntax.Body).Attributes["bcd"].Expr.Value(nil)
				if want := withoutNulls(val); !got.RawEquals(want) {
					t.Errorf("got %#v", got)
				}
			})
		}
	}
}

// TestApartFits holds that what fits on a line stands on one.
func TestApartFits(t *testing.T) {
	items := map[string]cty.Value{"a": cty.EmptyObjectVal}
	for i := range 120 {
		items[fmt.Sprintf("item-%d", i)] = cty.NullVal(cty.String)
	}
	out, _ := eval([]byte("b = spec\n"), map[string]cty.Value{"spec": cty.ObjectVal(items)})
	if want := "b = { a = {} }\n"; string(out) != want {
		t.Errorf("got %q, want %q", out, want)
	}
}

// withoutNulls is an object without the items that go away.
func withoutNulls(val cty.Value) cty.Value {
	items := val.AsValueMap()
	for name, item := range items {
		if item.IsNull() {
			delete(items, name)
		}
	}
	return cty.ObjectVal(items)
}
