package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"tfgen/generator"
	"tfgen/generator/files"
	"tfgen/generator/spec"
)

// A project is a spec, and the code that follows from it.
type project struct {
	spec *spec.Spec
	set  files.Set
	hash string // of the spec
}

// workDir is the folder that the command runs in.
func (a *app) workDir() string { return a.path(a.flags.chdir) }

// path returns a path that the caller gave as the process needs it.
func (a *app) path(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(a.dir, name)
}

// show returns a path as the caller would write it.
func (a *app) show(name string) string {
	if rel, err := filepath.Rel(a.dir, name); err == nil {
		return rel
	}
	return name
}

// specFile finds the spec: as named, here, or above, up to the repository's root.
func (a *app) specFile() (string, error) {
	if a.flags.file != "" {
		if filepath.IsAbs(a.flags.file) {
			return a.flags.file, nil
		}
		return filepath.Join(a.workDir(), a.flags.file), nil
	}
	for dir := a.workDir(); ; dir = filepath.Dir(dir) {
		for _, name := range []string{"tfgen.hcl", "tfgen.hcl.json"} {
			if file := filepath.Join(dir, name); exists(file) {
				return file, nil
			}
		}
		if exists(filepath.Join(dir, ".git")) || dir == filepath.Dir(dir) {
			return "", fmt.Errorf("there is no tfgen.hcl in %s or above it, up to the root of the repository: write one, or name it with -file", a.workDir())
		}
	}
}

func exists(name string) bool {
	_, err := os.Lstat(name)
	return !errors.Is(err, fs.ErrNotExist)
}

// load reads the spec. Warnings are shown, and errors end the command.
func (a *app) load() (*spec.Spec, error) {
	file, err := a.specFile()
	if err != nil {
		return nil, err
	}
	s, problems := spec.Load(a.show(file))
	a.showProblems(problems)
	if s == nil {
		return nil, exitCode(1)
	}
	return s, nil
}

// project reads the spec and works out the code that follows from it.
func (a *app) project() (*project, error) {
	s, err := a.load()
	if err != nil {
		return nil, err
	}
	text, err := os.ReadFile(s.File)
	if err != nil {
		return nil, err
	}
	set, err := generator.Generate(s)
	if err != nil {
		return nil, err
	}
	return &project{spec: s, set: set, hash: files.Hash(text)}, nil
}

// diff compares the project's code with what is on the disk.
func (p *project) diff(o files.Options) (*files.Changes, error) {
	o.Output, o.Version, o.SpecHash = p.spec.Project.Output, version(), p.hash
	return files.Diff(p.spec.Dir, p.set, o)
}
