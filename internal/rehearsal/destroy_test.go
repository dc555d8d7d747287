package rehearsal

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tfgen/generator/spec"
	"tfgen/internal/deploy"
	"tfgen/internal/terraformtest"
)

// A project that holds no data is destroyed as well: its roots do not declare
// what lifts a protection. A worker without a load balancer has such a root.
func TestDestroyWithoutData(t *testing.T) {
	t.Parallel()
	terraform := terraformtest.Find(t)
	found, err := deploy.Find(t.Context(), deploy.Config{Terraform: terraform.Path, Env: terraform.Environ(os.Environ())})
	if err != nil {
		t.Fatal(err)
	}
	var notes []string
	w := &world{
		dir: t.TempDir(), terraform: found, note: noteTo(&notes),
		spec: &spec.Spec{Project: spec.Project{Output: "infra"}, Cluster: &spec.Cluster{}, Environment: spec.Environment{Name: "production"}},
	}
	put(t, filepath.Join(w.roots()[0].Dir, "main.tf"), "resource \"terraform_data\" \"worker\" {}\n")
	if err := w.applyRoots(t.Context(), w.roots(), nil); err != nil {
		t.Fatal(err)
	}
	if err := w.destroy(t.Context()); err != nil {
		t.Error(err)
	}
	want := "production: 1 added, 0 changed, 0 destroyed\nproduction: 0 added, 0 changed, 1 destroyed"
	if got := strings.Join(notes, "\n"); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
