// Package generator turns a spec into the files of a delivery pipeline: which
// template becomes which module, from which part of the spec.
//
// It is pure: the same spec gives the same bytes, and nothing is read but the
// spec and written but the set that is returned.
package generator

import (
	"errors"
	"path"
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

// write adds the files of all modules. They know nothing of each other, so they
// are written side by side; the first error is the first module's. Roots take
// turns: what one of a thousand services is made from fills the memory.
func (g *generation) write(modules []module) error {
	sets, errs := make([]files.Set, len(modules)), make([]error, len(modules))
	var wg sync.WaitGroup
	var turn sync.Mutex
	for i, m := range modules {
		wg.Go(func() {
			if m.isRoot() {
				turn.Lock()
				defer turn.Unlock()
			}
			sets[i], errs[i] = m.files()
		})
	}
	wg.Wait()
	for i, set := range sets {
		for name, text := range set {
			g.add(path.Join(modules[i].dir, name), text)
		}
	}
	return errors.Join(errs...)
}

// add adds a file below the output folder.
func (g *generation) add(name string, text []byte) {
	g.set[path.Join(g.spec.Project.Output, name)] = text
}
