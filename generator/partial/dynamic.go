package partial

import (
	"bytes"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
)

const (
	notIterable   = "This needs to be a list, a set, a map, an object or null, and it is a %s."
	unknownLabels = "The labels are not known, although the for_each is."
)

// A dynamic is a dynamic block taken apart.
type dynamic struct {
	block    *hclsyntax.Block
	name     string // of the blocks it describes
	iterator string
	each     hclsyntax.Expression
	labels   hclsyntax.Expression // or nil
	content  *hclsyntax.Block
}

// newDynamic takes apart a block that checkDynamics has found to be sound.
func newDynamic(block *hclsyntax.Block) dynamic {
	attrs := block.Body.Attributes
	d := dynamic{
		block:    block,
		name:     block.Labels[0],
		iterator: block.Labels[0],
		each:     attrs["for_each"].Expr,
		content:  block.Body.Blocks[0],
	}
	if it := attrs["iterator"]; it != nil {
		d.iterator = hcl.ExprAsKeyword(it.Expr)
	}
	if labels := attrs["labels"]; labels != nil {
		d.labels = labels.Expr
	}
	return d
}

// dynamic writes out the blocks that d describes. When they are not known,
// d stays and its parts are evaluated.
func (e *evaluator) dynamic(d dynamic, sc scope) []edit {
	each := e.resolve(d.each, sc)
	if each == nil {
		return e.staying(d, sc)
	}
	elems, ok := e.elements(each, sc)
	if !ok {
		return nil
	}
	var blocks [][]byte
	for it := elems.ElementIterator(); it.Next(); {
		key, val := it.Element()
		blocks = append(blocks, e.expand(d, sc.with(d.iterator, iteration(key, val))))
	}
	whole := spanOf(d.block.Range())
	if len(blocks) == 0 {
		return []edit{e.cut(whole)}
	}
	return []edit{{span: whole, text: bytes.Join(blocks, []byte("\n\n"))}}
}

func (e *evaluator) staying(d dynamic, sc scope) []edit {
	edits := e.expr(d.each, sc.asOperand())
	sc = sc.without(d.iterator)
	if d.labels != nil {
		edits = append(edits, e.expr(d.labels, sc)...)
	}
	return append(edits, e.block(d.content, sc)...)
}

// elements returns the collection that x is, the empty one for null.
func (e *evaluator) elements(x hclsyntax.Expression, sc scope) (cty.Value, bool) {
	val, ok := e.value(x, sc)
	switch {
	case !ok:
		return cty.NilVal, false
	case val.IsNull():
		return cty.EmptyTupleVal, true
	case !val.CanIterateElements():
		e.problems.errorf(x.Range(), notIterable, val.Type().FriendlyName())
		return cty.NilVal, false
	}
	return val, true
}

// expand writes the block that d describes for one element.
func (e *evaluator) expand(d dynamic, sc scope) []byte {
	out := []byte(d.name)
	for _, label := range e.labels(d, sc) {
		out = append(out, ' ')
		out = append(out, hclwrite.TokensForValue(label).Bytes()...)
	}
	body := span{d.content.OpenBraceRange.Start.Byte, d.content.CloseBraceRange.End.Byte}
	out = append(out, ' ')
	return append(out, e.splice(body, e.block(d.content, sc))...)
}

func (e *evaluator) labels(d dynamic, sc scope) []cty.Value {
	if d.labels == nil {
		return nil
	}
	if !sc.closed(e.facts[d.labels]) {
		e.problems.errorf(d.labels.Range(), unknownLabels)
		return nil
	}
	val, ok := e.value(d.labels, sc)
	if !ok {
		return nil
	}
	if val.IsNull() || !val.CanIterateElements() || val.Type().IsMapType() || val.Type().IsObjectType() {
		e.problems.errorf(d.labels.Range(), "The labels need to be a list of strings.")
		return nil
	}
	var labels []cty.Value
	for it := val.ElementIterator(); it.Next(); {
		_, label := it.Element()
		label, err := convert.Convert(label, cty.String)
		if err != nil || label.IsNull() || !label.IsKnown() || label.IsMarked() {
			e.problems.errorf(d.labels.Range(), "A label needs to be a string.")
			return nil
		}
		labels = append(labels, label)
	}
	return labels
}

// iteration is what an iterator stands for.
func iteration(key, val cty.Value) cty.Value {
	return cty.ObjectVal(map[string]cty.Value{"key": key, "value": val})
}
