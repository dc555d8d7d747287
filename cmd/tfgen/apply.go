package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"tfgen/internal/deploy"
	"tfgen/internal/deploy/report"
	"tfgen/internal/terminal"
)

type applyOptions struct {
	env         string
	autoApprove bool
	remove      []string
	destroy     bool
}

func (a *app) applyCommand() *cobra.Command {
	var o applyOptions
	cmd := &cobra.Command{
		Use:   "apply",
		Short: "Plan, ask, and make the changes of that plan",
		Example: `  tfgen apply
  tfgen apply -env=production -auto-approve`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.apply(cmd.Context(), o) },
	}
	a.applyFlags(cmd, &o, "change")
	cmd.Flags().StringArrayVar(&o.remove, "remove", nil, "let the repository, registry, bucket or secret at `ADDRESS` be removed; may be repeated")
	return cmd
}

func (a *app) applyFlags(cmd *cobra.Command, o *applyOptions, one string) {
	a.envFlag(cmd, &o.env, one)
	a.jsonFlag(cmd)
	cmd.Flags().BoolVar(&o.autoApprove, "auto-approve", false, "do not ask")
}

func (a *app) apply(ctx context.Context, o applyOptions) error {
	if err := a.mayProceed(o); err != nil {
		return err
	}
	s, err := a.stage(ctx, o.env)
	if err != nil {
		return err
	}
	plans, err := a.plans(ctx, s, "Planning", s.planner(deploy.PlanOptions{}))
	defer a.closeAll(plans)
	if err != nil {
		return err
	}
	todo := a.showPlans(s, plans, false)
	if len(todo) == 0 {
		return nil
	}
	if err := o.guard(todo); err != nil {
		return err
	}
	if err := a.confirm(ctx, o); err != nil {
		return err
	}
	if err := a.applyAll(ctx, s, todo, o); err != nil {
		return err
	}
	return a.next(ctx, s, todo)
}

// applyAll applies plans side by side and shows how it goes and what was done.
func (a *app) applyAll(ctx context.Context, s *stage, plans []*deploy.Plan, o applyOptions) error {
	verb := "Applying"
	if o.destroy {
		verb = "Destroying"
	}
	var all []terminal.Task
	for _, p := range plans {
		all = append(all, terminal.Task{Root: p.Root.Name, Total: p.Counts.Total()})
	}
	listen, done := a.progress(verb, all)
	outcomes, err := deploy.Each(ctx, s.terraform, plans, func(ctx context.Context, p *deploy.Plan) (outcome, error) {
		result, err := p.Apply(ctx, listen)
		return outcome{result, err != nil}, err
	})
	done()
	if !a.flags.json {
		fmt.Fprintln(a.out)
	}
	for _, out := range outcomes {
		a.showResult(out, o)
	}
	return err
}

// An outcome is how the apply of one root ended.
type outcome struct {
	*report.Result
	failed bool
}

// showResult says what was done. What went well is a result, the rest is not.
func (a *app) showResult(out outcome, o applyOptions) {
	to := a.out
	if out.failed {
		to = a.err
	}
	if a.flags.json {
		_ = a.lines().Result(*out.Result, out.failed) // stdout remembers its errors
		return
	}
	say := a.style(to).Result
	if o.destroy {
		say = a.style(to).Destroyed
	}
	fmt.Fprint(to, say(*out.Result, out.failed))
}
