package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"tfgen/generator/spec"
)

// TestSARIF holds what is printed to the schema of SARIF, and to what code
// scanning needs of it: places with a line from 1, and a rule for each result.
func TestSARIF(t *testing.T) {
	file, err := os.Create(filepath.Join(t.TempDir(), "sarif"))
	if err != nil {
		t.Fatal(err)
	}
	a := &app{out: &stream{file: file}}
	_, problems := spec.Parse([]byte("project \"shop\" {\n  regoin = \"eu-west-1\"\n}\n"), "a b/tfgen.hcl")
	whole := spec.Problem{Code: "TFG001", Severity: spec.Error, Detail: "No.", Range: spec.Range{Filename: "missing.hcl"}}
	if err := a.problemsAsSARIF(append(problems, whole)); err != nil {
		t.Fatal(err)
	}
	report, err := sarif.Open(file.Name())
	if err != nil {
		t.Fatal(err)
	}
	if err := report.Validate(); err != nil {
		t.Error(err)
	}
	run := report.Runs[0]
	if len(run.Results) != len(problems)+1 || len(problems) == 0 {
		t.Fatalf("%d results for %d problems", len(run.Results), len(problems)+1)
	}
	first := run.Results[0].Locations[0].PhysicalLocation
	if *first.ArtifactLocation.URI != "a%20b/tfgen.hcl" || *first.Region.StartLine != problems[0].Range.Start.Line {
		t.Errorf("%s:%d", *first.ArtifactLocation.URI, *first.Region.StartLine)
	}
	last := run.Results[len(problems)]
	if last.Locations[0].PhysicalLocation.Region != nil || *run.Tool.Driver.Rules[last.RuleIndex].ID != "TFG001" {
		t.Errorf("%+v", last)
	}
}

// TestSARIFEmpty holds that no problems are a report too.
func TestSARIFEmpty(t *testing.T) {
	file, err := os.Create(filepath.Join(t.TempDir(), "sarif"))
	if err != nil {
		t.Fatal(err)
	}
	a := &app{out: &stream{file: file}}
	if err := a.problemsAsSARIF(nil); err != nil {
		t.Fatal(err)
	}
	report, err := sarif.Open(file.Name())
	if err != nil {
		t.Fatal(err)
	}
	if err := report.Validate(); err != nil {
		t.Error(err)
	}
}
