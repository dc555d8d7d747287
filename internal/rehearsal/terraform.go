package rehearsal

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"tfgen/generator/spec"
	"tfgen/internal/deploy"
	"tfgen/internal/deploy/report"
)

// apply makes everything.
func (w *world) apply(ctx context.Context) error {
	var err error
	if w.empty, err = w.inventory(ctx); err != nil {
		return err
	}
	if err := w.applyRoots(ctx, w.roots(), nil); err != nil {
		return err
	}
	if err := w.noteAddresses(ctx); err != nil {
		return err
	}
	return w.look(ctx)
}

// applyRoots plans and applies roots, side by side. Each plan is shown to look,
// which may be nil, before it is applied.
func (w *world) applyRoots(ctx context.Context, roots []deploy.Root, look func(*deploy.Plan)) error {
	results, err := deploy.Each(ctx, w.terraform, roots, func(ctx context.Context, root deploy.Root) (*report.Result, error) {
		plan, err := w.terraform.NewPlan(ctx, root, deploy.PlanOptions{}, nil)
		if err != nil {
			return nil, err
		}
		defer plan.Close()
		if look != nil {
			look(plan)
		}
		if plan.Empty {
			return &report.Result{Root: root.Name}, nil
		}
		return plan.Apply(ctx, nil)
	})
	if err != nil {
		return terraformFinding(err)
	}
	for _, r := range results {
		w.note("%s: %s", r.Root, sum(r.Counts))
	}
	return nil
}

func sum(c report.Counts) string {
	if c.Total() == 0 {
		return "nothing to do"
	}
	return fmt.Sprintf("%d added, %d changed, %d destroyed", c.Add, c.Change, c.Destroy)
}

// noteRolls says which services a plan rolls, and why.
func (w *world) noteRolls(plan *deploy.Plan) {
	for _, r := range plan.Rolls {
		w.note("planned: %s", r)
	}
}

// planAll demands that no root has a change.
func (w *world) planAll(ctx context.Context) error { return w.unchanged(ctx, w.roots()) }

// settled demands it after a deployment.
func (w *world) settled(ctx context.Context) error {
	if err := w.undeployed(); err != nil {
		return err
	}
	return w.settle(ctx)
}

// settle demands it of the roots that hold services: nothing that the pipeline
// did could concern another one.
func (w *world) settle(ctx context.Context) error { return w.unchanged(ctx, w.runtimes()) }

func (w *world) unchanged(ctx context.Context, roots []deploy.Root) error {
	changes, err := deploy.Each(ctx, w.terraform, roots, func(ctx context.Context, root deploy.Root) ([]string, error) {
		plan, err := w.terraform.NewPlan(ctx, root, deploy.PlanOptions{}, nil)
		if err != nil {
			return nil, err
		}
		defer plan.Close()
		return described(plan), nil
	})
	if err != nil {
		return terraformFinding(err)
	}
	var all []string
	for _, c := range changes {
		all = append(all, c...)
	}
	if len(all) > 0 {
		return &finding{err: errors.New("the plan is not empty"), evidence: all}
	}
	return nil
}

// described lists the changes of a plan that is not empty.
func described(plan *deploy.Plan) []string {
	if plan.Empty {
		return nil
	}
	var lines []string
	for _, c := range plan.Changes {
		if c.Action.Symbol() == "" || c.Action == report.Read {
			continue
		}
		line := fmt.Sprintf("%s %s: %s", c.Action.Symbol(), plan.Root.Name, c.Address)
		for _, a := range c.Attributes {
			line += ", " + a.String()
		}
		lines = append(lines, line)
	}
	for _, o := range plan.Outputs {
		lines = append(lines, fmt.Sprintf("~ %s: output %s", plan.Root.Name, o.Name))
	}
	if len(lines) == 0 {
		lines = append(lines, plan.Root.Name+": there are changes, and the plan names none")
	}
	return lines
}

// terraformFinding makes evidence of Terraform's words. What this machine kept
// Terraform from says nothing about AWS.
func terraformFinding(err error) error {
	first, rest, _ := strings.Cut(err.Error(), "\n")
	found := &finding{err: errors.New(first), evidence: linesOf(rest)}
	if failure, ok := errors.AsType[*deploy.Failure](err); ok && failure.Local {
		found.onAWS = nobodyKnows("this machine could not play it")
	}
	return found
}

// linesOf are the lines of a text that hold something.
func linesOf(text string) []string {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimRight(line, " \r\n"); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// look finds the pipelines that the apply made.
func (w *world) look(ctx context.Context) (err error) {
	w.pipelines, err = w.admin.Pipelines(ctx)
	return err
}

// destroy removes everything, as tfgen destroy does.
func (w *world) destroy(ctx context.Context) error {
	results, err := deploy.Each(ctx, w.terraform, w.roots(), w.destroyRoot)
	if err != nil {
		return terraformFinding(err)
	}
	for _, r := range results {
		w.note("%s: %s", r.Root, sum(r.Counts))
	}
	return nil
}

func (w *world) destroyRoot(ctx context.Context, root deploy.Root) (*report.Result, error) {
	o, _, err := w.terraform.PrepareDestroy(ctx, root)
	if err != nil {
		return nil, err
	}
	plan, err := w.terraform.NewPlan(ctx, root, o, nil)
	if err != nil {
		return nil, err
	}
	defer plan.Close()
	return plan.Apply(ctx, nil)
}

// rootDir is the folder of a root below a project's.
func rootDir(project string, r spec.Root) string {
	return filepath.Join(project, filepath.FromSlash(r.Dir))
}
