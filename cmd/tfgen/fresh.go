package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"tfgen/generator/files"
)

// maxStale is how many stale files are named.
const maxStale = 20

// fresh refuses code that is not what the spec describes: a plan of it would
// not be a plan of the spec. It returns where the states were before.
func (a *app) fresh(p *project) ([]files.State, error) {
	changes, err := p.diff(files.Options{})
	if err != nil {
		return nil, err
	}
	if !changes.Stale() {
		return changes.Former(), nil
	}
	if neverGenerated(changes) {
		return nil, fmt.Errorf("there is no code yet for %s: run tfgen generate", a.show(joinDir(p.from, p.spec.File)))
	}
	return nil, fmt.Errorf("the code is not what %s describes:\n%s\n%s", a.show(joinDir(p.from, p.spec.File)), strings.Join(a.stale(p, changes), "\n"), remedy(changes))
}

// neverGenerated reports whether there is neither a manifest nor any file.
func neverGenerated(changes *files.Changes) bool {
	manifest := func(c files.Change) bool { return isManifest(c.Path) }
	there := func(c files.Change) bool { return c.Verb != files.Create }
	return slices.ContainsFunc(changes.List, manifest) && !slices.ContainsFunc(changes.List, there)
}

// stale names the files that are stale, and why each is.
func (a *app) stale(p *project, changes *files.Changes) []string {
	lines := changes.Problems()
	for i, line := range lines { // which begins with a path
		lines[i] = filepath.ToSlash(a.show(joinDir(p.dir(), line)))
	}
	if more := len(lines) - maxStale; more > 0 {
		lines = append(lines[:maxStale], fmt.Sprintf("and %d more", more))
	}
	return lines
}

func remedy(changes *files.Changes) string {
	if len(changes.Conflicts()) == 0 {
		return "Run tfgen generate, and look at what it changes."
	}
	return "Take what was edited to the spec, or to a file of your own such as extra_mine.tf, and run tfgen generate -force."
}
