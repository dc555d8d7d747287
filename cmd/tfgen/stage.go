package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"tfgen/generator/spec"
	"tfgen/internal/deploy"
	"tfgen/internal/operate/existing"
)

// A stage is a spec with the roots of its code, and the Terraform that runs them.
type stage struct {
	spec      *spec.Spec
	terraform *deploy.Terraform
	roots     []deploy.Root
	unset     []spec.Input // of the roots, that have no value
}

// stage prepares what drives Terraform. Code that is stale, or that somebody
// edited, ends it, and so does what would make everything a second time.
func (a *app) stage(ctx context.Context, env string) (*stage, error) {
	p, err := a.project()
	if err != nil {
		return nil, err
	}
	s, err := a.freshStage(ctx, p, env)
	if err != nil {
		return nil, err
	}
	return s, a.onlyOnce(ctx, p, s)
}

func (a *app) freshStage(ctx context.Context, p *project, env string) (*stage, error) {
	if _, err := a.roots(p.spec, env); err != nil {
		return nil, err
	}
	var err error
	if p.former, err = a.fresh(p); err != nil {
		return nil, err
	}
	return a.stageOf(ctx, p.spec, env, a.unset)
}

// readStage is stage for what changes nothing, and may be asked of any code.
func (a *app) readStage(ctx context.Context, env string) (*stage, error) {
	s, err := a.load()
	if err != nil {
		return nil, err
	}
	return a.stageOf(ctx, s, env, a.unset)
}

// stageOf prepares what drives Terraform. The inputs that lacking returns get a
// placeholder.
func (a *app) stageOf(ctx context.Context, s *spec.Spec, env string, lacking func(*spec.Spec, []deploy.Root) []spec.Input) (*stage, error) {
	roots, err := a.roots(s, env)
	if err != nil {
		return nil, err
	}
	for _, root := range roots {
		if err := deploy.DropImports(root); err != nil {
			return nil, err
		}
	}
	unset := lacking(s, roots)
	terraform, err := a.find(ctx, placeholders(unset))
	if err != nil {
		return nil, err
	}
	return &stage{spec: s, terraform: terraform, roots: roots, unset: unset}, nil
}

// find finds Terraform, with the warnings that there are about it. It runs in
// the caller's environment and these variables.
func (a *app) find(ctx context.Context, more []string) (*deploy.Terraform, error) {
	env := slices.Concat(a.environ, more)
	config := deploy.Config{Terraform: a.flags.terraform, PluginDir: a.flags.plugins, Env: env, LockTimeout: a.flags.lockTimeout,
		TakesOver: existing.Types()}
	if a.flags.verbose {
		config.Verbose = a.err
	}
	if a.flags.debug {
		file, err := a.logFile()
		if err != nil {
			return nil, err
		}
		config.LogFile = file
	}
	terraform, err := deploy.Find(ctx, config)
	if err != nil {
		return nil, err
	}
	for _, w := range terraform.Warnings {
		a.warn(w)
	}
	return terraform, nil
}

// logFile makes the file for Terraform's log. It may hold secrets, so it is for
// its owner alone, and not where a commit would find it.
func (a *app) logFile() (string, error) {
	file, err := os.CreateTemp("", "tfgen-debug-*.log")
	if err != nil {
		return "", err
	}
	a.note("The log goes to " + file.Name() + ". It may hold secrets.")
	return file.Name(), file.Close()
}

// roots returns the project's root modules, or the one that env names.
func (a *app) roots(s *spec.Spec, env string) ([]deploy.Root, error) {
	var roots []deploy.Root
	var names []string
	for _, r := range spec.Roots(s) {
		names = append(names, r.Name)
		if env == "" || r.Name == env {
			roots = append(roots, deploy.Root{Name: r.Name, Dir: a.show(joinDir(a.dir, joinDir(s.Dir, r.Dir))), Region: s.Project.Region})
		}
	}
	switch {
	case len(roots) > 0:
		return roots, nil
	case env != "":
		return nil, fmt.Errorf("there is no environment %s.%s The spec has %s", env, didYouMean(env, names, ""), strings.Join(names, ", "))
	}
	return nil, errors.New("the spec describes nothing to apply: it has neither a source nor a cluster")
}

// facts is what stands beside a root's name.
func (s *stage) facts(root deploy.Root) []string {
	facts := []string{root.Dir, s.spec.Project.Region}
	if account := s.spec.Project.Account; account != "" {
		facts = append(facts, "account "+account)
	}
	return append(facts, strings.ToLower(s.terraform.Product)+" "+s.terraform.Version)
}
