package generator

import (
	"fmt"
	"io/fs"

	"tfgen/generator/buildspec"
	"tfgen/generator/spec"
	"tfgen/templates"
)

// buildspecs writes the buildspec of each service beside its application,
// except where a person wrote one.
func (g *generation) buildspecs() error {
	text, err := fs.ReadFile(templates.FS, "buildspec/buildspec.yml.tmpl")
	if err != nil {
		return err
	}
	tmpl, err := buildspec.Parse(text)
	if err != nil {
		return err
	}
	for _, s := range g.built() {
		if s.Build.Written != nil {
			continue
		}
		src, err := tmpl.Render(g.buildspecParams(s))
		if err != nil {
			return fmt.Errorf("service %s: %w", s.Label, err)
		}
		g.set[buildspecPath(s.Build)] = src
	}
	return nil
}

func (g *generation) buildspecParams(s *spec.Service) buildspec.Params {
	return buildspec.Params{
		Container:    s.Label,
		Registry:     s.Image.Registry,
		Repository:   s.Image.Repository,
		Tag:          s.Image.Tag,
		Immutable:    s.Image.Immutable,
		Logins:       s.Build.Logins,
		Context:      s.Build.Context,
		Dockerfile:   s.Build.Dockerfile,
		Test:         s.Build.Test,
		Deploy:       s.Pipeline.Deploy,
		Architecture: s.Architecture,
		Mark:         g.spec.Mark(s),
	}
}
