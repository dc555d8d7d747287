package partial

import (
	"slices"
	"sort"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclwrite"
)

// Formatting and parsing the output would take nearly all the time of an
// evaluation, so both are done only for the regions that changed.

// A region is a part of the file that is formatted by itself, with the edits
// in it.
type region struct {
	span
	edits []edit
}

// finish returns the formatted source with the edits made, and nil when
// nothing but comments is left.
func (t *Template) finish(edits []edit) ([]byte, hcl.Diagnostics) {
	var out []byte
	at, empty := 0, true
	for _, r := range t.regions(edits) {
		text := hclwrite.Format(t.apply(r.span, r.edits))
		root, diags := parse(text, t.filename) // It parses by construction; but look.
		if diags.HasErrors() {
			return nil, diags
		}
		before := span{at, r.start}
		empty = empty && isEmpty(root) && !t.hasItem(before)
		out = append(append(out, t.unchanged(before)...), text...)
		at = r.end
	}
	rest := span{at, len(t.src)}
	if empty && !t.hasItem(rest) {
		return nil, nil
	}
	return append(out, t.unchanged(rest)...), nil
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

// hasItem reports whether an attribute or a block of the file starts in s.
func (t *Template) hasItem(s span) bool {
	return slices.ContainsFunc(t.items, func(item span) bool { return s.start <= item.start && item.start < s.end })
}
