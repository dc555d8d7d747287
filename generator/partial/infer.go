package partial

import (
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
)

// infer finds what is wrong with x and returns a value, mostly an unknown
// one, of the type that x has. HCL evaluates a conditional, a for expression
// and a splat only as far as it must; infer looks at all of them. Where
// nothing can be said it returns cty.DynamicVal.
func (c *checker) infer(x hclsyntax.Expression, sc scope) cty.Value {
	if !sc.touches(c.facts[x]) {
		return c.plain(x, sc)
	}
	switch x := x.(type) {
	case *hclsyntax.ScopeTraversalExpr:
		return c.value(x, sc)
	case *hclsyntax.ParenthesesExpr:
		return c.infer(x.Expression, sc)
	case *hclsyntax.TemplateWrapExpr:
		return c.infer(x.Wrapped, sc)
	case *hclsyntax.ConditionalExpr:
		c.condition(x.Condition, sc)
		return either(c.infer(x.TrueResult, sc), c.infer(x.FalseResult, sc))
	case *hclsyntax.ForExpr:
		return c.forExpr(x, sc)
	case *hclsyntax.SplatExpr:
		return c.splat(x, sc)
	case *hclsyntax.ObjectConsExpr:
		return c.object(x, sc)
	}
	return c.operation(x, sc)
}

// plain evaluates an expression that mentions nothing known.
func (c *checker) plain(x hclsyntax.Expression, sc scope) cty.Value {
	if !sc.closed(c.facts[x]) {
		return cty.DynamicVal
	}
	return c.value(x, sc)
}

// operation lets HCL evaluate x for what its parts are inferred to be.
func (c *checker) operation(x hclsyntax.Expression, sc scope) cty.Value {
	switch x := x.(type) {
	case *hclsyntax.RelativeTraversalExpr:
		clone := *x
		clone.Source = c.part(x.Source, sc)
		return c.value(&clone, sc)
	case *hclsyntax.IndexExpr:
		clone := *x
		clone.Collection, clone.Key = c.part(x.Collection, sc), c.part(x.Key, sc)
		return c.value(&clone, sc)
	case *hclsyntax.UnaryOpExpr:
		clone := *x
		clone.Val = c.part(x.Val, sc)
		return c.value(&clone, sc)
	case *hclsyntax.BinaryOpExpr:
		clone := *x
		clone.LHS, clone.RHS = c.part(x.LHS, sc), c.part(x.RHS, sc)
		return c.value(&clone, sc)
	case *hclsyntax.TupleConsExpr:
		return c.value(&hclsyntax.TupleConsExpr{Exprs: c.parts(x.Exprs, sc), SrcRange: x.SrcRange}, sc)
	case *hclsyntax.TemplateExpr:
		c.template(x, sc)
		return cty.UnknownVal(cty.String)
	case *hclsyntax.TemplateJoinExpr:
		c.infer(x.Tuple, sc)
		return cty.UnknownVal(cty.String)
	case *hclsyntax.FunctionCallExpr:
		c.parts(x.Args, sc)
	}
	return cty.DynamicVal
}

// part stands for x within a copy of the expression that x is a part of.
func (c *checker) part(x hclsyntax.Expression, sc scope) hclsyntax.Expression {
	return &hclsyntax.LiteralValueExpr{Val: c.infer(x, sc), SrcRange: x.Range()}
}

func (c *checker) parts(xs []hclsyntax.Expression, sc scope) []hclsyntax.Expression {
	out := make([]hclsyntax.Expression, len(xs))
	for i, x := range xs {
		out[i] = c.part(x, sc)
	}
	return out
}

func (c *checker) value(x hclsyntax.Expression, sc scope) cty.Value {
	val, diags := x.Value(sc.context())
	c.problems.add(diags)
	if diags.HasErrors() {
		return cty.DynamicVal
	}
	return val
}

func (c *checker) condition(x hclsyntax.Expression, sc scope) {
	c.convertible(x, c.infer(x, sc), cty.Bool, "A condition")
}

func (c *checker) convertible(x hclsyntax.Expression, val cty.Value, want cty.Type, what string) {
	if _, err := convert.Convert(val, want); err != nil {
		c.problems.errorf(x.Range(), "%s: %s.", what, err)
	}
}

func (c *checker) template(x *hclsyntax.TemplateExpr, sc scope) {
	evaluated := sc.untyped()
	whole := evaluated.closed(c.facts[x])
	for _, part := range x.Parts {
		c.convertible(part, c.infer(part, sc), cty.String, "A part of a string")
		if !whole && c.isPiece(part, evaluated) {
			c.problems.errorf(part.Range(), pieceOfString)
		}
	}
}
