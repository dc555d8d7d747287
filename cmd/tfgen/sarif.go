package main

import (
	"fmt"
	"net/url"
	"path/filepath"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"tfgen/generator/spec"
)

// problemsAsSARIF prints what code scanning reads: SARIF 2.1.0, of
// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
func (a *app) problemsAsSARIF(problems spec.Problems) error {
	tool := sarif.NewTool().WithDriver(sarif.NewToolComponent().WithName("tfgen").WithVersion(version()))
	run := sarif.NewRun().WithTool(tool).WithColumnKind("unicodeCodePoints")
	known := map[string]spec.Explanation{}
	for _, e := range spec.Codes() {
		known[e.Code] = e
	}
	for _, p := range problems {
		e := known[p.Code]
		run.AddRule(p.Code).
			WithShortDescription(sarif.NewMultiformatMessageString().WithText(e.Title)).
			WithFullDescription(sarif.NewMultiformatMessageString().WithText(e.Why)).
			WithHelp(sarif.NewMultiformatMessageString().WithText(e.Fix))
		run.CreateResultForRule(p.Code).
			WithLevel(string(p.Severity)).
			WithMessage(sarif.NewTextMessage(p.Detail)).
			AddLocation(sarif.NewLocationWithPhysicalLocation(place(p.Range)))
	}
	if err := sarif.NewReport().AddRun(run).PrettyWrite(a.out); err != nil {
		return err
	}
	fmt.Fprintln(a.out)
	return nil
}

// place is where a problem is. SARIF knows no line 0: a problem of a whole file
// has no region.
func place(at spec.Range) *sarif.PhysicalLocation {
	uri := url.URL{Path: filepath.ToSlash(at.Filename)}
	place := sarif.NewPhysicalLocation().WithArtifactLocation(sarif.NewSimpleArtifactLocation(uri.String()))
	if at.Start.Line == 0 {
		return place
	}
	return place.WithRegion(sarif.NewRegion().
		WithStartLine(at.Start.Line).WithStartColumn(at.Start.Column).
		WithEndLine(at.End.Line).WithEndColumn(at.End.Column))
}
