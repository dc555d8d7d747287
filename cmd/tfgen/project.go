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
	spec   *spec.Spec
	set    files.Set
	hash   string        // of the spec
	from   string        // where the caller stands
	former []files.State // where the states were before, once the code was found fresh
}

// dir is the project's folder, absolute.
func (p *project) dir() string { return joinDir(p.from, p.spec.Dir) }

// workDir is the folder that the command runs in.
func (a *app) workDir() string { return joinDir(a.dir, a.flags.chdir) }

// joinDir joins a folder and a path that may be absolute.
func joinDir(dir, name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(dir, filepath.FromSlash(name))
}

// show returns a path as the caller would write it.
func (a *app) show(name string) string {
	if rel, err := filepath.Rel(a.dir, name); err == nil {
		return rel
	}
	return name
}

// specFile finds the spec: as named, here, or above, up to the repository's
// root. Outside of a repository it is here: who may write to a folder above may
// be anybody.
func (a *app) specFile() (string, error) {
	if a.flags.file != "" {
		return joinDir(a.workDir(), a.flags.file), nil
	}
	dirs := upToRoot(a.workDir())
	for _, dir := range dirs {
		if found, err := a.specIn(dir); found != "" || err != nil {
			return found, err
		}
	}
	return "", fmt.Errorf("there is no tfgen.hcl in %s: write one, or name it with -file", a.searched(dirs))
}

// searched says where there is no spec.
func (a *app) searched(dirs []string) string {
	where := "this folder"
	if shown := a.show(dirs[0]); shown != "." {
		where = shown
	}
	if len(dirs) > 1 {
		where += ", nor above it up to the repository's root"
	}
	return where
}

// specIn returns the spec in a folder, or "".
func (a *app) specIn(dir string) (string, error) {
	plain, inJSON := filepath.Join(dir, "tfgen.hcl"), filepath.Join(dir, "tfgen.hcl.json")
	switch {
	case exists(plain) && exists(inJSON):
		return "", fmt.Errorf("there are both %s and %s: name one with -file, or remove one", a.show(plain), a.show(inJSON))
	case exists(plain):
		return plain, nil
	case exists(inJSON):
		return inJSON, nil
	}
	return "", nil
}

// upToRoot are a folder and those above it, up to the root of the repository;
// where there is none, the folder alone.
func upToRoot(dir string) []string {
	dirs := []string{dir}
	for ; !exists(filepath.Join(dir, ".git")); dirs = append(dirs, dir) {
		above := filepath.Dir(dir)
		if above == dir {
			return dirs[:1]
		}
		dir = above
	}
	return dirs
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
	return &project{spec: s, set: set, hash: files.Hash(text), from: a.dir}, nil
}

// diff compares the project's code with what is on the disk.
func (p *project) diff(o files.Options) (*files.Changes, error) {
	o.Output, o.Version, o.SpecHash, o.From, o.States = p.spec.Project.Output, version(), p.hash, filepath.Base(p.spec.File), states(p.spec)
	return files.Diff(p.spec.Dir, p.set, o)
}
