package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"tfgen/generator/spec"
	"tfgen/internal/deploy"
	"tfgen/internal/deploy/bundle"
	"tfgen/internal/deploy/report"
)

// applyKept applies a plan that was kept, exactly that, or says what has moved
// since it was made. What is read from the file once is what is checked, and
// what is applied.
func (a *app) applyKept(ctx context.Context, o applyOptions) error {
	b, text, err := a.readBundle(o.file)
	if err != nil {
		return err
	}
	o.kept = text
	s, err := a.keptStage(ctx, b, o)
	if err != nil {
		return err
	}
	plans, err := a.openKept(ctx, s, b)
	defer a.closeAll(plans)
	if err != nil {
		return err
	}
	if err := a.unmoved(ctx, s, plans, b, o); err != nil {
		return err
	}
	a.showPlans(sectionsOf(b), b.Destroy)
	if err := o.expected(plans); err != nil {
		return err
	}
	o.anew = b.Command
	return a.applyShown(ctx, s, changing(plans), o)
}

// dropKept removes the plan that was kept, once it is applied, and a link to it.
func (a *app) dropKept(o applyOptions) {
	if o.file == "" {
		return
	}
	file := joinDir(a.workDir(), o.file)
	if now, err := os.ReadFile(file); err == nil && !bytes.Equal(now, o.kept) {
		return // somebody kept another one there meanwhile
	}
	for _, name := range slices.Compact([]string{behind(file), file}) {
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			a.warn("the plan is applied, and its file, which may hold secrets, could not be removed: " + err.Error())
		}
	}
}

// unfinished says how to go on where a plan that was kept was begun and not
// ended. Without one, apply goes on by itself.
func (a *app) unfinished(outcomes []outcome, o applyOptions) error {
	begun := slices.ContainsFunc(outcomes, func(out outcome) bool { return out.Begun || out.Unsaved })
	if o.file == "" || !begun {
		return nil
	}
	return fmt.Errorf("the plan in %s was partly applied and cannot be used again. Plan what is left: %s", o.file, o.anew)
}

// readBundle reads a plan that was kept, and returns its bytes with it.
func (a *app) readBundle(name string) (*bundle.Bundle, []byte, error) {
	file := joinDir(a.workDir(), name)
	info, err := os.Stat(file)
	if err != nil {
		return nil, nil, fmt.Errorf("there is no plan %s: %s makes one", a.show(file), a.again("plan", "-out="+shellQuote(name)))
	}
	if !info.Mode().IsRegular() {
		return nil, nil, fmt.Errorf("%s is no file, and so no plan", a.show(file))
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, nil, err
	}
	b, err := bundle.Decode(text)
	if err != nil {
		return nil, nil, fmt.Errorf("%s %w. Make a new plan, with tfgen plan -out=FILE", a.show(file), err)
	}
	return b, text, nil
}

// keptStage is the stage of the roots that a bundle is about. What the bundle
// was made from must be as it was.
func (a *app) keptStage(ctx context.Context, b *bundle.Bundle, o applyOptions) (*stage, error) {
	p, err := a.project()
	if err != nil {
		return nil, err
	}
	if err := a.sameRoots(p.spec, b, o); err != nil {
		return nil, err
	}
	s, err := a.stageOf(ctx, p.spec, "", a.unsetWritten)
	if err != nil {
		return nil, err
	}
	made, err := a.made(s)
	if err != nil {
		return nil, err
	}
	if moved := b.Made.Moved(made); moved != nil {
		return nil, noLonger(o.file, moved, b.Command)
	}
	if _, err := a.fresh(p); err != nil {
		return nil, err
	}
	s.roots = slices.DeleteFunc(s.roots, func(r deploy.Root) bool { return !slices.Contains(b.Names(), r.Name) })
	return s, nil
}

// sameRoots refuses the plan of another environment than -env names.
func (a *app) sameRoots(s *spec.Spec, b *bundle.Bundle, o applyOptions) error {
	if _, err := a.roots(s, o.env); err != nil {
		return err
	}
	if names := b.Names(); o.env != "" && !slices.Equal(names, []string{o.env}) {
		return fmt.Errorf("%s is a plan of %s, and not of %s alone: leave -env out, or make a new plan: %s", o.file, strings.Join(names, ", "), o.env,
			a.again("plan", "-env="+shellQuote(o.env), "-out="+shellQuote(o.file)))
	}
	return nil
}

// openKept opens the plans of a bundle for an apply.
func (a *app) openKept(ctx context.Context, s *stage, b *bundle.Bundle) ([]*deploy.Plan, error) {
	_, done := a.progress("Preparing", tasks(s.roots))
	defer done()
	plans, err := deploy.Each(ctx, s.terraform, s.roots, func(ctx context.Context, root deploy.Root) (*deploy.Plan, error) {
		if err := s.terraform.CheckErrored(root); err != nil {
			return nil, err
		}
		kept := b.Root(root.Name)
		return s.terraform.OpenPlan(ctx, root, kept.Saved, kept.Report)
	})
	return planned(plans), err
}

// expected refuses plans that are not the one which was reviewed.
func (o applyOptions) expected(plans []*deploy.Plan) error {
	if o.expect == "" {
		return nil
	}
	is := digestOf(plans)
	if is == o.expect {
		return nil
	}
	said := o.differences(plans)
	if said == nil {
		said = []string{"They differ in values that are not shown."}
	}
	return fmt.Errorf("this is not the plan that was expected, and nothing was applied.\n%s\nThe digest of this one is %s",
		strings.Join(said, "\n"), is)
}

// differences says what is otherwise than expected, where the expected plan
// was made here.
func (o applyOptions) differences(plans []*deploy.Plan) (said []string) {
	for _, p := range plans {
		was, ok := p.Recall(o.expect)
		if !ok {
			return []string{"The expected plan was not made here, so that the two cannot be compared: review the one above."}
		}
		for _, d := range report.Differences(was, p.Plan) {
			said = append(said, p.Root.Name+": "+d.String())
		}
	}
	return said
}
