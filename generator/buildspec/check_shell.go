package buildspec

import (
	"fmt"
	"slices"
	"strings"
)

// shell finds what only bash knows, where the commands run under sh. On Ubuntu
// that is dash, which refuses them or takes them for something else; on Amazon
// Linux it is bash by another name; of a person's own image nothing is known.
func (c *checker) shell() {
	if c.file.Env.Shell.Value == "bash" || len(c.bash) == 0 {
		return
	}
	first := c.bash[0]
	severity, consequence := shellOf(c.want.BuildImage)
	c.add(BashFeature, severity, first.Place, bashFix(first.name), "%s is bash%s, and the commands run under sh, %s.", first.name, others(c.bash), consequence)
}

// others names what else is bash's own, each feature once: one line in the
// buildspec helps against all of them.
func others(features []feature) string {
	seen := []string{features[0].name}
	var out []string
	for _, f := range features {
		if !slices.Contains(seen, f.name) {
			seen = append(seen, f.name)
			out = append(out, fmt.Sprintf("%s (line %d)", f.name, f.Line))
		}
	}
	if len(out) == 0 {
		return ""
	}
	return ", like " + strings.Join(out, ", ")
}

// shellOf says what sh is on a build image.
func shellOf(image string) (Severity, string) {
	switch {
	case strings.HasPrefix(image, "aws/codebuild/standard:"), strings.HasPrefix(image, "aws/codebuild/ubuntu"):
		return Error, "which is dash on " + image + " and fails here"
	case strings.HasPrefix(image, "aws/codebuild/amazonlinux"):
		return Warning, "which happens to be bash on " + image + " but not on CodeBuild's Ubuntu images"
	}
	return Warning, "which need not be bash on this build image"
}

func bashFix(name string) string {
	fix := "Add to the buildspec:\nenv:\n  shell: bash"
	if strings.HasPrefix(name, "${NAME:") {
		fix += "\nor cut the text with cut: $(printf '%s' \"${CODEBUILD_RESOLVED_SOURCE_VERSION}\" | cut -c1-8)"
	}
	return fix
}

// privilege finds Docker in a build that may not run it.
func (c *checker) privilege() {
	if c.daemon != nil && !c.want.Privileged {
		c.add(NotPrivileged, Error, *c.daemon, "Set privileged = true in the service's build block.", "Docker cannot start in a build that is not privileged.")
	}
}

// variables finds names that nothing sets, and those that are set in vain.
func (c *checker) variables() {
	var names []string
	for _, v := range c.file.Env.Variables {
		names = append(names, v.Name)
		c.shadowed(v.Name, v.Place)
	}
	for _, v := range c.file.Env.ParameterStore {
		names = append(names, v.Name)
		c.shadowed(v.Name, v.Place)
	}
	for _, v := range c.file.Env.SecretsManager {
		names = append(names, v.Variable)
		c.shadowed(v.Variable, v.Place)
	}
	if !c.sourced {
		c.unset(append(names, c.want.Environment...))
	}
}

func (c *checker) shadowed(name string, at Place) {
	if slices.Contains(c.want.Environment, name) {
		c.add(ShadowedValue, Warning, at, "Remove it in one of the two places.", "%s is set by the project or the pipeline too, and theirs is the value that the build sees.", name)
	}
}

// unset finds the first use of each name that is not among those set.
func (c *checker) unset(set []string) {
	seen := map[string]bool{}
	for _, u := range c.uses {
		if seen[u.name] || c.assigned[u.name] || builtIn(u.name) || slices.Contains(set, u.name) {
			continue
		}
		seen[u.name] = true
		fix := didYouMean(u.name, set)
		if fix == "" {
			fix = "Set it in env of the buildspec, or in the environment of the service's build block."
		}
		c.missing(UnsetVariable, Warning, u.Place, fix, "Nothing sets %s, so that it is empty here.", u.name)
	}
}
