package examples_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclwrite"

	"tfgen/generator"
	"tfgen/generator/files"
	"tfgen/generator/spec"
	"tfgen/internal/terraformtest"
)

const stepsDir = "tutorial/steps"

// steps are the folders of the tutorial's story, in its order, with the codes
// of the warnings that docs/tutorial.md tells of.
var steps = []struct {
	name     string
	warnings string
}{
	{"1-docker-hub", "TFG124 TFG124 TFG141"},
	{"2-secrets-manager", "TFG141"},
	{"3-parameter-store", "TFG141"},
	{"4-ecr", "TFG141"},
	{"5-ecs", "TFG141"},
	{"6-deploy", "TFG141"},
	{"7-commit-tag", "TFG216"},
	{"8-ecr-public", "TFG216"},
}

// TestStepsWarn asserts that no step is refused, and that each is warned of
// what is unsafe in it.
func TestStepsWarn(t *testing.T) {
	t.Parallel()
	if got := names(t, stepsDir); len(got) != len(steps) {
		t.Errorf("the steps are %v", got)
	}
	for _, step := range steps {
		s, problems := loadStep(step.name)
		if s == nil {
			t.Errorf("%s: %v", step.name, problems)
			continue
		}
		var codes []string
		for _, p := range problems {
			codes = append(codes, p.Code)
		}
		slices.Sort(codes)
		if got := strings.Join(codes, " "); got != step.warnings {
			t.Errorf("%s: the warnings are %s, and the story tells of %s\n%v", step.name, got, step.warnings, problems)
		}
	}
}

// TestStepsEndAsTheExample keeps the story's last page and the example that
// stands above it the same.
func TestStepsEndAsTheExample(t *testing.T) {
	t.Parallel()
	last := filepath.Join(stepsDir, steps[len(steps)-1].name)
	for _, name := range []string{"tfgen.hcl", "Dockerfile"} {
		if read(t, filepath.Join(last, name)) != read(t, filepath.Join(tutorialApp, name)) {
			t.Errorf("%s/%s and %s/%s differ", last, name, tutorialApp, name)
		}
	}
}

// TestStepsValidate asks Terraform, with the real provider, about the roots of
// all steps. One configuration calls them all: most of the time goes by until
// the provider has started.
func TestStepsValidate(t *testing.T) {
	t.Parallel()
	tf, dir := terraformtest.Find(t), t.TempDir()
	calls := map[string]any{}
	for _, step := range steps {
		for _, root := range writeStep(t, step.name, filepath.Join(dir, step.name)) {
			call := map[string]string{"source": "./" + step.name + "/" + root}
			if step.name == "1-docker-hub" {
				call["dockerhub_token"], call["dockerhub_user"] = "x", "x"
			}
			calls["step-"+step.name+"-"+filepath.Base(root)] = call
		}
	}
	src, err := json.Marshal(map[string]any{"module": calls})
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "main.tf.json"), src)
	tf.Run(t, dir, os.Environ(), "init", "-backend=false", "-no-color")
	if out := tf.Run(t, dir, os.Environ(), "validate", "-no-color"); !strings.HasPrefix(out, "Success! The configuration is valid.\n") {
		t.Errorf("terraform validate has something to say:\n%s", out)
	}
}

// writeStep generates a step's code into a folder and returns its root modules.
// They go without their provider blocks, of which each would start a provider.
func writeStep(t *testing.T, step, dir string) (roots []string) {
	t.Helper()
	for name, text := range generateStep(t, step) {
		if filepath.Base(name) == "providers.tf" {
			roots = append(roots, filepath.Dir(name))
			text = withoutProvider(t, text)
		}
		write(t, filepath.Join(dir, name), text)
	}
	return roots
}

func generateStep(t *testing.T, step string) files.Set {
	t.Helper()
	s, problems := loadStep(step)
	if s == nil {
		t.Fatal(problems)
	}
	set, err := generator.Generate(s)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func loadStep(step string) (*spec.Spec, spec.Problems) {
	return spec.Load(filepath.Join(stepsDir, step, "tfgen.hcl"))
}

func withoutProvider(t *testing.T, src []byte) []byte {
	t.Helper()
	file, diags := hclwrite.ParseConfig(src, "providers.tf", hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	file.Body().RemoveBlock(file.Body().FirstMatchingBlock("provider", []string{"aws"}))
	return file.Bytes()
}

func write(t *testing.T, file string, text []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, text, 0o644); err != nil {
		t.Fatal(err)
	}
}
