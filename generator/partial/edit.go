package partial

import (
	"slices"

	"github.com/hashicorp/hcl/v2"
)

// A span is a range of bytes of the source, an edit its replacement.
type (
	span struct{ start, end int }
	edit struct {
		span
		text []byte
		cut  bool // the span goes away, together with the gap it leaves
		gap  bool // a blank line goes with it
	}
)

func spanOf(r hcl.Range) span { return span{r.Start.Byte, r.End.Byte} }

// splice returns the source in s with the edits made.
func (l *layout) splice(s span, edits []edit) []byte {
	return l.apply(s, l.closeGaps(edits))
}

// apply makes edits that are in order and leave no gaps.
func (l *layout) apply(s span, edits []edit) []byte {
	out := make([]byte, 0, s.end-s.start)
	at := s.start
	for _, edit := range edits {
		out = append(out, l.src[at:edit.start]...)
		out = append(out, edit.text...)
		at = edit.end
	}
	return append(out, l.src[at:s.end]...)
}

// closeGaps sorts the edits, makes one of the cuts that touch, and widens
// each cut by the blank lines that would be too many without it.
func (l *layout) closeGaps(edits []edit) []edit {
	slices.SortStableFunc(edits, func(a, b edit) int { return a.start - b.start })
	var out []edit
	for _, edit := range edits {
		last := len(out) - 1
		if last >= 0 && edit.cut && out[last].cut && l.pastBlanks(out[last].end) >= edit.start {
			out[last].gap = out[last].gap || l.pastBlanks(out[last].end) > out[last].end
			out[last].end = max(out[last].end, edit.end)
			continue
		}
		out = append(out, edit)
	}
	for i := range out {
		if out[i].cut {
			out[i] = l.closeGap(out[i])
		}
	}
	return out
}

// closeGap widens a cut so that it leaves neither two blank lines in a row,
// nor one next to a brace, nor a pair of braces with nothing but lines
// between. What a blank line within it held apart stays apart.
func (l *layout) closeGap(e edit) edit {
	if !l.startsLine(e.start) {
		return e
	}
	wide := span{l.beforeBlanks(e.start), l.pastBlanks(e.end)}
	brace, opened := l.opened[wide.start]
	closed := l.closes(wide.end)
	switch {
	case opened && closed && brace.bare:
		e.span = span{brace.end, l.pastSpaces(wide.end)}
	case opened || closed:
		e.span = wide
	case wide.start < e.start:
		e.end = wide.end
	case e.gap && wide.end == e.end:
		e.text = []byte("\n")
	}
	return e
}
