package partial

import (
	"maps"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
)

// A scope is what is known at a place in the template, and how a value is
// written there.
type scope struct {
	known map[string]cty.Value

	// oneLine is set where a line break would not do: in a string and in
	// a block on one line.
	oneLine bool

	// operand is set in the middle of a computation. A null counts there.
	operand bool
}

// touches reports whether f mentions anything known.
func (s scope) touches(f *facts) bool {
	for _, name := range f.names {
		if _, ok := s.known[name]; ok {
			return true
		}
	}
	return false
}

// closed reports whether f depends on nothing unknown. A function call is
// never known: Terraform's functions are Terraform's.
func (s scope) closed(f *facts) bool {
	for _, name := range f.names {
		if _, ok := s.known[name]; !ok {
			return false
		}
	}
	return !f.calls && !f.item
}

func (s scope) context() *hcl.EvalContext {
	return &hcl.EvalContext{Variables: s.known}
}

// with returns the scope in which name stands for val.
func (s scope) with(name string, val cty.Value) scope {
	s.known = maps.Clone(s.known)
	s.known[name] = val
	return s
}

// without returns the scope in which names mean something else.
func (s scope) without(names ...string) scope {
	s.known = maps.Clone(s.known)
	for _, name := range names {
		delete(s.known, name)
	}
	return s
}

func (s scope) inLine() scope    { s.oneLine = true; return s }
func (s scope) asOperand() scope { s.operand = true; return s }
func (s scope) asValue() scope   { s.operand = false; return s }
