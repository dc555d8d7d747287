package spec

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Severity says whether a problem stops the work.
type Severity string

// An Error leaves no Spec; a Warning comes along with one.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// A Problem is one thing that is wrong with a spec, or with a file that it
// names. It holds what `terraform validate -json` says of a diagnostic, and a
// code.
type Problem struct {
	Code     string   `json:"code"` // such as "TFG012"; Codes explains each
	Severity Severity `json:"severity"`
	Summary  string   `json:"summary"` // the code's title
	Detail   string   `json:"detail"`  // what is wrong here, and what to do
	Range    Range    `json:"range"`
	Snippet  *Snippet `json:"snippet,omitempty"` // nil where there is no text to show
}

// Range is a place in a file. A problem of the file as a whole has the line 0.
type Range struct {
	Filename string `json:"filename"`
	Start    Pos    `json:"start"`
	End      Pos    `json:"end"`
}

// Pos is a place in a text.
type Pos struct {
	Line   int `json:"line"`   // from 1
	Column int `json:"column"` // from 1, in characters as people count them
	Byte   int `json:"byte"`   // from 0
}

// Snippet is the source around a problem. What looks like a credential in it
// is masked.
type Snippet struct {
	Context        string `json:"context"`                // the block, such as `service "web"`, or ""
	Code           string `json:"code"`                   // whole lines, or a part of a very long one
	StartLine      int    `json:"start_line"`             // of Code
	HighlightStart int    `json:"highlight_start_offset"` // in bytes of Code
	HighlightEnd   int    `json:"highlight_end_offset"`
}

// Error is the problem on one line, its place first.
func (p Problem) Error() string {
	return fmt.Sprintf("%s: %s; %s", p.Range, p.Summary, p.Detail)
}

// String is the place as editors and terminals link it: FILE:LINE,COLUMN.
func (r Range) String() string {
	if r.Start.Line == 0 {
		return r.Filename
	}
	return fmt.Sprintf("%s:%d,%d", r.Filename, r.Start.Line, r.Start.Column)
}

// Problems are in the order of their places.
type Problems []Problem

// Error is every problem on a line of its own.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}

// HasErrors reports whether one of the problems is more than a warning.
func (ps Problems) HasErrors() bool {
	return slices.ContainsFunc(ps, func(p Problem) bool { return p.Severity == Error })
}

// sorted returns the problems of the spec itself first, then those of other
// files, each in the order of the text, and none twice.
func (ps Problems) sorted(spec string) Problems {
	slices.SortStableFunc(ps, func(a, b Problem) int {
		return cmp.Or(
			cmp.Compare(elsewhere(a, spec), elsewhere(b, spec)),
			cmp.Compare(a.Range.Filename, b.Range.Filename),
			cmp.Compare(a.Range.Start.Byte, b.Range.Start.Byte),
			cmp.Compare(a.Code, b.Code),
			cmp.Compare(a.Detail, b.Detail),
		)
	})
	return slices.CompactFunc(ps, func(a, b Problem) bool {
		return a.Code == b.Code && a.Range == b.Range && a.Detail == b.Detail
	})
}

func elsewhere(p Problem, spec string) int {
	if p.Range.Filename == spec {
		return 0
	}
	return 1
}
