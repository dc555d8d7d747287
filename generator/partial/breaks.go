package partial

import (
	"slices"

	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// items returns the places of the attributes and blocks of a file, in order.
func items(root *hclsyntax.Body) (out []span) {
	for _, attr := range root.Attributes {
		out = append(out, spanOf(attr.SrcRange))
	}
	for _, block := range root.Blocks {
		out = append(out, spanOf(block.Range()))
	}
	slices.SortFunc(out, func(a, b span) int { return a.start - b.start })
	return out
}

// breaksOf returns where a file can be taken apart to be formatted: the
// starts of the blank lines between its items, and its ends.
func (l *layout) breaksOf(items []span) []int {
	out := []int{0}
	at := 0
	for _, item := range append(slices.Clone(items), span{len(l.src), len(l.src)}) {
		out = append(out, l.blankLines(span{at, item.start})...)
		at = item.end
	}
	return append(out, len(l.src))
}

// blankLines returns the starts of the blank lines in s, which is outside of
// all items.
func (l *layout) blankLines(s span) (out []int) {
	for i := l.lineAt(s.start) + 1; i < len(l.lines) && l.lines[i].start < s.end; i++ {
		at := l.lines[i].start
		if !l.lines[i].glued && l.pastBlanks(at) > at {
			out = append(out, at)
		}
	}
	return out
}
