package buildspec

import (
	"encoding/json"
	"path"
	"regexp"
	"slices"
	"strings"
)

// definitions is the file that the deploy action reads, at the artifact's root.
const definitions = "imagedefinitions.json"

// delivery looks at what a deploy stage gets.
func (c *checker) delivery() {
	if !c.want.Deploy {
		return
	}
	var written []write
	for _, w := range c.writes {
		if path.Base(w.path) == definitions {
			written = append(written, w)
			c.content(w)
		}
	}
	if len(written) == 0 {
		c.unwritten()
		written = []write{{path: mystery + "/" + definitions}}
	}
	c.artifact(written[len(written)-1])
}

// unwritten finds that no command makes the file, unless the artifact names it
// and a script may make it.
func (c *checker) unwritten() {
	named := slices.ContainsFunc(c.file.Artifacts.Files, func(s Scalar) bool { return path.Base(s.Value) == definitions })
	if named && c.perhaps() == Warning {
		return
	}
	c.missing(DefinitionsJSON, c.perhaps(), c.end(), "Add to post_build:\n"+c.definitionsLine(),
		"No command writes %s, which the deploy stage reads.", definitions)
}

func (c *checker) definitionsLine() string {
	return `- printf '[{"name":"` + c.want.Container + `","imageUri":"%s"}]\n' "${IMAGE_URI}" > ` + definitions
}

// content reads what a command writes as the deploy action would.
func (c *checker) content(w write) {
	for _, text := range w.content {
		var entries []struct{ Name, ImageURI string }
		err := json.Unmarshal([]byte(text), &entries)
		switch {
		case err != nil && strings.Contains(text, mystery):
			return // Made by a program: nothing is known.
		case err != nil || len(entries) == 0:
			c.add(DefinitionsJSON, Error, w.Place, "Write it with printf, the JSON in single quotes:\n"+c.definitionsLine(),
				"What this writes is not the list of names and images that the deploy action reads; the shell may have taken its quotes away.")
			return
		}
		for _, e := range entries {
			c.container(w, e.Name)
			c.pushedBefore(w, e.ImageURI)
		}
	}
}

// container finds a name that the task definition does not have.
func (c *checker) container(w write, name string) {
	if known(name) && name != c.want.Container {
		c.add(ContainerName, Error, w.Place, "Write "+c.want.Container+".",
			"%s names the container %q, and the task definition calls it %q: the deployment fails.", definitions, name, c.want.Container)
	}
}

// pushedBefore finds an image that the service would look for in vain.
func (c *checker) pushedBefore(w write, image string) {
	if image == "" {
		c.add(DefinitionsJSON, Error, w.Place, "Add imageUri.", "An entry of %s has no imageUri.", definitions)
		return
	}
	if strings.Contains(image, mystery) || len(c.trace.pushes) == 0 {
		return
	}
	for _, p := range c.trace.pushes {
		if slices.ContainsFunc(p.images, func(pushed string) bool { return pushed == image || strings.Contains(pushed, mystery) }) {
			return
		}
	}
	c.add(OtherImage, Warning, w.Place, "Use one variable for both.", "%s names another image than those that are pushed.", definitions)
}

// artifact finds out where the file lies in what the deploy stage receives.
func (c *checker) artifact(w write) {
	a := c.file.Artifacts
	if len(a.Files) == 0 {
		at := c.end()
		if a.Declared {
			at = a.Place
		}
		c.missing(Artifact, Error, at, "Add:\nartifacts:\n  files:\n    - "+definitions, "The build hands over no files, and the deploy stage needs %s.", definitions)
		return
	}
	where, ok := a.place(w.path)
	switch {
	case !ok:
		c.add(Artifact, Error, a.Files[0].Place, "Add to artifacts.files:\n- "+definitions, "The artifact does not take %s up%s.", definitions, a.under())
	case where != definitions:
		c.add(Artifact, Error, a.Files[0].Place, "Write the file at the root of the repository, or set discard-paths: yes.",
			"The file lies at %s in the artifact, and the deploy stage looks for it at the root.", where)
	}
}

// under says from where files are taken, if that is not the root.
func (a Artifacts) under() string {
	if base := a.BaseDirectory.Value; base != "" {
		return ": files are taken from the folder " + base
	}
	return ""
}

// place is where a file of the repository lies in the artifact, and whether it
// gets there at all. Of a file in an unknown folder it believes the best.
func (a Artifacts) place(file string) (string, bool) {
	base := path.Clean(a.BaseDirectory.Value)
	name, hidden := strings.CutPrefix(file, mystery+"/")
	if !hidden && base != "." {
		rest, inside := strings.CutPrefix(file, base+"/")
		if !inside {
			return "", false
		}
		name = rest
	}
	for _, pattern := range a.Files {
		if matches(pattern.Value, name, hidden) {
			return a.stored(name), true
		}
	}
	return "", false
}

func (a Artifacts) stored(name string) string {
	if a.DiscardPaths {
		return path.Base(name)
	}
	return name
}

// matches tells whether a pattern of artifacts.files takes a file up: ** stands
// for any folders, * for any name in one. A pattern that holds a variable may
// match anything, and the file name alone is enough for a file in an unknown folder.
func matches(pattern, name string, anywhere bool) bool {
	pattern = path.Clean(pattern)
	if strings.Contains(pattern, "$") || anywhere && path.Base(pattern) == name {
		return true
	}
	expression := regexp.QuoteMeta(pattern)
	expression = strings.ReplaceAll(expression, `\*\*/`, `(.*/)?`)
	expression = strings.ReplaceAll(expression, `\*\*`, `.*`)
	expression = strings.ReplaceAll(expression, `\*`, `[^/]*`)
	return regexp.MustCompile("^" + expression + "$").MatchString(name)
}
