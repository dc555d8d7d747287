package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"tfgen/internal/deploy"
	"tfgen/internal/deploy/report"
	"tfgen/internal/operate/existing"
	"tfgen/internal/terminal"
)

type applyOptions struct {
	env         string
	autoApprove bool
	takeOver    bool   // what was left behind by a run that was cut off, without a question
	expect      string // the digest of the plan that was reviewed
	file        string // that keeps the plan that was reviewed
	kept        []byte // what is in the file
	anew        string // the command that makes such a file again
	remove      []string
	destroy     bool
}

// reviewed reports whether what is applied was looked at before: then there is
// nothing to ask.
func (o applyOptions) reviewed() bool { return o.autoApprove || o.expect != "" || o.file != "" }

func (a *app) applyCommand() *cobra.Command {
	var o applyOptions
	cmd := &cobra.Command{
		Use:   "apply [PLANFILE]",
		Short: "Plan, ask, and make the changes of that plan, or those of a plan that was kept",
		Example: `  tfgen apply
  tfgen apply -env=production -auto-approve
  tfgen apply shop.tfplan`,
		Args: atMostOne,
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.expect != "" && !report.IsDigest(o.expect) {
				return usagef(cmd, "-expect takes the digest that tfgen plan prints: sha256: and 64 hexadecimal digits")
			}
			if len(args) == 1 {
				o.file = args[0]
				return a.applyKept(cmd.Context(), o)
			}
			return a.apply(cmd.Context(), o)
		},
	}
	a.applyFlags(cmd, &o, "change")
	cmd.Long = "Plan, ask, and make the changes of that plan. With a PLANFILE, which tfgen plan -out wrote, apply exactly that without a question,\n" +
		"unless what it was made from has moved since; it is removed then"
	cmd.Flags().BoolVar(&o.takeOver, "take-over", false, "with -auto-approve: take over what this project made and its state does not know, as after a run that was cut off")
	cmd.Flags().StringVar(&o.expect, "expect", "", "apply only if the plan has the `DIGEST` that tfgen plan printed, and do not ask")
	cmd.Flags().StringArrayVar(&o.remove, "remove", nil, "let the repository, registry, bucket, log group, parameter or secret at `ADDRESS` be removed or replaced; may be repeated")
	return cmd
}

func (a *app) applyFlags(cmd *cobra.Command, o *applyOptions, one string) {
	a.envFlag(cmd, &o.env, one)
	a.jsonFlag(cmd)
	a.lockFlag(cmd)
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
	if err := s.needPlanned(); err != nil {
		return err
	}
	plan := deploy.PlanOptions{Digest: o.expect != "", Resume: true}
	plans, err := a.plans(ctx, s, "Planning", s.planner(plan))
	if err == nil {
		plans, err = a.takeOver(ctx, s, plans, plan, func(found []existing.Thing) error { return a.mayTakeOver(found, o) })
	}
	defer a.closeAll(plans)
	if err != nil {
		return err
	}
	a.showPlans(s.sections(plans), false)
	if err := o.expected(plans); err != nil {
		return err
	}
	return a.applyShown(ctx, s, changing(plans), o)
}

// applyShown asks where nobody has looked yet, and applies plans.
func (a *app) applyShown(ctx context.Context, s *stage, plans []*deploy.Plan, o applyOptions) error {
	if len(plans) == 0 {
		a.dropKept(o)
		return nil
	}
	if err := errors.Join(a.guard(plans, o), s.needWritten(plans)); err != nil {
		return err
	}
	if err := a.confirm(ctx, o); err != nil {
		return err
	}
	// A question may have waited for hours, and a pipeline does not.
	if !o.reviewed() {
		if moved, err := a.liveMoved(ctx, s, plans); err != nil || moved != nil {
			return errors.Join(err, noLonger("the plan that was shown", moved, a.applyAgain(o, nil)))
		}
	}
	outcomes, err := a.applyAll(ctx, s, plans, o)
	if err != nil {
		return errors.Join(err, a.unfinished(outcomes, o))
	}
	a.dropKept(o)
	return a.next(ctx, s, plans, outcomes)
}

// applyAll applies plans side by side and shows how it goes and what was done.
func (a *app) applyAll(ctx context.Context, s *stage, plans []*deploy.Plan, o applyOptions) ([]outcome, error) {
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
	return outcomes, err
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
