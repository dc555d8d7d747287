package spec

import "path"

// delivery is what the root is called that carries a commit to an image.
const delivery = "delivery"

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
		roots = append(roots, Root{delivery, path.Join(s.Project.Output, delivery)})
	}
	if s.Cluster != nil {
		roots = append(roots, Root{s.Environment.Name, path.Join(s.Project.Output, "environments", s.Environment.Name)})
	}
	return roots
}

// StateKey is the key of a root's state in the bucket of a state "s3".
func StateKey(s *Spec, root string) string {
	return path.Join(s.Project.Name, root, "terraform.tfstate")
}

// Workspace is the name of a root's workspace with a state "hcp".
func Workspace(s *Spec, root string) string { return s.Project.Name + "-" + root }
