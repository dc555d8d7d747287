package main

import (
	"context"

	"github.com/spf13/cobra"

	"tfgen/internal/deploy"
	"tfgen/internal/deploy/report"
)

type planOptions struct {
	env              string
	detailedExitcode bool
	plan             deploy.PlanOptions
}

func (a *app) planCommand() *cobra.Command {
	var o planOptions
	cmd := &cobra.Command{
		Use:   "plan",
		Short: "Show what an apply would change",
		Example: `  tfgen plan
  tfgen plan -env=production -detailed-exitcode`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.plan.Destroy && o.plan.RefreshOnly {
				return usagef(cmd, "-destroy and -refresh-only cannot go together")
			}
			return a.plan(cmd.Context(), o)
		},
	}
	a.envFlag(cmd, &o.env, "plan")
	a.jsonFlag(cmd)
	cmd.Flags().BoolVar(&o.detailedExitcode, "detailed-exitcode", false, "exit 0 if nothing changes, 2 if something does, 1 on an error")
	cmd.Flags().BoolVar(&o.plan.Destroy, "destroy", false, "plan to remove everything")
	cmd.Flags().BoolVar(&o.plan.RefreshOnly, "refresh-only", false, "plan to take over what was changed outside of Terraform, and nothing else")
	return cmd
}

func (a *app) plan(ctx context.Context, o planOptions) error {
	s, err := a.stage(ctx, o.env)
	if err != nil {
		return err
	}
	plans, err := a.plans(ctx, s, "Planning", s.planner(o.plan))
	defer a.closeAll(plans)
	todo := a.showPlans(s, plans, o.plan.Destroy)
	if err != nil {
		return err
	}
	if o.detailedExitcode && len(todo) > 0 {
		return exitCode(2)
	}
	return nil
}

// planner plans with the same options everywhere.
func (s *stage) planner(o deploy.PlanOptions) planner {
	return func(ctx context.Context, root deploy.Root, listen func(report.Event)) (*deploy.Plan, error) {
		return s.terraform.NewPlan(ctx, root, o, listen)
	}
}
