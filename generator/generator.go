// Package generator turns a spec into the files of a delivery pipeline: which
// template becomes which module, from which part of the spec.
//
// It is pure: the same spec gives the same bytes, and nothing is read but the
// spec and written but the set that is returned.
package generator

import (
	"tfgen/generator/files"
	"tfgen/generator/spec"
)

// Generate returns the files that s asks for, by their paths relative to the
// project's folder. An error is a fault of a template, never of a spec that
// spec.Load returned.
func Generate(s *spec.Spec) (files.Set, error) {
	g := &generation{spec: s, set: files.Set{}}
	steps := []func() error{g.buildspecs, g.overview}
	if s.Source != nil {
		steps = append(steps, g.delivery)
	}
	if s.Cluster != nil {
		steps = append(steps, g.environment)
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return g.set, nil
}

// A generation is one run of Generate.
type generation struct {
	spec *spec.Spec
	set  files.Set
}
