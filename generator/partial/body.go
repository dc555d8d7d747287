package partial

import (
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// An evaluator evaluates one template once.
type evaluator struct {
	*Template
	problems problems
	apart    map[string][]byte // what is written apart, by what holds its place
}

func (e *evaluator) body(body *hclsyntax.Body, sc scope) (edits []edit) {
	if !sc.touches(e.facts[body]) {
		return nil
	}
	for _, attr := range attributes(body) {
		edits = append(edits, e.attribute(attr, sc)...)
	}
	for _, block := range body.Blocks {
		edits = append(edits, e.block(block, sc)...)
	}
	return edits
}

func (e *evaluator) attribute(attr *hclsyntax.Attribute, sc scope) []edit {
	if e.isNull(attr.Expr, sc) {
		return []edit{e.cut(spanOf(attr.SrcRange))}
	}
	return e.expr(attr.Expr, sc)
}

func (e *evaluator) block(block *hclsyntax.Block, sc scope) []edit {
	if block.Type == "dynamic" {
		return e.dynamic(newDynamic(block), sc)
	}
	if name, ok := variable(block); ok && sc.has(name) {
		return []edit{e.cut(spanOf(block.Range()))}
	}
	if block.OpenBraceRange.Start.Line == block.CloseBraceRange.Start.Line {
		sc = sc.inLine()
	}
	return e.body(block.Body, sc)
}

// isNull reports whether x is known to be null.
func (e *evaluator) isNull(x hclsyntax.Expression, sc scope) bool {
	known := e.resolve(x, sc)
	if known == nil || isConstructor(known) {
		return false
	}
	val, ok := e.value(known, sc)
	return ok && val.IsNull()
}

// value returns what x, which is closed, evaluates to, and false after an
// error.
func (e *evaluator) value(x hclsyntax.Expression, sc scope) (cty.Value, bool) {
	val, diags := x.Value(sc.context())
	e.problems.add(diags)
	if diags.HasErrors() {
		return cty.NilVal, false
	}
	if val.IsMarked() || !val.IsKnown() {
		e.problems.errorf(x.Range(), "This value is unknown or marked.")
		return cty.NilVal, false
	}
	return val, true
}

// cut removes an attribute, a block or an item: its lines and the comment
// above them, or, where it shares its lines, itself.
func (e *evaluator) cut(s span) edit {
	if e.hasOwnLines(s) {
		return edit{span: e.wholeLines(s), cut: true}
	}
	for s.start > 0 && e.src[s.start-1] == ' ' {
		s.start--
	}
	return edit{span: span{s.start, e.pastSpaces(s.end)}, cut: true}
}

// attributes returns the attributes of body in the order of the source.
func attributes(body *hclsyntax.Body) []*hclsyntax.Attribute {
	return slices.SortedFunc(maps.Values(body.Attributes), func(a, b *hclsyntax.Attribute) int {
		return a.SrcRange.Start.Byte - b.SrcRange.Start.Byte
	})
}

// isConstructor reports whether x is a list or an object that the template
// spells out.
func isConstructor(x hclsyntax.Expression) bool {
	switch x.(type) {
	case *hclsyntax.ObjectConsExpr, *hclsyntax.TupleConsExpr:
		return true
	}
	return false
}
