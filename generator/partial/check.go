package partial

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// Check finds what is wrong with the template for any values of the given
// types: names that do not exist, wherever they are mentioned, and strings
// and labels that are known in part. It looks into every branch of a
// condition and every dynamic block and for expression, with an iterator that
// has the type of an element. It knows the types of functions' results no
// better than Eval does, and finds nothing wrong with what is made of them.
func (t *Template) Check(known map[string]cty.Type) hcl.Diagnostics {
	unknown := make(map[string]cty.Value, len(known))
	for name, ty := range known {
		unknown[name] = cty.UnknownVal(ty.WithoutOptionalAttributesDeep())
	}
	c := &checker{Template: t}
	c.body(t.root, scope{known: unknown})
	return c.problems.sorted()
}

// A checker evaluates a template for unknown values of known types.
type checker struct {
	*Template
	problems problems
}

func (c *checker) body(body *hclsyntax.Body, sc scope) {
	if !sc.touches(c.facts[body]) {
		return
	}
	for _, attr := range attributes(body) {
		c.infer(attr.Expr, sc)
	}
	for _, block := range body.Blocks {
		if block.Type == "dynamic" {
			c.dynamic(newDynamic(block), sc)
			continue
		}
		c.body(block.Body, sc)
	}
}

func (c *checker) dynamic(d dynamic, sc scope) {
	for _, each := range c.branches(d.each, sc) {
		c.eachElement(each, sc, func(key, val cty.Value) {
			sc := sc.with(d.iterator, iteration(key, val))
			c.labels(d, sc)
			c.content(d, sc)
		}, func() {
			c.content(d, sc.without(d.iterator))
		})
	}
}

func (c *checker) labels(d dynamic, sc scope) {
	if d.labels != nil && !sc.closed(c.facts[d.labels]) {
		c.problems.errorf(d.labels.Range(), unknownLabels)
	}
}

func (c *checker) content(d dynamic, sc scope) {
	if d.labels != nil {
		c.infer(d.labels, sc)
	}
	c.body(d.content.Body, sc)
}

// branches returns the expressions that x may turn out to be once conditions
// are known, and checks the conditions.
func (c *checker) branches(x hclsyntax.Expression, sc scope) []hclsyntax.Expression {
	cond, ok := unwrap(x).(*hclsyntax.ConditionalExpr)
	if !ok || !c.mayDecide(cond.Condition, sc) {
		return []hclsyntax.Expression{x}
	}
	c.condition(cond.Condition, sc)
	return append(c.branches(cond.TrueResult, sc), c.branches(cond.FalseResult, sc)...)
}

// eachElement calls known with every kind of element that the collection x
// may have, or unknown when x will not be known.
func (c *checker) eachElement(x hclsyntax.Expression, sc scope, known func(key, val cty.Value), unknown func()) {
	val := c.infer(x, sc)
	if !sc.closed(c.facts[x]) {
		unknown()
		return
	}
	elems, ok := samples(val)
	if !ok {
		c.problems.errorf(x.Range(), notIterable, val.Type().FriendlyName())
	}
	for _, elem := range elems {
		known(elem[0], elem[1])
	}
}

// samples returns a key and a value of every type that an element of val may
// have, or false when val has no elements.
func samples(val cty.Value) ([][2]cty.Value, bool) {
	ty := val.Type()
	switch {
	case ty == cty.DynamicPseudoType, ty.Equals(cty.EmptyTuple), ty.Equals(cty.EmptyObject):
		return [][2]cty.Value{{cty.DynamicVal, cty.DynamicVal}}, true
	case ty.IsListType():
		return [][2]cty.Value{{cty.UnknownVal(cty.Number), cty.UnknownVal(ty.ElementType())}}, true
	case ty.IsSetType():
		elem := cty.UnknownVal(ty.ElementType())
		return [][2]cty.Value{{elem, elem}}, true
	case ty.IsMapType():
		return [][2]cty.Value{{cty.UnknownVal(cty.String), cty.UnknownVal(ty.ElementType())}}, true
	case ty.IsTupleType():
		return tupleSamples(ty), true
	case ty.IsObjectType():
		return objectSamples(ty), true
	}
	return nil, false
}

func tupleSamples(ty cty.Type) (elems [][2]cty.Value) {
	for i, elem := range ty.TupleElementTypes() {
		elems = append(elems, [2]cty.Value{cty.NumberIntVal(int64(i)), cty.UnknownVal(elem)})
	}
	return elems
}

func objectSamples(ty cty.Type) (elems [][2]cty.Value) {
	for name, elem := range ty.AttributeTypes() {
		elems = append(elems, [2]cty.Value{cty.StringVal(name), cty.UnknownVal(elem)})
	}
	return elems
}
