package partial

import (
	"slices"
	"sort"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
)

// An Output is what a template has become.
type Output struct {
	Bytes []byte // nil when nothing is left
	// Blocks are those of the file, in order: whoever reads the output need
	// not parse it again.
	Blocks []Block
}

// A Block is a block of a file. The places in it are those in its own source,
// which is a part of the file or of the template, and lacks the items of
// objects that have very many.
type Block struct {
	*hclsyntax.Block
	Src []byte
}

// Formatting and parsing the output would take nearly all the time of an
// evaluation, so both are done only for the regions that changed.

// A region is a part of the file that is formatted by itself, with the edits
// in it.
type region struct {
	span
	edits []edit
}

// finish returns the formatted source with the edits made, and nothing when
// nothing but comments is left.
func (e *evaluator) finish(edits []edit) (Output, hcl.Diagnostics) {
	b := builder{evaluator: e}
	for _, r := range e.regions(edits) {
		b.copy(r.start)
		text := hclwrite.Format(e.apply(r.span, r.edits))
		root, diags := parse(text, e.filename) // It parses by construction; but look.
		if diags.HasErrors() {
			return Output{}, diags
		}
		b.add(root, text)
		b.at = r.end
	}
	b.copy(len(e.src))
	if !b.filled {
		return Output{}, nil
	}
	return b.out, nil
}

// A builder puts an output together, from front to back.
type builder struct {
	*evaluator
	at     int // in the source
	out    Output
	filled bool // there is an attribute or a block
}

// copy adds the source up to end as it is.
func (b *builder) copy(end int) {
	s := span{b.at, end}
	b.out.Bytes = append(b.out.Bytes, b.unchanged(s)...)
	b.filled = b.filled || slices.ContainsFunc(b.items, s.has)
	for _, block := range b.root.Blocks {
		if s.has(spanOf(block.Range())) {
			b.out.Blocks = append(b.out.Blocks, Block{block, b.src})
		}
	}
}

// add adds a region that has changed.
func (b *builder) add(root *hclsyntax.Body, text []byte) {
	b.out.Bytes = b.fill(b.out.Bytes, text)
	b.filled = b.filled || len(root.Attributes)+len(root.Blocks) > 0
	for _, block := range root.Blocks {
		b.out.Blocks = append(b.out.Blocks, Block{block, text})
	}
}

func (t *Template) regions(edits []edit) (out []region) {
	for _, e := range t.closeGaps(edits) {
		s := t.widen(e.span)
		last := len(out) - 1
		if last < 0 || s.start >= out[last].end {
			out = append(out, region{span: s})
			last++
		}
		out[last].end = max(out[last].end, s.end)
		out[last].edits = append(out[last].edits, e)
	}
	return out
}

// widen returns the smallest part of the file that holds s and can be
// formatted by itself.
func (t *Template) widen(s span) span {
	start := sort.SearchInts(t.breaks, s.start+1) - 1
	end := sort.SearchInts(t.breaks, s.end)
	return span{t.breaks[start], t.breaks[end]}
}

// has reports whether an item starts in s.
func (s span) has(item span) bool { return s.start <= item.start && item.start < s.end }
