package rehearsal

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"tfgen/generator/spec"
	"tfgen/internal/deploy"
	"tfgen/internal/deploy/report"
)

// noteTo keeps what a step notes.
func noteTo(notes *[]string) func(format string, args ...any) {
	return func(format string, args ...any) { *notes = append(*notes, fmt.Sprintf(format, args...)) }
}

// An upgrade names what it removes and replaces, what forces that, and which
// services it rolls, although an older revision of a task definition stays.
func TestNoteReplaced(t *testing.T) {
	t.Parallel()
	var notes []string
	w := &world{note: noteTo(&notes)}
	w.noteReplaced(&deploy.Plan{Root: deploy.Root{Name: "delivery"}, Plan: report.Plan{Changes: []report.Change{
		{Resource: report.Resource{Address: "aws_a.kept"}, Action: report.Update},
		{Resource: report.Resource{Address: "aws_a.gone"}, Action: report.Delete},
		{Resource: report.Resource{Address: "aws_t.revision"}, Action: report.CreateFirst, Kept: true},
		{Resource: report.Resource{Address: "aws_a.other"}, Action: report.Replace, Attributes: []report.Attribute{
			{Path: "size", Before: "1", After: "2"}, {Path: "name", Before: "a", After: "b", Forces: true},
		}},
	}, Rolls: []report.Roll{{Service: "Service web", Verb: report.Rolls, Image: "same image abc12345"}}}})
	want := []string{
		"delivery: - aws_a.gone", "delivery: +/- aws_t.revision", "delivery: -/+ aws_a.other, for its name a → b",
		"planned: Service web rolls: same image abc12345",
	}
	if !slices.Equal(notes, want) {
		t.Errorf("%q, want %q", notes, want)
	}
}

// Today's code goes on with the state of the code before, root by root.
func TestTakeOver(t *testing.T) {
	t.Parallel()
	w := &world{dir: t.TempDir(), spec: &spec.Spec{
		Project: spec.Project{Output: "infra"}, Source: &spec.Source{}, Cluster: &spec.Cluster{}, Environment: spec.Environment{Name: "production"},
	}}
	old := []deploy.Root{{Name: "delivery", Dir: t.TempDir()}, {Name: "staging", Dir: t.TempDir()}}
	for _, root := range old {
		put(t, filepath.Join(root.Dir, "terraform.tfstate"), root.Name)
	}
	if err := w.takeOver(old); err != nil {
		t.Fatal(err)
	}
	var taken []string
	for _, root := range w.roots() {
		text, _ := os.ReadFile(filepath.Join(root.Dir, "terraform.tfstate"))
		taken = append(taken, root.Name+" "+string(text))
	}
	if want := []string{"delivery delivery", "production "}; !slices.Equal(taken, want) {
		t.Errorf("%q, want %q", taken, want)
	}
}
