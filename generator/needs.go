package generator

import (
	"cmp"
	"slices"
	"strings"

	"tfgen/generator/buildspec"
	"tfgen/generator/spec"
)

// needs is what a build reads and logs in to, from the spec and from the
// buildspec that a person wrote: its role may do that, and no more.
type needs struct {
	parameters []string // paths or ARNs, sorted
	secrets    []string // names or ARNs, sorted
	ecrPublic  bool
	looksFirst bool // whether the image is in the registry already
	marks      bool // it asks ECS what runs, and marks it
	reports    bool // it makes report groups that are called after the project
	calls      []buildspec.Permission
}

func buildNeeds(s *spec.Service) needs {
	n := needs{ecrPublic: slices.Contains(s.Build.Logins, "ecr_public"), looksFirst: s.Image.Immutable, marks: s.Marked()}
	for _, vars := range []map[string]spec.Value{s.Build.Environment, s.Pipeline.Environment} {
		for _, v := range vars {
			switch v.Kind {
			case spec.SSM:
				n.parameters = append(n.parameters, v.Text)
			case spec.SecretsM:
				n.secrets = append(n.secrets, v.Text)
			}
		}
	}
	if s.Build.Needs != nil {
		n.addWritten(*s.Build.Needs)
	}
	n.calls = buildspec.Merged(slices.Concat(n.calls, s.Build.Pulls))
	n.parameters = sorted(n.parameters)
	n.secrets = sorted(n.secrets)
	return n
}

// addWritten adds what the commands of a hand-written buildspec ask for.
func (n *needs) addWritten(written buildspec.Needs) {
	n.ecrPublic = n.ecrPublic || written.ECRPublic
	n.looksFirst = written.LooksFirst
	n.marks = n.marks && written.AsksWhatRuns
	n.reports = written.Reports
	n.calls = written.Calls
	n.parameters = append(n.parameters, written.Parameters...)
	for _, secret := range written.Secrets {
		n.secrets = append(n.secrets, cmp.Or(secret.Name, secret.ARN))
	}
}

func sorted(texts []string) []string {
	slices.Sort(texts)
	return slices.Compact(texts)
}

// byARN holds for a build whose buildspec names a parameter or a secret by its ARN.
func byARN(s *spec.Service) bool {
	n := buildNeeds(s)
	return slices.ContainsFunc(slices.Concat(n.parameters, n.secrets), func(name string) bool {
		return strings.HasPrefix(name, "arn:")
	})
}
