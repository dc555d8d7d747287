package main

import (
	"context"

	"github.com/spf13/cobra"

	"tfgen/internal/deploy"
	"tfgen/internal/deploy/bundle"
	"tfgen/internal/deploy/report"
	"tfgen/internal/operate/existing"
)

type planOptions struct {
	env              string
	detailedExitcode bool
	out              string
	format           string
	plan             deploy.PlanOptions
}

func (a *app) planCommand() *cobra.Command {
	o := planOptions{plan: deploy.PlanOptions{Digest: true}}
	cmd := &cobra.Command{
		Use:   "plan",
		Short: "Show what an apply would change",
		Example: `  tfgen plan
  tfgen plan -env=production -detailed-exitcode
  tfgen plan -out=shop.tfplan -format=markdown > comment.md`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.plan.Destroy && o.plan.RefreshOnly {
				return usagef(cmd, "-destroy and -refresh-only cannot go together")
			}
			if err := a.choosePlanFormat(cmd, o.format); err != nil {
				return err
			}
			err := a.plan(cmd.Context(), o)
			a.warnKept(err, o)
			return err
		},
	}
	a.envFlag(cmd, &o.env, "plan")
	a.jsonFlag(cmd)
	a.lockFlag(cmd)
	planFormatFlag(cmd, &o.format)
	cmd.Flags().BoolVar(&o.detailedExitcode, "detailed-exitcode", false, "exit 0 if nothing changes, 2 if something does, 1 on an error")
	cmd.Flags().StringVar(&o.out, "out", "", "keep the plan in `FILE`, for tfgen apply FILE; it may hold secrets")
	cmd.Flags().BoolVar(&o.plan.Destroy, "destroy", false, "plan to remove everything")
	cmd.Flags().BoolVar(&o.plan.RefreshOnly, "refresh-only", false, "plan to take over what was changed outside of Terraform, and nothing else")
	return cmd
}

func (a *app) plan(ctx context.Context, o planOptions) error {
	if err := a.mayKeep(o); err != nil {
		return err
	}
	s, made, err := a.staged(ctx, o)
	if err != nil {
		return err
	}
	plans, err := a.plans(ctx, s, "Planning", s.planner(o.plan))
	if err == nil && o.appliable() {
		plans, err = a.takeOver(ctx, s, plans, o.plan, func([]existing.Thing) error { return nil })
	}
	defer a.closeAll(plans)
	if err != nil && o.format == planMarkdown {
		return err // half a plan in a comment would be taken for the whole
	}
	digest := ""
	if err == nil && o.appliable() {
		digest = remember(plans)
	}
	a.showReviewed(s.sections(plans), o.format, digest, o.plan.Destroy)
	if err == nil && o.out != "" {
		err = a.keepPlans(ctx, s, plans, made, digest, o)
	}
	if err != nil {
		return err
	}
	if o.detailedExitcode && len(changing(plans)) > 0 {
		return exitCode(2)
	}
	return nil
}

// appliable reports whether apply, with -expect, can plan the same again.
func (o planOptions) appliable() bool { return !o.plan.Destroy && !o.plan.RefreshOnly }

// staged prepares a plan. What its code was made from is for a plan that is kept.
func (a *app) staged(ctx context.Context, o planOptions) (*stage, bundle.Made, error) {
	s, err := a.stage(ctx, o.env)
	if err != nil {
		return nil, bundle.Made{}, err
	}
	if o.appliable() {
		if err := s.needPlanned(); err != nil {
			return nil, bundle.Made{}, err
		}
	}
	made, err := a.made(s)
	return s, made, err
}

// planner plans with the same options everywhere.
func (s *stage) planner(o deploy.PlanOptions) planner {
	return func(ctx context.Context, root deploy.Root, listen func(report.Event)) (*deploy.Plan, error) {
		return s.terraform.NewPlan(ctx, root, o, listen)
	}
}

// remember gives plans their digest, and keeps what each of them would do.
func remember(plans []*deploy.Plan) string {
	digest := digestOf(plans)
	for _, p := range plans {
		p.Remember(digest)
	}
	return digest
}

// digestOf stands for all that plans would do.
func digestOf(plans []*deploy.Plan) string {
	byRoot := map[string]report.Plan{}
	for _, p := range plans {
		byRoot[p.Root.Name] = p.Plan
	}
	return report.Digest(byRoot)
}
