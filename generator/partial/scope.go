package partial

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
)

// A scope is what is known at a place in the template, and how a value is
// written there.
type scope struct {
	known map[string]cty.Value

	// typed are names of which Check knows the type, but that Eval leaves
	// alone: the locals of a for expression that stays.
	typed map[string]cty.Value

	// oneLine is set where a line break would not do: in a string and in
	// a block on one line.
	oneLine bool

	// operand is set in the middle of a computation. A null counts there.
	operand bool
}

// touches reports whether f mentions anything known.
func (s scope) touches(f *facts) bool {
	return slices.ContainsFunc(f.names, s.has)
}

// closed reports whether f depends on nothing unknown. A function call is
// never known: Terraform's functions are Terraform's.
func (s scope) closed(f *facts) bool {
	unknown := func(name string) bool { return !s.has(name) }
	return !f.calls && !f.item && !slices.ContainsFunc(f.names, unknown)
}

func (s scope) has(name string) bool {
	_, known := s.known[name]
	_, typed := s.typed[name]
	return known || typed
}

func (s scope) context() *hcl.EvalContext {
	all, variables := map[string]cty.Value{}, map[string]cty.Value{}
	for _, names := range []map[string]cty.Value{s.known, s.typed} {
		for name, val := range names {
			if variable, ok := strings.CutPrefix(name, Variable("")); ok {
				variables[variable] = val
				continue
			}
			all[name] = val
		}
	}
	if len(variables) > 0 {
		all["var"] = cty.ObjectVal(variables)
	}
	return &hcl.EvalContext{Variables: all}
}

// with returns the scope in which name stands for val.
func (s scope) with(name string, val cty.Value) scope {
	s = s.without(name)
	s.known[name] = val
	return s
}

// withTyped returns the scope in which name has the type of val.
func (s scope) withTyped(name string, val cty.Value) scope {
	s = s.without(name)
	if s.typed == nil {
		s.typed = map[string]cty.Value{}
	}
	s.typed[name] = val
	return s
}

// without returns the scope in which names mean something else.
func (s scope) without(names ...string) scope {
	s.known, s.typed = maps.Clone(s.known), maps.Clone(s.typed)
	for _, name := range names {
		delete(s.known, name)
		delete(s.typed, name)
	}
	return s
}

// untyped returns the scope as Eval sees it.
func (s scope) untyped() scope { s.typed = nil; return s }

func (s scope) inLine() scope    { s.oneLine = true; return s }
func (s scope) asOperand() scope { s.operand = true; return s }
func (s scope) asValue() scope   { s.operand = false; return s }
