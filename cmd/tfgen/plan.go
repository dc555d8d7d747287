package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"tfgen/internal/deploy"
	"tfgen/internal/terminal"
)

type planOptions struct {
	env              string
	detailedExitcode bool
	json             bool
	plan             deploy.PlanOptions
}

func (a *app) planCommand() *cobra.Command {
	var o planOptions
	cmd := &cobra.Command{
		Use:   "plan",
		Short: "Show what an apply would change",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.plan(cmd.Context(), o) },
	}
	cmd.Flags().StringVar(&o.env, "env", "", "the one environment to plan; delivery is one")
	cmd.Flags().BoolVar(&o.detailedExitcode, "detailed-exitcode", false, "exit 0 if nothing changes, 2 if something does, 1 on an error")
	cmd.Flags().BoolVar(&o.json, "json", false, "print what happens as JSON, an object a line")
	cmd.Flags().BoolVar(&o.plan.Destroy, "destroy", false, "plan to remove everything")
	cmd.Flags().BoolVar(&o.plan.RefreshOnly, "refresh-only", false, "plan to take over what was changed outside of Terraform, and nothing else")
	cmd.MarkFlagsMutuallyExclusive("destroy", "refresh-only")
	return cmd
}

func (a *app) plan(ctx context.Context, o planOptions) error {
	s, err := a.stage(ctx, o.env)
	if err != nil {
		return err
	}
	plans, err := a.plans(ctx, s, o.plan)
	defer closeAll(plans)
	changed := false
	for _, p := range plans {
		changed = changed || !p.Empty
		if err := a.showPlan(s, p, o.json); err != nil {
			return err
		}
	}
	if err != nil {
		return err
	}
	if o.detailedExitcode && changed {
		return exitCode(2)
	}
	return nil
}

func (a *app) showPlan(s *stage, p *deploy.Plan, asJSON bool) error {
	if asJSON {
		return a.jsonLines().Plan(p.Root.Name, p.Plan)
	}
	_, err := fmt.Fprint(a.out, a.style(a.out).Plan(p.Root.Name, s.facts(p.Root), p.Plan))
	return err
}

func (a *app) jsonLines() terminal.JSONLines {
	return terminal.JSONLines{Out: a.out, Version: version(), Now: now}
}
