package generator_test

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// shapeOf returns what a file says, without how it is laid out: maps, lists and
// texts. A text that the file spells out is its value, a number is only that
// it is one, and an expression is its source. Blocks are told apart by their
// labels, or else by their order.
func shapeOf(body *hclsyntax.Body, src []byte) map[string]any {
	out := map[string]any{}
	for name, attr := range body.Attributes {
		out[name] = shapeOfExpr(attr.Expr, src)
	}
	for i, block := range body.Blocks {
		name := fmt.Sprint(i)
		if len(block.Labels) > 0 {
			name = strings.Join(block.Labels, " ")
		}
		out[block.Type+" "+name] = shapeOf(block.Body, src)
	}
	return out
}

func shapeOfExpr(x hclsyntax.Expression, src []byte) any {
	switch x := x.(type) {
	case *hclsyntax.ObjectConsExpr:
		return shapeOfObject(x, src)
	case *hclsyntax.TupleConsExpr:
		return shapesOf(x.Exprs, src)
	case *hclsyntax.FunctionCallExpr:
		return []any{x.Name, shapesOf(x.Args, src)}
	case *hclsyntax.TemplateExpr, *hclsyntax.LiteralValueExpr:
		return literal(x, src)
	}
	return string(x.Range().SliceBytes(src))
}

func shapesOf(xs []hclsyntax.Expression, src []byte) any {
	out := []any{}
	for _, x := range xs {
		out = append(out, shapeOfExpr(x, src))
	}
	return out
}

func shapeOfObject(x *hclsyntax.ObjectConsExpr, src []byte) any {
	out := map[string]any{}
	for _, item := range x.Items {
		key, diags := item.KeyExpr.Value(nil)
		if diags.HasErrors() || key.Type() != cty.String {
			return string(x.Range().SliceBytes(src))
		}
		out[key.AsString()] = shapeOfExpr(item.ValueExpr, src)
	}
	return out
}

// literal returns the value of a text that mentions nothing.
func literal(x hclsyntax.Expression, src []byte) any {
	val, diags := x.Value(&hcl.EvalContext{})
	switch {
	case diags.HasErrors() || val.IsNull():
		return string(x.Range().SliceBytes(src))
	case val.Type() == cty.String:
		return val.AsString()
	}
	return val.Type().FriendlyName()
}
