package spec

import (
	"path"
	"strings"
)

// Delivery is what the root is called that carries a commit to an image.
const Delivery = "delivery"

// Root is a folder that Terraform runs in, with a state of its own.
type Root struct {
	Name string // "delivery", or the environment's
	Dir  string // slash-separated, relative to the spec's folder
}

// Roots lists the roots of a spec in the order they are applied: the delivery,
// if there is a source, and the environment, if there is a cluster.
func Roots(s *Spec) []Root {
	var roots []Root
	if s.Source != nil {
		roots = append(roots, Root{Delivery, path.Join(s.Project.Output, Delivery)})
	}
	if s.Cluster != nil {
		roots = append(roots, Root{s.Environment.Name, path.Join(s.Project.Output, "environments", s.Environment.Name)})
	}
	return roots
}

// StateKey is the key of a root's state in the bucket of a state "s3":
// PROJECT/ENVIRONMENT of the environment's root, and PROJECT/ENVIRONMENT/delivery of
// the delivery's, which does without an environment that is production.
func StateKey(s *Spec, root string) string {
	return path.Join(path.Join(s.statePath(root)...), "terraform.tfstate")
}

// Workspace is the name of a root's workspace with a state "hcp": PROJECT-ROOT in
// production, and elsewhere PROJECT--ENVIRONMENT, with --delivery for the delivery.
func Workspace(s *Spec, root string) string {
	if s.Environment.Name == production {
		return s.Project.Name + "-" + root
	}
	return strings.Join(s.statePath(root), "--")
}

// statePath is what tells the state of a root from all others.
func (s *Spec) statePath(root string) []string {
	if root == Delivery && s.Environment.Name != production {
		return []string{s.Project.Name, s.Environment.Name, root}
	}
	return []string{s.Project.Name, root}
}
