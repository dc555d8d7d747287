package partial

import (
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// facts are what an expression or a body depends on. They are found once,
// when the template is parsed, since every evaluation asks for them.
type facts struct {
	names []string // the free variables mentioned
	calls bool     // a function is called
	item  bool     // it is the part of a splat that stands for each element
}

// survey finds the facts of every expression and body below root.
func survey(root *hclsyntax.Body) map[hclsyntax.Node]*facts {
	s := &surveyor{found: map[hclsyntax.Node]*facts{}}
	s.stack = []visited{{facts: &facts{}}}
	_ = hclsyntax.Walk(root, s) // A surveyor finds no fault.
	return s.found
}

// A surveyor walks a tree and hands the facts of every node to its parent.
type surveyor struct {
	found map[hclsyntax.Node]*facts
	stack []visited
}

type visited struct {
	node  hclsyntax.Node
	facts *facts
}

func (s *surveyor) Enter(n hclsyntax.Node) hcl.Diagnostics {
	f := &facts{}
	switch n := n.(type) {
	case *hclsyntax.ScopeTraversalExpr:
		f.names = []string{nameOf(n.Traversal)}
	case *hclsyntax.Block:
		if name, ok := variable(n); ok {
			f.names = []string{name}
		}
	case *hclsyntax.FunctionCallExpr:
		f.calls = true
	case *hclsyntax.AnonSymbolExpr:
		f.item = true
	}
	s.stack = append(s.stack, visited{n, f})
	return nil
}

func (s *surveyor) Exit(n hclsyntax.Node) hcl.Diagnostics {
	f := s.stack[len(s.stack)-1].facts
	s.stack = s.stack[:len(s.stack)-1]
	switch n := n.(type) {
	case hclsyntax.ChildScope:
		f.names = slices.DeleteFunc(f.names, func(name string) bool {
			_, local := n.LocalNames[name]
			return local
		})
	case hclsyntax.Expression, *hclsyntax.Body:
		s.found[n] = f
	}
	s.report(n, f)
	return nil
}

// report adds the facts of n to those of its parent.
func (s *surveyor) report(n hclsyntax.Node, f *facts) {
	parent := s.stack[len(s.stack)-1]
	for _, name := range f.names {
		if !slices.Contains(parent.facts.names, name) {
			parent.facts.names = append(parent.facts.names, name)
		}
	}
	parent.facts.calls = parent.facts.calls || f.calls
	splat, ok := parent.node.(*hclsyntax.SplatExpr)
	if ownItem := ok && splat.Each == n; !ownItem {
		parent.facts.item = parent.facts.item || f.item
	}
}

// nameOf returns what a traversal depends on: its root, or, since variables are
// known one by one, the variable that it mentions.
func nameOf(t hcl.Traversal) string {
	if len(t) > 1 && t.RootName() == "var" {
		if step, ok := t[1].(hcl.TraverseAttr); ok {
			return Variable(step.Name)
		}
	}
	return t.RootName()
}

// variable returns the name of the variable that a block declares.
func variable(b *hclsyntax.Block) (string, bool) {
	if b.Type != "variable" || len(b.Labels) != 1 {
		return "", false
	}
	return Variable(b.Labels[0]), true
}
