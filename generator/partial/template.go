package partial

import (
	"bytes"

	"github.com/hashicorp/hcl/v2/hclsyntax"
)

const pieceOfString = "A string cannot be known in part. Put the whole string into a local, or what is not known."

// template evaluates the expressions within a string, and refuses a string
// of which only a part is known. Escaping sees one value at a time, and ${
// can also arise where two pieces meet: so a value replaces a whole
// expression, never a piece of a string.
func (e *evaluator) template(x *hclsyntax.TemplateExpr, sc scope) (edits []edit) {
	for _, part := range x.Parts {
		if e.isPiece(part, sc) {
			e.problems.errorf(part.Range(), pieceOfString)
			continue
		}
		edits = append(edits, e.expr(part, sc)...)
	}
	return edits
}

// isPiece reports whether part could leave a piece of the string behind. It
// does not ask for values: a template that is refused is so for every spec.
func (t *Template) isPiece(part hclsyntax.Expression, sc scope) bool {
	facts := t.facts[part]
	if !sc.touches(facts) {
		return false
	}
	if isDirective := bytes.HasPrefix(t.src[part.Range().Start.Byte:], []byte("%{")); isDirective {
		return true
	}
	cond, ok := unwrap(part).(*hclsyntax.ConditionalExpr)
	return sc.closed(facts) || t.mayDecide(part, sc) || ok && t.mayDecide(cond.Condition, sc)
}

// mayDecide reports whether x is a condition that is known, or simpler, for
// some values.
func (t *Template) mayDecide(x hclsyntax.Expression, sc scope) bool {
	if !sc.touches(t.facts[x]) {
		return false
	}
	if sc.closed(t.facts[x]) {
		return true
	}
	switch inner := unwrap(x).(type) {
	case *hclsyntax.UnaryOpExpr:
		return inner.Op == hclsyntax.OpLogicalNot && t.mayDecide(inner.Val, sc)
	case *hclsyntax.BinaryOpExpr:
		_, logical := neutralSide(inner)
		return logical && (t.mayDecide(inner.LHS, sc) || t.mayDecide(inner.RHS, sc))
	}
	return false
}
