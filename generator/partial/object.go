package partial

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// object evaluates the items of an object. Items that are null go away,
// except where they count.
func (e *evaluator) object(x *hclsyntax.ObjectConsExpr, sc scope) (edits []edit) {
	first := 0 // of the items that go away next to each other
	for i, item := range x.Items {
		if !sc.operand && e.isNull(item.ValueExpr, sc) {
			edits = append(edits, e.cutItem(x, first, i))
			continue
		}
		first = i + 1
		edits = append(edits, e.expr(item.KeyExpr, sc)...)
		edits = append(edits, e.expr(item.ValueExpr, sc)...)
	}
	return edits
}

// cutItem removes the item at i. Where it shares its line with others, a
// comma goes with it: the one behind it, or, for the last item, the one
// before the items that go away together, of which the first is at first.
func (e *evaluator) cutItem(x *hclsyntax.ObjectConsExpr, first, i int) edit {
	item := itemSpan(x, i)
	if e.hasOwnLines(item) {
		return e.cut(item)
	}
	if behind := e.tokens[e.skipComments(e.tokenAt(item.end), 1)]; behind.kind == hclsyntax.TokenComma {
		return edit{span: span{item.start, e.pastSpaces(behind.end)}, cut: true}
	}
	before := e.tokens[e.skipComments(e.tokenAt(itemSpan(x, first).start)-1, -1)]
	if before.kind == hclsyntax.TokenComma {
		return edit{span: span{before.start, item.end}, cut: true}
	}
	return e.cut(item)
}

func itemSpan(x *hclsyntax.ObjectConsExpr, i int) span {
	item := x.Items[i]
	return spanOf(hcl.RangeBetween(item.KeyExpr.Range(), item.ValueExpr.Range()))
}
