package spec

import (
	"path"

	"github.com/hashicorp/hcl/v2"
)

// claim is a name that a service takes.
type claim struct {
	name string
	at   hcl.Range
}

// collisions reports what two services would have between them.
func (c *checker) collisions() {
	c.unique(repositoryTaken, "A repository", "Its tags would mix up the images of both. Set image.repository in one of the two.", func(s service) (claim, bool) {
		if s.Build == nil {
			return claim{}, false
		}
		if s.Image.Registry == "dockerhub" {
			return claim{"docker.io/" + s.Image.Repository, nameAt(s.node.child("image"), "repository", s.node)}, true
		}
		return claim{s.Image.Repository, nameAt(s.node.child("image"), "repository", s.node)}, true
	})
	c.unique(buildspecTaken, "A buildspec", "It is written for one of them. Set build.context or build.buildspec in one of the two.", func(s service) (claim, bool) {
		if s.Build == nil || s.Build.Written != nil {
			return claim{}, false
		}
		n := s.node.child("build")
		return claim{path.Join(s.Build.Context, s.Build.Buildspec), nameAt(n, "buildspec", n)}, true
	})
}

// nameAt is where a name is set, or the label that it follows from.
func nameAt(n *node, argument string, from *node) hcl.Range {
	if n.has(argument) {
		return n.at(argument)
	}
	return from.named
}

// unique reports each claim that another service made before.
func (c *checker) unique(code, what, fix string, claimed func(service) (claim, bool)) {
	first := map[string]hcl.Range{}
	for _, s := range c.services {
		made, ok := claimed(s)
		if !ok || made.name == "" {
			continue
		}
		if at, taken := first[made.name]; taken {
			c.add(code, made.at, "%s is called %q already, by %s. %s", what, made.name, line(at), fix)
			continue
		}
		first[made.name] = made.at
	}
}
