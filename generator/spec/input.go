package spec

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// An Input is a Terraform variable whose value the spec leaves to whoever runs
// it: a place of the spec that says variable().
type Input struct {
	Name string // of the Terraform variable
	Root string // that declares it, as Roots names it
	// Kind and Of say what the value is written to when that is made or its
	// version is raised: SSM and a parameter's path, or SecretsM and a secret's
	// name. Of a variable of a pipeline both are empty: each plan holds its value.
	Kind  ValueKind
	Of    string
	Range hcl.Range
}

// Written reports whether the value is only handed on when something is written.
func (i Input) Written() bool { return i.Kind != "" }

// Inputs are the Terraform variables of the spec's roots, in the order of the
// spec. A variable is there once for each place that it is named in.
func (s *Spec) Inputs() []Input {
	var all []Input
	for _, service := range s.Services {
		if service.Pipeline == nil {
			continue
		}
		for _, v := range service.Pipeline.Environment {
			if v.Kind == Variable {
				all = append(all, Input{Name: v.Text, Root: Delivery, Range: v.Range})
			}
		}
	}
	for _, p := range s.Parameters {
		all = append(all, Input{p.Value.Text, s.MadeIn(SSM, p.Path), SSM, p.Path, p.Value.Range})
	}
	for _, secret := range s.Secrets {
		for _, v := range secret.Values {
			all = append(all, Input{v.Text, s.MadeIn(SecretsM, secret.Name), SecretsM, secret.Name, v.Range})
		}
	}
	slices.SortFunc(all, func(a, b Input) int { return a.Range.Start.Byte - b.Range.Start.Byte })
	return all
}

// Missing says in a line each which inputs have no value, and which line of the
// spec names them.
func Missing(inputs []Input) string {
	var lines []string
	for _, i := range inputs {
		what := "a variable of the pipeline's build action"
		switch i.Kind {
		case SSM:
			what = fmt.Sprintf("parameter %q", i.Of)
		case SecretsM:
			what = fmt.Sprintf("secret %q", i.Of)
		}
		lines = append(lines, fmt.Sprintf("TF_VAR_%s  %s line %d, %s", i.Name, i.Range.Filename, i.Range.Start.Line, what))
	}
	return strings.Join(lines, "\n")
}
