package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"tfgen/internal/deploy"
)

func (a *app) destroyCommand() *cobra.Command {
	o := applyOptions{destroy: true}
	cmd := &cobra.Command{
		Use:   "destroy",
		Short: "Remove everything, with the images, artifacts and logs in it",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.destroy(cmd.Context(), o) },
	}
	o.addFlags(cmd)
	return cmd
}

func (a *app) destroy(ctx context.Context, o applyOptions) error {
	if err := a.mayProceed(o); err != nil {
		return err
	}
	s, err := a.stage(ctx, o.env)
	if err != nil {
		return err
	}
	plans, err := a.plans(ctx, s, deploy.PlanOptions{Destroy: true})
	defer closeAll(plans)
	if err != nil {
		return err
	}
	return a.carryOut(ctx, s, plans, o)
}

// destroyAll lifts what protects data from a destroy, now that the user has
// said so, and destroys.
func (a *app) destroyAll(ctx context.Context, s *stage, shown []*deploy.Plan, o applyOptions) error {
	plans, err := a.lift(ctx, s, shown)
	defer closeAll(plans)
	if err != nil {
		return err
	}
	return a.applyAll(ctx, s, plans, o)
}

// lift replaces the plans of those roots whose protection has to go first: that
// changes their state, and a saved plan holds for one state only.
func (a *app) lift(ctx context.Context, s *stage, shown []*deploy.Plan) ([]*deploy.Plan, error) {
	var roots []deploy.Root
	for _, p := range shown {
		roots = append(roots, p.Root)
	}
	progress, done := a.progress("Lifting the protection of", tasks(roots))
	defer done()
	var plans []*deploy.Plan
	err := a.interruptible(ctx, progress, func(ctx context.Context) (err error) {
		plans, err = deploy.Each(ctx, s.terraform, shown, func(ctx context.Context, p *deploy.Plan) (*deploy.Plan, error) {
			addresses, err := s.terraform.Protected(ctx, p.Root)
			if err != nil || len(addresses) == 0 {
				return p, err
			}
			if err := s.terraform.Unprotect(ctx, p.Root, addresses, nil); err != nil {
				return nil, err
			}
			return s.terraform.NewPlan(ctx, p.Root, deploy.PlanOptions{Destroy: true, Variables: []string{deploy.Lift}}, nil)
		})
		return err
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
