package partial

import (
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// logic returns what x is known to be when it is an &&, || or !.
func (e *evaluator) logic(x hclsyntax.Expression, sc scope) (yes, decided bool) {
	switch inner := unwrap(x).(type) {
	case *hclsyntax.BinaryOpExpr:
		if _, ok := neutralSide(inner); !ok {
			return false, false
		}
	case *hclsyntax.UnaryOpExpr:
		if inner.Op != hclsyntax.OpLogicalNot {
			return false, false
		}
	default:
		return false, false
	}
	return e.truth(x, sc)
}

// resolve returns the expression whose value x certainly has, when that value
// is known, and nil when it is not or x mentions nothing known.
func (e *evaluator) resolve(x hclsyntax.Expression, sc scope) hclsyntax.Expression {
	if !sc.touches(e.facts[x]) {
		return nil
	}
	if settled := e.settle(x, sc); sc.closed(e.facts[settled]) {
		return settled
	}
	return nil
}

// settle follows known conditions to the expression that counts, and returns
// x itself where nothing is decided.
func (e *evaluator) settle(x hclsyntax.Expression, sc scope) hclsyntax.Expression {
	switch inner := unwrap(x).(type) {
	case *hclsyntax.ConditionalExpr:
		switch yes, decided := e.truth(inner.Condition, sc); {
		case decided && yes:
			return e.settle(inner.TrueResult, sc)
		case decided:
			return e.settle(inner.FalseResult, sc)
		}
	case *hclsyntax.BinaryOpExpr:
		if other := e.otherSide(inner, sc); other != nil {
			return e.settle(other, sc)
		}
	}
	return x
}

// otherSide returns the side of an && or || that alone decides it, since the
// other side is known and neutral.
func (e *evaluator) otherSide(x *hclsyntax.BinaryOpExpr, sc scope) hclsyntax.Expression {
	neutral, ok := neutralSide(x)
	if !ok {
		return nil
	}
	left, leftDecided := e.truth(x.LHS, sc)
	right, rightDecided := e.truth(x.RHS, sc)
	switch {
	case leftDecided && left == neutral && !rightDecided:
		return x.RHS
	case rightDecided && right == neutral && !leftDecided:
		return x.LHS
	}
	return nil
}

// truth returns what a condition is known to be. As in HCL, the right side of
// an && or || does not matter once the left side has decided.
func (e *evaluator) truth(x hclsyntax.Expression, sc scope) (yes, decided bool) {
	if !sc.touches(e.facts[x]) {
		return false, false
	}
	switch inner := unwrap(x).(type) {
	case *hclsyntax.UnaryOpExpr:
		if inner.Op == hclsyntax.OpLogicalNot {
			yes, decided := e.truth(inner.Val, sc)
			return !yes, decided
		}
	case *hclsyntax.BinaryOpExpr:
		if neutral, ok := neutralSide(inner); ok {
			return e.sides(inner, neutral, sc)
		}
	}
	if !sc.closed(e.facts[x]) {
		return false, false
	}
	return e.isTrue(x, sc), true
}

func (e *evaluator) sides(x *hclsyntax.BinaryOpExpr, neutral bool, sc scope) (yes, decided bool) {
	left, leftDecided := e.truth(x.LHS, sc)
	if leftDecided && left != neutral {
		return left, true
	}
	right, rightDecided := e.truth(x.RHS, sc)
	if rightDecided && right != neutral {
		return right, true
	}
	return neutral, leftDecided && rightDecided
}

// isTrue evaluates a condition as HCL does, with HCL's own words for what is
// wrong with it.
func (e *evaluator) isTrue(x hclsyntax.Expression, sc scope) bool {
	val, ok := e.value(&hclsyntax.ConditionalExpr{
		Condition:   x,
		TrueResult:  &hclsyntax.LiteralValueExpr{Val: cty.True, SrcRange: x.Range()},
		FalseResult: &hclsyntax.LiteralValueExpr{Val: cty.False, SrcRange: x.Range()},
		SrcRange:    x.Range(),
	}, sc)
	return ok && val.True()
}

// neutralSide returns the value of one side of x that leaves the decision to
// the other: true for &&, false for ||.
func neutralSide(x *hclsyntax.BinaryOpExpr) (neutral, ok bool) {
	return x.Op == hclsyntax.OpLogicalAnd, x.Op == hclsyntax.OpLogicalAnd || x.Op == hclsyntax.OpLogicalOr
}

// unwrap takes the parentheses off x.
func unwrap(x hclsyntax.Expression) hclsyntax.Expression {
	for {
		p, ok := x.(*hclsyntax.ParenthesesExpr)
		if !ok {
			return x
		}
		x = p.Expression
	}
}
