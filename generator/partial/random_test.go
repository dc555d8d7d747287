package partial_test

import (
	"fmt"
	"testing"

	"github.com/zclconf/go-cty/cty"
	"pgregory.net/rapid"
)

// TestRandom writes templates from a small grammar, and specs, and compares
// what they mean with what comes out.
func TestRandom(t *testing.T) {
	accepted := 0
	rapid.Check(t, func(t *rapid.T) {
		g := &grammar{T: t, strings: []string{"spec.s", "var.s", "spec.o.k", "var.m.k"}}
		src, spec := []byte(g.body(4)), g.spec()
		want, diags := meaning(src, later(spec))
		if diags.HasErrors() {
			return // such as an object with the same key twice
		}
		accepted++
		compare(t, src, spec, want)
	})
	if accepted == 0 {
		t.Error("HCL accepted none of the templates")
	}
}

// A grammar draws templates. Depth bounds how deep they nest.
type grammar struct {
	*rapid.T
	strings []string // what is a string where we are
}

func (g *grammar) spec() cty.Value {
	str := rapid.OneOf(rapid.SampledFrom(hostile()), rapid.String())
	s := func(label string) cty.Value { return cty.StringVal(str.Draw(g.T, label)) }
	list := []cty.Value{}
	for i := range rapid.IntRange(0, 3).Draw(g.T, "length") {
		list = append(list, s(fmt.Sprint("element ", i)))
	}
	object := func(name string) cty.Value { return cty.ObjectVal(map[string]cty.Value{"name": s(name)}) }
	lb := object("lb")
	if g.flip("no lb") {
		lb = cty.NullVal(lb.Type())
	}
	spec := map[string]cty.Value{
		"s": s("s"), "n": cty.NumberIntVal(rapid.Int64Range(-9, 9).Draw(g.T, "n")), "t": cty.True, "f": cty.False,
		"yes": cty.BoolVal(g.flip("yes")), "none": cty.NullVal(cty.String), "k": cty.StringVal("k"), "lb": lb,
		"l": cty.ListValEmpty(cty.String), "empty": cty.ListValEmpty(cty.String),
		"objs": cty.ListVal([]cty.Value{object("first"), object("second")}),
		"o":    cty.ObjectVal(map[string]cty.Value{"k": s("o"), "gone": cty.NullVal(cty.Number)}),
		"m":    cty.MapVal(map[string]cty.Value{"k": s("m"), "gone": cty.NullVal(cty.String)}),
	}
	if len(list) > 0 {
		spec["l"] = cty.ListVal(list)
	}
	return cty.ObjectVal(spec)
}

func (g *grammar) flip(label string) bool { return rapid.Bool().Draw(g.T, label) }
