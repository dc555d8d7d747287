package partial

import (
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

func (c *checker) object(x *hclsyntax.ObjectConsExpr, sc scope) cty.Value {
	clone := hclsyntax.ObjectConsExpr{SrcRange: x.SrcRange, OpenRange: x.OpenRange}
	var vals []cty.Value
	for _, item := range x.Items {
		val := c.infer(item.ValueExpr, sc)
		vals = append(vals, val)
		clone.Items = append(clone.Items, hclsyntax.ObjectConsItem{
			KeyExpr:   c.key(item.KeyExpr, sc),
			ValueExpr: &hclsyntax.LiteralValueExpr{Val: val, SrcRange: item.ValueExpr.Range()},
		})
	}
	if val := c.value(&clone, sc); val.Type() != cty.DynamicPseudoType {
		return val
	}
	return collection(cty.Map, vals) // A key is unknown.
}

func (c *checker) key(x hclsyntax.Expression, sc scope) hclsyntax.Expression {
	key, ok := x.(*hclsyntax.ObjectConsKeyExpr)
	if !ok || !sc.touches(c.facts[x]) {
		return c.part(x, sc)
	}
	if _, naked := key.Wrapped.(*hclsyntax.ScopeTraversalExpr); naked && !key.ForceNonLiteral {
		return x // HCL has words for what is wrong with it.
	}
	return c.part(key.Wrapped, sc)
}

func (c *checker) forExpr(x *hclsyntax.ForExpr, sc scope) cty.Value {
	bind, stays := scope.with, !sc.untyped().closed(c.facts[x])
	if stays {
		bind = scope.withTyped
	}
	var vals []cty.Value
	later := func() { vals = append(vals, c.forElement(x, sc.without(x.KeyVar, x.ValVar))) }
	for _, coll := range c.branches(x.CollExpr, sc) {
		if stays && c.infer(coll, sc).Type() == referenceType {
			later() // What it refers to has elements, one day.
			continue
		}
		c.eachElement(coll, sc, func(key, val cty.Value) {
			vals = append(vals, c.forElement(x, bind(bind(sc, x.KeyVar, key), x.ValVar, val)))
		}, later)
	}
	switch {
	case x.KeyExpr == nil:
		return collection(cty.List, vals)
	case x.Group:
		return collection(cty.Map, []cty.Value{collection(cty.List, vals)})
	}
	return collection(cty.Map, vals)
}

// forElement returns what one element becomes.
func (c *checker) forElement(x *hclsyntax.ForExpr, sc scope) cty.Value {
	if x.KeyExpr != nil {
		c.convertible(x.KeyExpr, c.infer(x.KeyExpr, sc), cty.String, "A key")
	}
	if x.CondExpr != nil {
		c.condition(x.CondExpr, sc)
	}
	return c.infer(x.ValExpr, sc)
}

// splat evaluates x for one element of every type there may be.
func (c *checker) splat(x *hclsyntax.SplatExpr, sc scope) cty.Value {
	source := c.infer(x.Source, sc)
	if !sc.closed(c.facts[x]) {
		c.infer(x.Each, sc)
		return cty.DynamicVal
	}
	var vals []cty.Value
	for _, elem := range splatElements(source) {
		clone := *x
		clone.Source = &hclsyntax.LiteralValueExpr{Val: cty.TupleVal([]cty.Value{elem}), SrcRange: x.Source.Range()}
		vals = append(vals, onlyElement(c.value(&clone, sc)))
	}
	return collection(cty.List, vals)
}

// onlyElement returns what a splat made of one element, and cty.DynamicVal
// after an error.
func onlyElement(val cty.Value) cty.Value {
	if !val.Type().IsTupleType() || val.LengthInt() != 1 {
		return cty.DynamicVal
	}
	return val.Index(cty.Zero)
}

// splatElements returns the elements that a splat sees in val, which is a
// list of itself when it is no list.
func splatElements(val cty.Value) (elems []cty.Value) {
	ty := val.Type()
	if !ty.IsListType() && !ty.IsSetType() && !ty.IsTupleType() {
		return []cty.Value{val}
	}
	list, _ := samples(val)
	for _, elem := range list {
		elems = append(elems, elem[1])
	}
	return elems
}

// collection returns an unknown collection of elements like vals, or
// cty.DynamicVal when they differ.
func collection(of func(cty.Type) cty.Type, vals []cty.Value) cty.Value {
	ty := common(vals)
	if ty == cty.DynamicPseudoType {
		return cty.DynamicVal
	}
	return cty.UnknownVal(of(ty))
}

// common returns the type that all vals have, or cty.DynamicPseudoType.
func common(vals []cty.Value) cty.Type {
	if len(vals) == 0 {
		return cty.DynamicPseudoType
	}
	ty := vals[0].Type()
	for _, val := range vals[1:] {
		if !val.Type().Equals(ty) {
			return cty.DynamicPseudoType
		}
	}
	return ty
}

// either returns a value of the type that both branches of a conditional
// have. A branch that is null or empty says nothing.
func either(yes, no cty.Value) cty.Value {
	switch {
	case saysNothing(yes):
		return no
	case saysNothing(no), yes.Type().Equals(no.Type()):
		return cty.UnknownVal(yes.Type())
	}
	return cty.DynamicVal
}

func saysNothing(val cty.Value) bool {
	ty := val.Type()
	return ty == cty.DynamicPseudoType || ty.Equals(cty.EmptyTuple) || ty.Equals(cty.EmptyObject)
}
