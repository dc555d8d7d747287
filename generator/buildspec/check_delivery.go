package buildspec

import (
	"encoding/json"
	"errors"
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
		}
	}
	c.contents(written)
	switch {
	case len(written) > 0:
		c.artifact(written)
	case c.want.Committed:
		c.artifact([]write{{path: definitions}})
	default:
		c.unwritten()
		c.artifact([]write{{path: mystery + "/" + definitions}})
	}
}

// unwritten finds that no command makes the file, unless the artifact names it
// and a script may make it.
func (c *checker) unwritten() {
	named := slices.ContainsFunc(c.file.Artifacts.Files, func(s Scalar) bool { return matches(s.Value, definitions, true) })
	severity := c.perhaps()
	if slices.ContainsFunc(c.writes, func(w write) bool { return unclear(w.path) }) {
		severity = Warning
	}
	if named && severity == Warning {
		return
	}
	c.missing(DefinitionsJSON, severity, c.end(), "Add to post_build:\n"+c.definitionsLine(),
		"No command writes %s, which the deploy stage reads.", definitions)
}

func (c *checker) definitionsLine() string {
	return `- printf '[{"name":"` + c.want.Container + `","imageUri":"%s"}]\n' "${IMAGE_URI}" > ` + definitions
}

// contents reads what is in the end in the files, as the deploy action would.
// Where one of several ways through the branches leaves something that can be
// read, or that nobody knows, the others may be none.
func (c *checker) contents(written []write) {
	var bad []write
	good := false
	for _, w := range written {
		for _, text := range w.content {
			entries, unseen := imageList(text)
			switch {
			case unseen:
				good = true
			case len(entries) == 0:
				bad = append(bad, w)
			default:
				good = true
				c.entries(w, entries)
			}
		}
	}
	if len(bad) > 0 && !good {
		c.add(DefinitionsJSON, Error, bad[0].Place, "Write it with printf, the JSON in single quotes:\n"+c.definitionsLine(),
			"What this writes is not the list of names and images that the deploy action reads; %s.", spoiled(bad[0].content))
	}
}

// spoiled says what may have become of a text that should be JSON.
func spoiled(content values) string {
	if strings.HasPrefix(content[0], "-e ") {
		return "dash knows no echo -e, and prints it"
	}
	return "the shell may have taken its quotes away"
}

// entry is an image for a container, as the deploy action reads it.
// https://docs.aws.amazon.com/codepipeline/latest/userguide/file-reference.html#pipelines-create-image-definitions
type entry struct{ Name, ImageURI string }

// imageList reads a list of images; unseen tells that what nobody knows stands
// where it may be any part of one.
func imageList(text string) (entries []entry, unseen bool) {
	if json.Unmarshal([]byte(text), &entries) == nil {
		return entries, false
	}
	var first json.RawMessage
	var syntax *json.SyntaxError
	before, _, open := strings.Cut(outsideStrings(text), "${")
	err := json.NewDecoder(strings.NewReader(before)).Decode(&first)
	return nil, open && !errors.As(err, &syntax)
}

// outsideStrings is a JSON text up to and with the first "${" that is not in a
// string, where those in strings are blanked out.
func outsideStrings(text string) string {
	var out strings.Builder
	inString := false
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '"':
			inString = !inString
		case inString && text[i] == '\\' && i+1 < len(text):
			out.WriteByte(text[i])
			i++
		case inString && text[i] == '$':
			out.WriteByte('_')
			continue
		}
		out.WriteByte(text[i])
	}
	return out.String()
}

func (c *checker) entries(w write, entries []entry) {
	for _, e := range entries {
		c.container(w, e.Name)
		c.pushedBefore(w, e.ImageURI)
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
	for _, p := range c.trace.pushes {
		if slices.ContainsFunc(p.images, func(pushed string) bool { return mayEqual(pushed, image) }) {
			return
		}
	}
	if len(c.trace.pushes) > 0 {
		c.add(OtherImage, Warning, w.Place, "Use one variable for both.", "%s names another image than those that are pushed.", definitions)
	}
}

// artifact finds out where the file lies in what the deploy stage receives.
func (c *checker) artifact(written []write) {
	a := c.file.Artifacts
	if len(a.Files) == 0 {
		at := c.end()
		if a.Declared {
			at = a.Place
		}
		c.missing(Artifact, Error, at, "Add:\nartifacts:\n  files:\n    - "+definitions, "The build hands over no files, and the deploy stage needs %s.", definitions)
		return
	}
	where, ok := a.first(written)
	switch {
	case where == definitions:
	case !ok:
		c.add(Artifact, Error, a.Files[0].Place, "Add to artifacts.files:\n- "+definitions, "The artifact does not take %s up%s.", definitions, a.under())
	default:
		c.add(Artifact, Error, a.Files[0].Place, "Write the file at the root of the repository, or set discard-paths: yes.",
			"The file lies at %s in the artifact, and the deploy stage looks for it at the root.", where)
	}
}

// first is where one of the files lies in the artifact, at its root if any does.
func (a Artifacts) first(written []write) (where string, ok bool) {
	for _, w := range written {
		at, taken := a.place(w.path)
		if taken && (!ok || at == definitions) {
			where, ok = at, true
		}
	}
	return where, ok
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
	name, hidden := file, elsewhere(file)
	if hidden {
		name = path.Base(file)
	} else if base != "." && known(base) {
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
