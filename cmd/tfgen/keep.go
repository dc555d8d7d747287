package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"

	"tfgen/internal/deploy"
	"tfgen/internal/deploy/bundle"
)

// A keeper keeps the plans of a stage, and their digest, for a later apply.
type keeper func(*stage, []*deploy.Plan, string) error

// keeper returns what keeps plans where -out says so. What is wrong with the
// file is found before any work.
func (a *app) keeper(o planOptions) (keeper, error) {
	if o.out == "" {
		return func(*stage, []*deploy.Plan, string) error { return nil }, nil
	}
	file := joinDir(a.workDir(), o.out)
	if err := a.mayKeep(file); err != nil {
		return nil, err
	}
	return func(s *stage, plans []*deploy.Plan, digest string) error {
		return a.keepPlans(s, plans, file, digest, o)
	}, nil
}

// mayKeep refuses to overwrite what is no plan.
func (a *app) mayKeep(file string) error {
	info, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return fmt.Errorf("-out: %s is no file", a.show(file))
	}
	text, err := os.ReadFile(file)
	if err == nil && len(text) > 0 && !bundle.Is(text) {
		return fmt.Errorf("-out: %s is there already and no plan of tfgen: name another file, or remove it", a.show(file))
	}
	return err
}

// keepPlans writes plans to a file for its owner alone, in one step.
func (a *app) keepPlans(s *stage, plans []*deploy.Plan, file, digest string, o planOptions) error {
	b, err := a.bundle(s, plans)
	if err != nil {
		return err
	}
	b.Digest, b.Command = digest, o.command()
	text, err := b.Encode()
	if err == nil {
		err = private(file, text)
	}
	if err != nil {
		return fmt.Errorf("keep the plan in %s: %w", a.show(file), err)
	}
	a.note(fmt.Sprintf("The plan is kept in %s. To apply exactly it: tfgen apply %s", a.show(file), shellQuote(o.out)))
	a.warnCommitted(file)
	return nil
}

// bundle gathers the plans of a stage, and what they were made from.
func (a *app) bundle(s *stage, plans []*deploy.Plan) (*bundle.Bundle, error) {
	made, err := a.made(s)
	if err != nil {
		return nil, err
	}
	b := &bundle.Bundle{Made: made}
	for _, p := range plans {
		// What it was made from is asked when it is applied: it must be readable then.
		if _, err := p.Basis(); err != nil {
			return nil, err
		}
		saved, err := p.Bytes()
		if err != nil {
			return nil, err
		}
		b.Roots = append(b.Roots, bundle.Root{Name: p.Root.Name, Facts: s.facts(p.Root), Report: p.Plan, Saved: saved})
	}
	return b, nil
}

// private puts a text in the place of a file in one step, readable for its
// owner alone.
func private(file string, text []byte) error {
	temp, err := os.CreateTemp(filepath.Dir(file), ".tfgen-*")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name()) // which is gone after the rename
	if err := fill(temp, text, 0o600); err != nil {
		return err
	}
	return os.Rename(temp.Name(), file)
}

// warnCommitted warns of a plan that the next git add would take along.
func (a *app) warnCommitted(file string) {
	ask := exec.CommandContext(context.Background(), "git", "check-ignore", "--quiet", filepath.Base(file))
	ask.Dir = filepath.Dir(file)
	var exit *exec.ExitError
	if err := ask.Run(); errors.As(err, &exit) && exit.ExitCode() == 1 {
		a.warn(fmt.Sprintf("git does not ignore %s, and a plan may hold secrets: add *.tfplan to .gitignore, and call it so.", a.show(file)))
	}
}

// command is the plan that would make such a file anew.
func (o planOptions) command() string {
	words := "tfgen plan"
	if o.env != "" {
		words += " -env=" + shellQuote(o.env)
	}
	if o.plan.Destroy {
		words += " -destroy"
	}
	if o.plan.RefreshOnly {
		words += " -refresh-only"
	}
	return words + " -out=" + shellQuote(o.out)
}
