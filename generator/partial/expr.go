package partial

import (
	"bytes"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
)

// expr evaluates the largest known parts of an expression.
func (e *evaluator) expr(x hclsyntax.Expression, sc scope) []edit {
	if !sc.touches(e.facts[x]) {
		return nil
	}
	if yes, decided := e.logic(x, sc); decided {
		return e.replace(x.Range(), cty.BoolVal(yes), sc)
	}
	if settled := e.settle(x, sc); settled != x {
		return e.replaceBy(x, settled, sc)
	}
	switch x := x.(type) {
	case *hclsyntax.ObjectConsExpr:
		return e.object(x, sc)
	case *hclsyntax.TupleConsExpr:
		return e.exprs(x.Exprs, sc)
	case *hclsyntax.ObjectConsKeyExpr:
		return e.key(x, sc)
	}
	if sc.closed(e.facts[x]) {
		return e.evaluate(x, sc)
	}
	return e.parts(x, sc)
}

// parts evaluates what is known of an expression that is not.
func (e *evaluator) parts(x hclsyntax.Expression, sc scope) []edit {
	switch x := x.(type) {
	case *hclsyntax.ParenthesesExpr:
		return e.expr(x.Expression, sc)
	case *hclsyntax.FunctionCallExpr:
		return e.exprs(x.Args, sc.asValue())
	case *hclsyntax.ConditionalExpr:
		return append(e.expr(x.Condition, sc.asOperand()), e.exprs([]hclsyntax.Expression{x.TrueResult, x.FalseResult}, sc)...)
	case *hclsyntax.BinaryOpExpr:
		return e.exprs([]hclsyntax.Expression{x.LHS, x.RHS}, sc.asOperand())
	case *hclsyntax.UnaryOpExpr:
		return e.expr(x.Val, sc.asOperand())
	case *hclsyntax.IndexExpr:
		return e.exprs([]hclsyntax.Expression{x.Collection, x.Key}, sc.asOperand().inLine())
	case *hclsyntax.RelativeTraversalExpr:
		return e.expr(x.Source, sc.asOperand().inLine())
	case *hclsyntax.SplatExpr:
		return e.exprs([]hclsyntax.Expression{x.Source, x.Each}, sc.asOperand().inLine())
	case *hclsyntax.ForExpr:
		return e.forExpr(x, sc)
	case *hclsyntax.TemplateExpr:
		return e.template(x, sc.inLine())
	case *hclsyntax.TemplateWrapExpr:
		return e.expr(x.Wrapped, sc.inLine())
	}
	return nil
}

func (e *evaluator) exprs(xs []hclsyntax.Expression, sc scope) (edits []edit) {
	for _, x := range xs {
		edits = append(edits, e.expr(x, sc)...)
	}
	return edits
}

func (e *evaluator) forExpr(x *hclsyntax.ForExpr, sc scope) []edit {
	edits := e.expr(x.CollExpr, sc.asOperand().inLine())
	sc = sc.without(x.KeyVar, x.ValVar).asValue()
	for _, part := range []hclsyntax.Expression{x.KeyExpr, x.ValExpr, x.CondExpr} {
		if part != nil {
			edits = append(edits, e.expr(part, sc)...)
		}
	}
	return edits
}

// key evaluates the key of an object item, a string whatever its value.
func (e *evaluator) key(x *hclsyntax.ObjectConsKeyExpr, sc scope) []edit {
	if !sc.closed(e.facts[x]) {
		return e.expr(unwrap(x.Wrapped), sc.asOperand().inLine())
	}
	val, ok := e.value(x, sc)
	if !ok {
		return nil
	}
	val, err := convert.Convert(val, cty.String)
	if err != nil || val.IsNull() {
		e.problems.errorf(x.Range(), "The key of an object needs to be a string.")
		return nil
	}
	return []edit{{span: spanOf(x.Range()), text: keyTokens(val).Bytes()}}
}

// replaceBy writes part, which is within x, for x. Parentheses around x stay
// where part could mean something else without them; those around part go
// where x was a condition, for no expression binds less than that.
func (e *evaluator) replaceBy(x, part hclsyntax.Expression, sc scope) []edit {
	if _, ok := x.(*hclsyntax.ConditionalExpr); ok {
		part = e.bare(part)
	}
	text := e.splice(spanOf(part.Range()), e.expr(part, sc))
	if _, ok := x.(*hclsyntax.ParenthesesExpr); ok && needsParentheses(part, text) {
		text = slices.Concat([]byte("("), text, []byte(")"))
	}
	return []edit{{span: spanOf(x.Range()), text: text}}
}

// bare takes the parentheses off x, unless they hold lines together or a
// comment too.
func (e *evaluator) bare(x hclsyntax.Expression) hclsyntax.Expression {
	inner := unwrap(x)
	whole, part := spanOf(x.Range()), spanOf(inner.Range())
	around := string(e.src[whole.start:part.start]) + string(e.src[part.end:whole.end])
	if strings.Trim(around, "() ") != "" || bytes.Contains(e.src[part.start:part.end], []byte("\n")) {
		return x
	}
	return inner
}

// evaluate writes the value of x for x.
func (e *evaluator) evaluate(x hclsyntax.Expression, sc scope) []edit {
	val, ok := e.value(x, sc)
	if !ok {
		return nil
	}
	return e.replace(x.Range(), val, sc)
}

func (e *evaluator) replace(place hcl.Range, val cty.Value, sc scope) []edit {
	text, err := e.write(val, style{oneLine: sc.oneLine, nulls: sc.operand})
	if err != nil {
		e.problems.errorf(place, "This cannot be written: %s.", err)
		return nil
	}
	return []edit{{span: spanOf(place), text: text}}
}

// needsParentheses reports whether x, written as text, is an operation or
// goes over several lines that only parentheses hold together.
func needsParentheses(x hclsyntax.Expression, text []byte) bool {
	switch x.(type) {
	case *hclsyntax.BinaryOpExpr, *hclsyntax.UnaryOpExpr, *hclsyntax.ConditionalExpr:
		return true
	}
	return !isConstructor(x) && bytes.Contains(text, []byte("\n"))
}
