package main

import (
	"fmt"
	"slices"
	"strings"

	"tfgen/generator/spec"
	"tfgen/internal/deploy"
	"tfgen/internal/deploy/declared"
	"tfgen/internal/deploy/report"
)

// placeholder is the value of a variable that has none, where none is needed:
// Terraform asks for every variable, also for those that it does nothing with.
const placeholder = "no-value-was-given"

// unset are the inputs of the stage's roots that nobody gave a value, neither in
// the environment nor in a file of the root that Terraform reads by itself.
func (a *app) unset(s *spec.Spec, roots []deploy.Root) []spec.Input {
	given := map[string]map[string]bool{}
	for _, root := range roots {
		given[root.Name] = declared.Given(joinDir(a.dir, root.Dir))
	}
	return slices.DeleteFunc(s.Inputs(), func(i spec.Input) bool {
		in, ours := given[i.Root]
		return !ours || in[i.Name] || slices.ContainsFunc(a.environ, func(pair string) bool {
			return strings.HasPrefix(pair, "TF_VAR_"+i.Name+"=")
		})
	})
}

// unsetWritten are those whose values no plan holds. Terraform refuses another
// value for one that a saved plan holds.
func (a *app) unsetWritten(s *spec.Spec, roots []deploy.Root) []spec.Input {
	return slices.DeleteFunc(a.unset(s, roots), func(i spec.Input) bool { return !i.Written() })
}

// placeholders are variables of an environment with a value for each of these.
func placeholders(inputs []spec.Input) []string {
	var pairs []string
	for _, i := range inputs {
		pairs = append(pairs, "TF_VAR_"+i.Name+"="+placeholder)
	}
	return pairs
}

// needPlanned refuses to plan without the values that a plan holds.
func (s *stage) needPlanned() error {
	var missing []spec.Input
	for _, i := range s.unset {
		if !i.Written() {
			missing = append(missing, i)
		}
	}
	return noValues(missing, "the plan holds them")
}

// needWritten refuses to apply plans without the values that they write. Others
// are not sent: a write-only argument goes to AWS when its version changes.
//
// https://developer.hashicorp.com/terraform/language/resources/ephemeral/write-only
func (s *stage) needWritten(plans []*deploy.Plan) error {
	var missing []spec.Input
	for _, i := range s.unset {
		if slices.ContainsFunc(plans, func(p *deploy.Plan) bool { return p.Root.Name == i.Root && writes(p.Plan, i) }) {
			missing = append(missing, i)
		}
	}
	return noValues(missing, "the plan writes them")
}

// writes reports whether a plan hands the value of an input on.
func writes(p report.Plan, i spec.Input) bool {
	address, version := fmt.Sprintf("module.secrets.aws_ssm_parameter.this[%q]", i.Of), "value_wo_version"
	if i.Kind == spec.SecretsM {
		address, version = fmt.Sprintf("module.secrets.aws_secretsmanager_secret_version.this[%q]", i.Of), "secret_string_wo_version"
	}
	return slices.ContainsFunc(p.Changes, func(c report.Change) bool {
		if c.Address != address {
			return false
		}
		return c.Action == report.Create || c.Action.Replaces() || c.Action == report.Update &&
			slices.ContainsFunc(c.Attributes, func(a report.Attribute) bool { return a.Path == version })
	})
}

// noValues is the error of inputs without a value, or nil.
func noValues(missing []spec.Input, why string) error {
	if len(missing) == 0 {
		return nil
	}
	return fmt.Errorf("these variables have no value, and %s. Set each in the environment, where no list of processes shows it:\n%s", why, spec.Missing(missing))
}
