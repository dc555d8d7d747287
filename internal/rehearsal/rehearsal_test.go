package rehearsal

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tfgen/internal/deploy"
	"tfgen/internal/terraformtest"
)

// The whole life of the smallest project, with the real Terraform.
func TestRehearsal(t *testing.T) {
	t.Parallel()
	terraform := terraformtest.Find(t)
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	o := Options{
		SpecFile:  "../../examples/minimal/tfgen.hcl",
		Docker:    program,
		Terraform: deploy.Config{Terraform: terraform.Path, Env: terraform.Environ(os.Environ())},
		Progress:  t.Output(),
	}
	var held, notes []string
	err = Run(t.Context(), o, func(e Event) {
		switch e.Kind {
		case Noted:
			notes = append(notes, e.Name+": "+e.Text)
		case Ended:
			held = append(held, e.Name)
		case Failed:
			t.Error(strings.Join(append([]string{e.Failure.Error()}, e.Failure.Evidence...), "\n"))
		}
	})
	if err != nil {
		t.Error(err)
	}
	if want := []string{
		"generate", "apply", "plan", "source", "build", "deploy", "start", "settled",
		"change", "retry", "next", "rollback", "destroy", "nothing",
	}; !slices.Equal(held, want) {
		t.Errorf("held: %v, want %v", held, want)
	}
	for _, want := range []string{
		"build: commands other than docker run for real",
		"build: hello: ", "pushed hello:",
		"DeployToECS: hello runs hello:",
		"retry: hello: ", "no image pushed: it is there already",
		"change: hello: cpu 256 → 512, memory 512 → 1024",
		"rollback: hello is back on hello:",
	} {
		if !strings.Contains(strings.Join(notes, "\n"), want) {
			t.Errorf("%q is missing in\n%s", want, strings.Join(notes, "\n"))
		}
	}
}

// Who keeps the local AWS gets what a shell needs, while it still answers.
func TestKeep(t *testing.T) {
	t.Parallel()
	terraform := terraformtest.Find(t)
	kept := false
	o := Options{
		SpecFile:  "../../examples/minimal/tfgen.hcl",
		Steps:     []string{"generate"},
		Terraform: deploy.Config{Terraform: terraform.Path, Env: terraform.Environ(os.Environ())},
		Keep: func(_ context.Context, environ []string, dir string) {
			kept = true
			if !slices.Contains(environ, "AWS_DEFAULT_REGION=eu-central-1") {
				t.Errorf("there is no region in %q", environ)
			}
			if _, err := os.Stat(filepath.Join(dir, "infra", "delivery", "main.tf")); err != nil {
				t.Error(err)
			}
			endpoint, _ := strings.CutPrefix(environ[0], "AWS_ENDPOINT_URL=")
			answer, err := http.Get(endpoint + "/moto-api/")
			if err != nil {
				t.Fatal(err)
			}
			answer.Body.Close()
		},
	}
	if err := Run(t.Context(), o, func(Event) {}); err != nil || !kept {
		t.Errorf("kept %v: %v", kept, err)
	}
}
