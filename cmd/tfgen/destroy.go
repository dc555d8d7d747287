package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"tfgen/internal/deploy"
	"tfgen/internal/deploy/report"
)

func (a *app) destroyCommand() *cobra.Command {
	o := applyOptions{destroy: true}
	cmd := &cobra.Command{
		Use:   "destroy",
		Short: "Remove everything, with the images, artifacts and logs in it",
		Example: `  tfgen destroy
  tfgen destroy -env=production`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.destroy(cmd.Context(), o) },
	}
	a.applyFlags(cmd, &o, "remove")
	return cmd
}

// destroy asks before it lifts what protects data, and lifting changes the
// state, for which a saved plan then no longer holds: so it plans once to show,
// and once more to do. Where there is no question, one plan does for both.
func (a *app) destroy(ctx context.Context, o applyOptions) error {
	if err := a.mayProceed(o); err != nil {
		return err
	}
	s, err := a.stage(ctx, o.env)
	if err != nil {
		return err
	}
	verb, plan := "Planning", s.planner(deploy.PlanOptions{Destroy: true})
	if o.autoApprove {
		verb, plan = "Preparing", s.lifted
	}
	plans, err := a.plans(ctx, s, verb, plan)
	defer a.closeAll(plans)
	if err != nil {
		return err
	}
	a.showPlans(s.sections(plans), true)
	todo := changing(plans)
	if len(todo) == 0 || o.autoApprove {
		return a.destroyAll(ctx, s, todo, o)
	}
	if err := a.confirm(ctx, o); err != nil {
		return err
	}
	ready, err := a.liftAll(ctx, s, todo)
	defer a.closeAll(ready)
	if err != nil {
		return err
	}
	return a.destroyAll(ctx, s, ready, o)
}

// destroyAll destroys, where there is something left.
func (a *app) destroyAll(ctx context.Context, s *stage, plans []*deploy.Plan, o applyOptions) error {
	if len(plans) == 0 {
		return nil
	}
	_, err := a.applyAll(ctx, s, plans, o)
	return err
}

// lifted lifts what protects data in a root, and plans its destroy.
func (s *stage) lifted(ctx context.Context, root deploy.Root, listen func(report.Event)) (*deploy.Plan, error) {
	o, _, err := s.terraform.PrepareDestroy(ctx, root)
	if err != nil {
		return nil, err
	}
	return s.terraform.NewPlan(ctx, root, o, listen)
}

// liftAll replaces the plans that were shown by those that can be done.
func (a *app) liftAll(ctx context.Context, s *stage, shown []*deploy.Plan) ([]*deploy.Plan, error) {
	var roots []deploy.Root
	for _, p := range shown {
		roots = append(roots, p.Root)
	}
	listen, done := a.progress("Lifting the protection of", tasks(roots))
	defer done()
	plans, err := deploy.Each(ctx, s.terraform, shown, func(ctx context.Context, p *deploy.Plan) (*deploy.Plan, error) {
		o, changed, err := s.terraform.PrepareDestroy(ctx, p.Root)
		if err != nil || !changed {
			return p, err
		}
		return s.terraform.NewPlan(ctx, p.Root, o, listen)
	})
	return planned(plans), errors.Join(err, noMore(shown, plans))
}

// noMore makes sure that nothing is destroyed that was not shown.
func noMore(shown, plans []*deploy.Plan) error {
	known := map[string]bool{}
	for _, p := range shown {
		for _, c := range p.Changes {
			known[p.Root.Name+" "+c.Address] = true
		}
	}
	for _, p := range planned(plans) {
		for _, c := range p.Changes {
			if !known[p.Root.Name+" "+c.Address] {
				return fmt.Errorf("%s was made since the plan was shown: run tfgen destroy again", c.Address)
			}
		}
	}
	return nil
}
