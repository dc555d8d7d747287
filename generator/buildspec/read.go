package buildspec

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// maxSize is far above any buildspec, and low enough that reading one is quick.
const maxSize = 256 << 10

// Read reads a buildspec. The file is nil only when src is no YAML mapping at
// all; otherwise what could be read is there beside what was found wrong. The
// findings are in the order of their lines.
func Read(src []byte) (*File, []Finding) {
	root, finding := document(src)
	if finding != nil {
		return nil, inOrder([]Finding{*finding})
	}
	r := &reader{lines: strings.Split(string(src), "\n")}
	file := r.file(root)
	file.lost = r.lost
	return file, inOrder(r.findings)
}

// document returns the mapping that a buildspec is, or why there is none.
func document(src []byte) (*yaml.Node, *Finding) {
	start := Place{1, 1}
	if len(src) > maxSize || !utf8.Valid(src) || bytes.IndexByte(src, 0) >= 0 {
		return nil, &Finding{NotText, Error, start, fmt.Sprintf("This is not a text file of at most %d KiB.", maxSize>>10), "Write the buildspec as YAML in UTF-8."}
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(src, &doc); err != nil {
		place, message := syntaxError(err)
		return nil, &Finding{YAMLSyntax, Error, place, "CodeBuild cannot read this YAML: " + message + ".", "Indent with spaces, and quote a command that holds a colon followed by a space."}
	}
	if doc.Kind == 0 || doc.Content[0].Kind != yaml.MappingNode {
		return nil, &Finding{WrongType, Error, start, "A buildspec is a mapping with version and phases.", "Begin with:\nversion: 0.2\nphases:\n  build:\n    commands:\n      - …"}
	}
	return doc.Content[0], nil
}

// syntaxError takes the line out of the words of the YAML library.
func syntaxError(err error) (Place, string) {
	var typed *yaml.TypeError
	message := strings.TrimPrefix(err.Error(), "yaml: ")
	if errors.As(err, &typed) && len(typed.Errors) > 0 {
		message = typed.Errors[0]
	}
	m := regexp.MustCompile(`(?s)^line (\d+): (.*)$`).FindStringSubmatch(message)
	if m == nil {
		return Place{1, 1}, message
	}
	line, _ := strconv.Atoi(m[1])
	return Place{line, 1}, m[2]
}

// wholeFile is what messages call the mapping of all.
const wholeFile = "a buildspec"

// reader collects what is wrong while it reads.
type reader struct {
	lines    []string
	findings []Finding
	lost     bool // a part of the file could not be read
}

func (r *reader) add(kind Kind, severity Severity, at Place, fix, format string, args ...any) {
	r.findings = append(r.findings, Finding{kind, severity, at, fmt.Sprintf(format, args...), fix})
}

// lose reports a part of the file that cannot be read.
func (r *reader) lose(node *yaml.Node, fix, format string, args ...any) {
	r.add(WrongType, Error, placeOf(node), fix, format, args...)
	r.lost = true
}

func (r *reader) file(root *yaml.Node) *File {
	f := &File{}
	top := r.mapping(root, wholeFile, topKeys(root))
	f.Version = r.version(top["version"])
	f.Env = r.env(top["env"])
	f.Env.Variables = append(f.Env.Variables, r.plaintext(top["environment_variables"])...)
	f.Phases = r.phases(top["phases"], placeOf(root))
	f.Artifacts = r.artifacts(top["artifacts"])
	for _, phase := range pairs(top["phases"]) {
		for _, p := range pairs(phase.value) {
			if p.key.Value == "runtime-versions" {
				f.Runtimes = append(f.Runtimes, runtimes(p.value)...)
			}
		}
	}
	for _, p := range pairs(top["reports"]) {
		f.Reports = append(f.Reports, Scalar{p.key.Value, placeOf(p.key)})
	}
	f.Unplayed = unplayed(root)
	f.Cache = r.list(r.mapping(top["cache"], "cache", cacheKeys())["paths"], "cache.paths")
	return f
}

func (r *reader) version(node *yaml.Node) Scalar {
	version := r.scalar(node, "version")
	switch version.Value {
	case "0.2":
	case oldVersion:
		r.add(BadVersion, Warning, version.Place, "Write version: 0.2", "In version 0.1 each command has a shell of its own: variables and folders are gone in the next one.")
	case "":
		r.add(BadVersion, Error, Place{1, 1}, "Begin the file with version: 0.2", "CodeBuild refuses a buildspec without a version.")
	default:
		r.add(BadVersion, Error, version.Place, "Write version: 0.2", "CodeBuild knows the versions 0.1 and 0.2 only.")
	}
	return version
}

func (r *reader) env(node *yaml.Node) Env {
	m := r.mapping(node, "env", envKeys())
	env := Env{
		Shell:             r.scalar(m["shell"], "env.shell"),
		Variables:         r.variables(m["variables"], "env.variables"),
		ParameterStore:    r.variables(m["parameter-store"], "env.parameter-store"),
		ExportedVariables: r.list(m["exported-variables"], "env.exported-variables"),
		GitHelper:         r.scalar(m["git-credential-helper"], "env.git-credential-helper"),
	}
	for _, v := range r.variables(m["secrets-manager"], "env.secrets-manager") {
		env.SecretsManager = append(env.SecretsManager, secretVariable(v))
	}
	r.shell(env.Shell)
	return env
}

// plaintext reads the variables of version 0.1, which had a mapping of their own.
func (r *reader) plaintext(node *yaml.Node) []Variable {
	m := r.mapping(node, "environment_variables", []string{"plaintext"})
	return r.variables(m["plaintext"], "environment_variables.plaintext")
}

// shell finds a shell that CodeBuild does not have. Who names bash by its path
// wants bash.
func (r *reader) shell(s Scalar) {
	if s.Value == "" || slices.Contains(shells(), s.Value) {
		return
	}
	fix := didYouMean(s.Value, shells())
	switch path.Base(s.Value) {
	case "bash":
		fix = "Write shell: bash"
	case "sh", "dash":
		fix = "Write shell: /bin/sh"
	}
	r.add(BadShell, Error, s.Place, fix, "CodeBuild has no shell %q; it knows %s.", s.Value, strings.Join(shells(), ", "))
}

// secretVariable splits SECRET:KEY:STAGE:VERSION, where all but the first may be
// missing and the first may be an ARN, which has six colons of its own.
func secretVariable(v Variable) SecretVariable {
	s := SecretVariable{Variable: v.Name, Place: v.Place}
	parts := strings.Split(v.Value, ":")
	if parts[0] == "arn" && len(parts) >= 7 {
		s.ARN, parts = strings.Join(parts[:7], ":"), parts[7:]
	} else {
		s.Name, parts = parts[0], parts[1:]
	}
	parts = append(parts, "", "", "")
	s.Key, s.Stage, s.Version = parts[0], parts[1], parts[2]
	return s
}

func (r *reader) phases(node *yaml.Node, root Place) []Phase {
	if node == nil {
		r.add(WrongType, Error, root, "Add phases with at least a build.", "There are no phases, so this buildspec does nothing.")
		r.lost = true
		return nil
	}
	m := r.mapping(node, "phases", phaseNames())
	var phases []Phase
	for _, name := range phaseNames() {
		if m[name] != nil {
			phases = append(phases, r.phase(m[name], name))
		}
	}
	return phases
}

func (r *reader) phase(node *yaml.Node, name string) Phase {
	m := r.mapping(node, "phases."+name, phaseKeys())
	p := Phase{
		Name:      name,
		OnFailure: r.scalar(m["on-failure"], "on-failure"),
		Commands:  r.commands(m["commands"], name),
		Finally:   r.commands(m["finally"], name),
		Place:     placeOf(node),
	}
	action, _, _ := strings.Cut(p.OnFailure.Value, "-")
	if action != "" && !slices.Contains(failureActions(), action) {
		r.add(BadOnFailure, Error, p.OnFailure.Place, "Write on-failure: ABORT, or take it out.", "on-failure is one of %s, not %q.", strings.Join(failureActions(), ", "), p.OnFailure.Value)
	}
	return p
}

func (r *reader) artifacts(node *yaml.Node) Artifacts {
	if node == nil {
		return Artifacts{}
	}
	a := r.artifact(node)
	for _, p := range pairs(node) {
		if p.key.Value != "secondary-artifacts" {
			continue
		}
		for _, v := range pairs(p.value) {
			secondary := r.artifact(v.value)
			secondary.Name = v.key.Value
			a.Secondary = append(a.Secondary, secondary)
		}
	}
	return a
}

func (r *reader) artifact(node *yaml.Node) Artifacts {
	m := r.mapping(node, "artifacts", artifactKeys())
	a := Artifacts{
		Declared:      true,
		Files:         r.list(m["files"], "artifacts.files"),
		BaseDirectory: r.scalar(m["base-directory"], "artifacts.base-directory"),
		Place:         placeOf(node),
	}
	discard := r.scalar(m["discard-paths"], "artifacts.discard-paths").Value
	a.DiscardPaths = strings.EqualFold(discard, "yes") || strings.EqualFold(discard, "true")
	return a
}

// runtimes are the names and versions of a mapping.
func runtimes(node *yaml.Node) (all []Variable) {
	for _, p := range pairs(node) {
		all = append(all, Variable{p.key.Value, p.value.Value, placeOf(p.key)})
	}
	return all
}

// unplayed lists the keys that CodeBuild heeds, and that are lost on whoever
// just runs the commands.
func unplayed(root *yaml.Node) []string {
	var found []string
	add := func(node *yaml.Node, keys []string) {
		for _, p := range pairs(node) {
			if slices.Contains(keys, p.key.Value) && !empty(p.value) && !slices.Contains(found, p.key.Value) {
				found = append(found, p.key.Value)
			}
		}
	}
	add(root, []string{"run-as", "proxy", "batch", "reports", "cache"})
	for _, p := range pairs(root) {
		switch p.key.Value {
		case "artifacts":
			add(p.value, []string{"exclude-paths", "enable-symlinks"})
		case "env":
			add(p.value, []string{"exported-variables", "git-credential-helper"})
		case "phases":
			for _, phase := range pairs(p.value) {
				add(phase.value, []string{"run-as", "runtime-versions"})
			}
		}
	}
	return found
}
