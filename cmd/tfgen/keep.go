package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"

	"tfgen/internal/deploy"
	"tfgen/internal/deploy/bundle"
)

// mayKeep refuses to overwrite what is no plan.
func (a *app) mayKeep(o planOptions) error {
	if o.out == "" {
		return nil
	}
	file := behind(joinDir(a.workDir(), o.out))
	info, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return a.mayCreate(filepath.Dir(file))
	case err != nil:
		return err
	case info.IsDir():
		return fmt.Errorf("-out: %s is a folder", a.show(file))
	case !info.Mode().IsRegular():
		return fmt.Errorf("-out: %s is no file", a.show(file))
	}
	begin, err := beginning(file)
	if err == nil && len(begin) > 0 && !bundle.Is(begin) {
		return fmt.Errorf("-out: %s is there already and no plan of tfgen: name another file, or remove it", a.show(file))
	}
	return err
}

// mayCreate refuses a folder that is not there, or takes no file.
func (a *app) mayCreate(dir string) error {
	temp, err := os.CreateTemp(dir, ".tfgen-*")
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("-out: there is no folder %s", a.show(dir))
	case err != nil:
		return fmt.Errorf("-out: %s takes no file: %w", a.show(dir), errors.Unwrap(err))
	}
	return errors.Join(temp.Close(), os.Remove(temp.Name()))
}

// beginning reads as much of a file as tells what it is.
func beginning(file string) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, 64))
}

// keepPlans writes plans to a file for its owner alone, in one step. What they were
// made from was looked at before they were made, and must be so still.
func (a *app) keepPlans(ctx context.Context, s *stage, plans []*deploy.Plan, before bundle.Made, digest string, o planOptions) error {
	b, err := a.bundle(s, plans)
	if err != nil {
		return err
	}
	if moved := before.Edited(b.Made); moved != nil {
		return noLonger("the plan", moved, a.planAgain(o))
	}
	b.Digest, b.Command, b.Destroy = digest, a.planAgain(o), o.plan.Destroy
	file := behind(joinDir(a.workDir(), o.out)) // a link stays one
	text, err := b.Encode()
	if err == nil {
		err = put(file, text, 0o600)
	}
	if err != nil {
		return fmt.Errorf("keep the plan in %s: %w", a.show(file), err)
	}
	a.note(fmt.Sprintf("The plan is kept in %s. To apply exactly this plan: %s", a.show(file), a.again("apply", shellQuote(o.out))))
	a.warnCommitted(ctx, file)
	return nil
}

// warnKept warns of an earlier plan that a plan which failed leaves in its file:
// who does not look at the exit code goes on with that.
func (a *app) warnKept(err error, o planOptions) {
	if err == nil || errors.Is(err, exitCode(2)) || o.out == "" { // 2 is a plan that changes something
		return
	}
	file := behind(joinDir(a.workDir(), o.out))
	if info, err := os.Stat(file); err != nil || !info.Mode().IsRegular() {
		return
	}
	if begin, err := beginning(file); err == nil && bundle.Is(begin) {
		a.warn(fmt.Sprintf("%s still holds an earlier plan, and not this one.", a.show(file)))
	}
}

// maxLinks is how many links are followed, as by Linux: path_resolution(7).
const maxLinks = 40

// behind is the file that a path leads to through links, be it there or not.
func behind(file string) string {
	for range maxLinks {
		to, err := os.Readlink(file)
		if err != nil {
			return file
		}
		dir, err := filepath.EvalSymlinks(filepath.Dir(file)) // what .. is the parent of
		if err != nil {
			return file
		}
		file = joinDir(dir, to)
	}
	return file
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

// warnCommitted warns of a plan that the next git add would take along.
func (a *app) warnCommitted(ctx context.Context, file string) {
	ask := exec.CommandContext(ctx, "git", "check-ignore", "--quiet", filepath.Base(file))
	ask.Dir = filepath.Dir(file)
	var exit *exec.ExitError
	if err := ask.Run(); errors.As(err, &exit) && exit.ExitCode() == 1 {
		a.warn(fmt.Sprintf("git does not ignore %s, and a plan may hold secrets: add *.tfplan to .gitignore, and call it so.", a.show(file)))
	}
}

// planAgain is the plan that would make such a file anew.
func (a *app) planAgain(o planOptions) string {
	var words []string
	if o.env != "" {
		words = append(words, "-env="+shellQuote(o.env))
	}
	if o.plan.Destroy {
		words = append(words, "-destroy")
	}
	if o.plan.RefreshOnly {
		words = append(words, "-refresh-only")
	}
	return a.again("plan", append(words, "-out="+shellQuote(o.out))...)
}
