package deploy_test

import (
	"path/filepath"
	"strings"
	"testing"

	"tfgen/internal/deploy"
)

// halfMade is a root with a resource that is created and whose creation then
// fails, as one does that Terraform waits for in vain.
const halfMade = `
-- main.tf --
resource "terraform_data" "half" {
  provisioner "local-exec" { command = "test -e ready" }
}
`

// TestTainted holds that an apply goes on with what an earlier one left half
// made, and replaces nothing, where it is of a type that is resumed.
func TestTainted(t *testing.T) {
	resuming := findWith(t, deploy.Config{Env: environ(), TakesOver: []string{"terraform_data"}})
	for _, test := range []struct {
		name          string
		first, second *deploy.Terraform
		options       deploy.PlanOptions
		want          string // the second plan
	}{
		{"the mark goes with the apply that failed", resuming, resuming, deploy.PlanOptions{}, ""},
		{"the mark goes before the next apply", find(t), resuming, deploy.PlanOptions{Resume: true}, ""},
		{"a plan alone writes no state", find(t), resuming, deploy.PlanOptions{}, "-/+ terraform_data.half"},
		{"another type is replaced", find(t), find(t), deploy.PlanOptions{Resume: true}, "-/+ terraform_data.half"},
	} {
		t.Run(test.name, func(t *testing.T) {
			root := write(t, halfMade)
			if _, err := plan(t, test.first, root, deploy.PlanOptions{}).Apply(t.Context(), nil); err == nil {
				t.Fatal("the creation is to fail")
			}
			unpack(t, root.Dir, "-- ready --\n")
			got := summary(plan(t, test.second, root, test.options).Plan)
			if first, _, _ := strings.Cut(got, ";"); first != test.want {
				t.Errorf("plan %q, want %q in %s", got, test.want, filepath.Base(root.Dir))
			}
		})
	}
}
