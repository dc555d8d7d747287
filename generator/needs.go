package generator

import (
	"slices"

	"tfgen/generator/buildspec"
	"tfgen/generator/spec"
)

// needs is what a build reads and logs in to, from the spec and from the
// buildspec that a person wrote: its role may do that, and no more.
type needs struct {
	parameters []string // paths, sorted
	secrets    []string // names, sorted
	ecrPublic  bool
}

func buildNeeds(s *spec.Service) needs {
	n := needs{ecrPublic: slices.Contains(s.Build.Logins, "ecr_public")}
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
	if s.Build.Written != nil {
		n.addWritten(s.Build.Written)
	}
	n.parameters = sorted(n.parameters)
	n.secrets = sorted(n.secrets)
	return n
}

// addWritten adds what a hand-written buildspec reads. One that cannot be read
// is the spec's to refuse.
func (n *needs) addWritten(src []byte) {
	file, _ := buildspec.Read(src)
	if file == nil {
		return
	}
	written := file.Needs()
	n.ecrPublic = n.ecrPublic || written.ECRPublic
	n.parameters = append(n.parameters, written.Parameters...)
	for _, secret := range written.Secrets {
		n.secrets = append(n.secrets, secret.Name)
	}
}

func sorted(texts []string) []string {
	slices.Sort(texts)
	return slices.Compact(texts)
}
