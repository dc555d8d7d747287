// Package generator turns a spec into the files of a delivery pipeline: which
// template becomes which module, from which part of the spec.
//
// It is pure: the same spec gives the same bytes, and nothing is read but the
// spec and written but the set that is returned.
package generator

import (
	"errors"
	"path"
	"slices"
	"sync"

	"tfgen/generator/files"
	"tfgen/generator/spec"
)

// Generate returns the files that s asks for, by their paths relative to the
// project's folder. An error is a fault of a template, never of a spec that
// spec.Load returned.
func Generate(s *spec.Spec) (files.Set, error) {
	g := &generation{spec: s, set: files.Set{}}
	return g.set, errors.Join(g.write(g.modules()), g.buildspecs(), g.overview())
}

// A generation is one run of Generate.
type generation struct {
	spec *spec.Spec
	set  files.Set
}

// modules returns the roots and the modules that they call.
func (g *generation) modules() []module {
	var modules []module
	if g.spec.Source != nil {
		modules = append(modules, g.delivery()...)
	}
	if g.spec.Cluster != nil {
		modules = append(modules, g.environment()...)
	}
	return modules
}

// write adds the files of all modules. The roots come first, one after the other:
// what one of a thousand services is made from fills the memory, and what a
// module declares depends on what they pass to it. The modules know nothing of each
// other, so they are written side by side; the first error is the first module's.
func (g *generation) write(modules []module) error {
	isModule := func(m module) bool { return !m.isRoot() }
	roots, called := slices.DeleteFunc(slices.Clone(modules), isModule), slices.DeleteFunc(slices.Clone(modules), module.isRoot)
	passed := arguments{}
	for _, root := range roots {
		code, err := root.write(nil)
		if err != nil {
			return err
		}
		passed.add(root.dir, code.blocks)
		g.addAll(root.dir, code.files)
	}
	codes, errs := make([]code, len(called)), make([]error, len(called))
	var wg sync.WaitGroup
	for i, m := range called {
		wg.Go(func() { codes[i], errs[i] = m.write(passed[m.dir]) })
	}
	wg.Wait()
	for i, code := range codes {
		g.addAll(called[i].dir, code.files)
	}
	return errors.Join(errs...)
}

func (g *generation) addAll(dir string, set files.Set) {
	for name, text := range set {
		g.add(path.Join(dir, name), text)
	}
}

// add adds a file below the output folder.
func (g *generation) add(name string, text []byte) {
	g.set[path.Join(g.spec.Project.Output, name)] = text
}
