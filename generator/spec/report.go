package spec

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hcled"
)

// A report collects what is wrong while a spec is read.
type report struct {
	filename string
	file     *hcl.File // nil until the text is parsed
	src      []byte
	codes    map[string]Explanation
	problems Problems
	hidden   hidden
}

func newReport(filename string, src []byte) *report {
	r := &report{filename: filename, src: src, codes: map[string]Explanation{}}
	for _, e := range Codes() {
		r.codes[e.Code] = e
	}
	r.hidden.find(src)
	return r
}

// add reports a problem of the spec at a place in its text.
func (r *report) add(code string, at hcl.Range, format string, args ...any) {
	r.addAs(r.codes[code].Severity, code, at, format, args...)
}

// addAs is add for a code whose severity depends on the case.
func (r *report) addAs(severity Severity, code string, at hcl.Range, format string, args ...any) {
	r.problems = append(r.problems, Problem{
		Code:     code,
		Severity: severity,
		Summary:  r.codes[code].Title,
		Detail:   fmt.Sprintf(format, args...),
		Range:    r.place(at),
	})
}

// whole is the place of what is wrong with the spec's file as such.
func (r *report) whole() hcl.Range { return hcl.Range{Filename: r.filename} }

func (r *report) place(at hcl.Range) Range {
	return Range{
		Filename: r.filename,
		Start:    Pos{Line: at.Start.Line, Column: at.Start.Column, Byte: at.Start.Byte},
		End:      Pos{Line: at.End.Line, Column: at.End.Column, Byte: at.End.Byte},
	}
}

// word is the text of a place without its quotes.
func (r *report) word(at hcl.Range) string {
	if !at.CanSliceBytes(r.src) {
		return ""
	}
	return strings.Trim(string(at.SliceBytes(r.src)), `"`)
}

// problemsMost is how many problems are told at once. A text with more is not
// read by anyone, and is mostly no spec.
const problemsMost = 100

// finish returns the problems in order, each with the text around it, and
// nothing hidden in any.
func (r *report) finish() Problems {
	shown := r.problems.sorted(r.filename)
	if more := len(shown) - problemsMost; more > 0 {
		shown = shown[:problemsMost]
		shown[problemsMost-1].Detail += fmt.Sprintf(" (%d more problems are not shown.)", more)
	}
	masked := r.hidden.mask(r.src)
	for i := range shown {
		r.illustrate(&shown[i], masked)
	}
	return slices.Clip(shown)
}

// illustrate adds the text around a problem's place.
func (r *report) illustrate(p *Problem, masked []byte) {
	p.Detail = r.hidden.redact(p.Detail)
	if p.Snippet == nil && p.Range.Filename == r.filename {
		p.Snippet = snippet(masked, p.Range, r.context(p.Range))
	}
	if p.Snippet != nil {
		p.Snippet.Context = r.hidden.redact(p.Snippet.Context)
	}
}

// context names the block that a place is in, such as `service "web"`.
func (r *report) context(at Range) string {
	if r.file == nil {
		return ""
	}
	return hcled.ContextString(r.file, at.Start.Byte)
}
