package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"tfgen/generator/files"
	"tfgen/generator/spec"
	"tfgen/internal/deploy"
	"tfgen/internal/deploy/report"
	"tfgen/internal/terminal"
)

// A stage is a project whose code is fresh, with the Terraform that runs it.
type stage struct {
	spec      *spec.Spec
	terraform *deploy.Terraform
	roots     []deploy.Root
}

// stage prepares what drives Terraform. Code that is stale, or that somebody
// edited, ends it: a plan of it would not be a plan of the spec.
func (a *app) stage(ctx context.Context, env string) (*stage, error) {
	p, err := a.project()
	if err != nil {
		return nil, err
	}
	if err := a.fresh(p); err != nil {
		return nil, err
	}
	roots, err := a.roots(p.spec, env)
	if err != nil {
		return nil, err
	}
	config := deploy.Config{Terraform: a.flags.terraform, PluginDir: a.flags.plugins, Env: a.environ}
	if a.flags.verbose {
		config.Verbose = a.err
	}
	if a.flags.plugins != "" {
		if config.PluginDir, err = filepath.Abs(joinDir(a.workDir(), a.flags.plugins)); err != nil {
			return nil, err
		}
	}
	terraform, err := deploy.Find(ctx, config)
	if err != nil {
		return nil, err
	}
	for _, w := range terraform.Warnings {
		a.warn(w)
	}
	return &stage{spec: p.spec, terraform: terraform, roots: roots}, nil
}

func (a *app) fresh(p *project) error {
	changes, err := p.diff(files.Options{})
	if err != nil || !changes.Stale() {
		return err
	}
	return fmt.Errorf("the code is not what tfgen.hcl describes:\n%s\nRun 'tfgen generate', look at the change, and try again", strings.Join(changes.Problems(), "\n"))
}

// joinDir joins a folder and a path that may be absolute.
func joinDir(dir, name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(dir, filepath.FromSlash(name))
}

// plans plans every root, side by side. Close them with closeAll. Those that
// could be planned are returned also where others failed.
func (a *app) plans(ctx context.Context, s *stage, o deploy.PlanOptions) ([]*deploy.Plan, error) {
	progress, done := a.progress("Planning", tasks(s.roots))
	defer done()
	var plans []*deploy.Plan
	err := a.interruptible(ctx, progress, func(ctx context.Context) (err error) {
		plans, err = deploy.Each(ctx, s.terraform, s.roots, func(ctx context.Context, root deploy.Root) (*deploy.Plan, error) {
			if err := s.terraform.CheckErrored(root); err != nil {
				return nil, err
			}
			return s.terraform.NewPlan(ctx, root, o, progress.Event)
		})
		return err
	})
	return planned(plans), err
}

// planned drops the plans that there are not.
func planned(plans []*deploy.Plan) (some []*deploy.Plan) {
	for _, p := range plans {
		if p != nil {
			some = append(some, p)
		}
	}
	return some
}

func closeAll(plans []*deploy.Plan) error {
	var errs []error
	for _, p := range plans {
		errs = append(errs, p.Close())
	}
	return errors.Join(errs...)
}

// progress shows how far Terraform is until done is called.
func (a *app) progress(verb string, tasks []terminal.Task) (p *terminal.Progress, done func()) {
	p = terminal.NewProgress(a.screen(), verb, tasks)
	stop := p.Start(100 * time.Millisecond)
	return p, func() { stop(); p.Close() }
}

func tasks(roots []deploy.Root) (all []terminal.Task) {
	for _, r := range roots {
		all = append(all, terminal.Task{Root: r.Name})
	}
	return all
}

func (a *app) interruptible(ctx context.Context, p *terminal.Progress, f func(context.Context) error) error {
	return deploy.Interruptible(ctx, a.signals, p.Say, f)
}

// facts is what stands beside a root's name.
func (s *stage) facts(root deploy.Root) []string {
	facts := []string{root.Dir, s.spec.Project.Region}
	if account := s.spec.Project.Account; account != "" {
		facts = append(facts, "account "+account)
	}
	return append(facts, strings.ToLower(s.terraform.Product)+" "+s.terraform.Version)
}

// stateful reports whether a change removes what no apply can bring back.
func stateful(c report.Change) bool {
	switch c.Type {
	case "aws_codecommit_repository", "aws_ecr_repository", "aws_s3_bucket", "aws_secretsmanager_secret":
		return c.Action == report.Delete || c.Action.Replaces()
	}
	return false
}
