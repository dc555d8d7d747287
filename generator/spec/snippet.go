package spec

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

const (
	snippetLines = 8   // of a range that is longer, the first line stands for all
	snippetBytes = 400 // of a longer line, such as JSON on one line, a part is shown
)

// snippet cuts the lines of a place out of a text, or returns nil where the
// place has none.
func snippet(src []byte, at Range, context string) *Snippet {
	if at.Start.Line == 0 || at.Start.Byte > len(src) || len(src) == 0 {
		return nil
	}
	start, end := at.Start.Byte, min(max(at.End.Byte, at.Start.Byte), len(src))
	first := bytes.LastIndexByte(src[:start], '\n') + 1
	last := lineEnd(src, end)
	if bytes.Count(src[first:last], []byte("\n")) >= snippetLines {
		last = lineEnd(src, start)
		end = min(end, last)
	}
	s := &Snippet{
		Context:        context,
		Code:           strings.TrimRight(string(src[first:last]), "\r"),
		StartLine:      at.Start.Line,
		HighlightStart: start - first,
		HighlightEnd:   end - first,
	}
	s.shorten()
	return s
}

// lineEnd returns where the line of an offset ends, without its newline.
func lineEnd(src []byte, offset int) int {
	if n := bytes.IndexByte(src[offset:], '\n'); n >= 0 {
		return offset + n
	}
	return len(src)
}

// shorten keeps the part of a long line that the highlight begins in, and the
// highlight inside the text and, where there is any, at least one byte long.
func (s *Snippet) shorten() {
	if len(s.Code) > snippetBytes {
		from := runeStart(s.Code, max(0, min(s.HighlightStart, len(s.Code))-snippetBytes/4))
		to := runeStart(s.Code, min(len(s.Code), from+snippetBytes))
		s.Code = s.Code[from:to]
		s.HighlightStart -= from
		s.HighlightEnd -= from
	}
	s.HighlightStart = min(s.HighlightStart, len(s.Code))
	s.HighlightEnd = min(max(s.HighlightEnd, s.HighlightStart+1), len(s.Code))
}

// runeStart moves an offset back to where a character begins.
func runeStart(s string, offset int) int {
	for offset > 0 && offset < len(s) && !utf8.RuneStart(s[offset]) {
		offset--
	}
	return offset
}
