package buildspec

import (
	"fmt"
	"slices"
	"strings"
)

// shell finds what only bash knows, where the commands run under sh, and sh is
// not bash.
func (c *checker) shell() {
	if c.file.Env.Shell.Value == "bash" {
		return
	}
	kind := shOf(c.want.BuildImage)
	features := slices.DeleteFunc(slices.Clone(c.bash), func(f feature) bool { return kind.knows(f.name) })
	if len(features) == 0 {
		return
	}
	first := features[0]
	severity, consequence := kind.consequence(c.want.BuildImage)
	c.add(BashFeature, severity, first.Place, bashFix(first.name), "%s is bash%s, and the commands run under sh, %s.", first.name, others(features), consequence)
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

// sh is what a build image has for a POSIX shell.
type sh int

const (
	anySh   sh = iota // of a person's own image nothing is known
	dash              // Ubuntu
	bash              // Amazon Linux 2023: bash in POSIX mode
	oldBash           // Amazon Linux 2: bash 4.2 in POSIX mode
)

// shOf tells it by the image.
// https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-available.html
func shOf(image string) sh {
	has := func(prefix string) bool { return strings.HasPrefix(image, "aws/codebuild/"+prefix) }
	switch {
	case has("standard:"), has("ubuntu"):
		return dash
	case has("amazonlinux2-x86_64-standard:5"), has("amazonlinux2-aarch64-standard:3"), has("amazonlinux-"):
		return bash
	case has("amazonlinux2"):
		return oldBash
	}
	return anySh
}

// knows tells that a shell takes a feature of bash. In POSIX mode bash lacked
// one of them before 5.1.
// https://tiswww.case.edu/php/chet/bash/POSIX
func (s sh) knows(feature string) bool {
	return s == bash || s == oldBash && feature != processSubstitution
}

// consequence says what comes of a feature that a shell need not know.
func (s sh) consequence(image string) (Severity, string) {
	switch s {
	case dash:
		return Error, "which is dash on " + image + " and fails here"
	case oldBash:
		return Error, "which is bash 4.2 in POSIX mode on " + image + " and fails here"
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
