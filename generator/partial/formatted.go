package partial

// unchanged returns the formatted source between two breaks. Formatting
// leaves line breaks alone, so a line is still the line it was.
func (t *Template) unchanged(s span) []byte {
	f := t.formatted()
	return f.src[f.offset(t.layout, s.start):f.offset(t.layout, s.end)]
}

// formatted is the source as it comes out when nothing in it is known.
type formatted struct {
	src    []byte
	starts []int // of its lines
}

func linesOf(src []byte) formatted {
	f := formatted{src: src, starts: []int{0}}
	for at, c := range src {
		if c == '\n' {
			f.starts = append(f.starts, at+1)
		}
	}
	return f
}

// offset returns where the line that starts at at in the source starts.
func (f formatted) offset(l *layout, at int) int {
	if at == len(l.src) {
		return len(f.src)
	}
	return f.starts[l.lineAt(at)]
}
