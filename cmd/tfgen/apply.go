package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"tfgen/internal/deploy"
	"tfgen/internal/deploy/report"
	"tfgen/internal/terminal"
)

type applyOptions struct {
	env         string
	autoApprove bool
	json        bool
	remove      []string
	destroy     bool
}

func (a *app) applyCommand() *cobra.Command {
	var o applyOptions
	cmd := &cobra.Command{
		Use:   "apply",
		Short: "Plan, ask, and make the changes of that plan",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.apply(cmd.Context(), o) },
	}
	o.addFlags(cmd)
	cmd.Flags().StringArrayVar(&o.remove, "remove", nil, "address of a repository, registry or bucket that may be removed; can be given several times")
	return cmd
}

func (o *applyOptions) addFlags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&o.env, "env", "", "the one environment to change; delivery is one")
	cmd.Flags().BoolVar(&o.autoApprove, "auto-approve", false, "do not ask")
	cmd.Flags().BoolVar(&o.json, "json", false, "print what happens as JSON, an object a line")
}

func (a *app) apply(ctx context.Context, o applyOptions) error {
	if err := a.mayProceed(o); err != nil {
		return err
	}
	s, err := a.stage(ctx, o.env)
	if err != nil {
		return err
	}
	plans, err := a.plans(ctx, s, deploy.PlanOptions{})
	defer closeAll(plans)
	if err != nil {
		return err
	}
	return a.carryOut(ctx, s, plans, o)
}

// carryOut shows plans, asks, applies exactly them, and says what to do next.
func (a *app) carryOut(ctx context.Context, s *stage, plans []*deploy.Plan, o applyOptions) error {
	var todo []*deploy.Plan
	for _, p := range plans {
		if err := a.showPlan(s, p, o.json); err != nil {
			return err
		}
		if !p.Empty {
			todo = append(todo, p)
		}
	}
	if len(todo) == 0 {
		return nil
	}
	if err := o.guard(todo); err != nil {
		return err
	}
	if err := a.confirm(s, o); err != nil {
		return err
	}
	if o.destroy {
		return a.destroyAll(ctx, s, todo, o)
	}
	if err := a.applyAll(ctx, s, todo, o); err != nil {
		return err
	}
	return a.next(ctx, s, o)
}

// mayProceed ends a run that would have to ask where there is nobody, before
// any work.
func (a *app) mayProceed(o applyOptions) error {
	if o.autoApprove || a.canAsk() {
		return nil
	}
	return errors.New("there is nobody to ask: give -auto-approve to go ahead without a question, or run tfgen plan")
}

// guard refuses to remove what holds data unless each is named.
func (o applyOptions) guard(plans []*deploy.Plan) error {
	if o.destroy {
		return nil
	}
	var flags []string
	for _, p := range plans {
		for _, c := range p.Destructive() {
			if stateful(c) && !slices.Contains(o.remove, c.Address) {
				flags = append(flags, fmt.Sprintf("-remove='%s'", c.Address))
			}
		}
	}
	if flags == nil {
		return nil
	}
	return fmt.Errorf("the plan removes what holds data, and nothing brings it back. If that is meant, say so:\n  tfgen apply %s", strings.Join(flags, " "))
}

// confirm asks. Only yes is yes.
func (a *app) confirm(s *stage, o applyOptions) error {
	if o.autoApprove {
		return nil
	}
	what := "Shall tfgen make these changes?"
	if o.destroy {
		what = "Shall tfgen remove all of this, with the images, artifacts and logs in it?"
	}
	fmt.Fprintf(a.err, "\n%s Only yes is taken for yes: ", what)
	answer, err := a.readLine()
	if err != nil {
		return err
	}
	if answer != "yes" {
		fmt.Fprintln(a.err, "Nothing was changed.")
		return exitCode(1)
	}
	return nil
}

// readLine reads an answer, unless a signal comes first.
func (a *app) readLine() (string, error) {
	type line struct {
		text string
		err  error
	}
	read := make(chan line, 1)
	go func() {
		text, err := bufio.NewReader(a.in).ReadString('\n')
		read <- line{strings.TrimSpace(text), err}
	}()
	select {
	case l := <-read:
		if l.err != nil && l.text == "" {
			return "", nil // The end of the input is no yes.
		}
		return l.text, nil
	case signal := <-a.signals:
		return "", &deploy.Interrupted{Signal: signal}
	}
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
	progress, done := a.progress(verb, all)
	var results []*report.Result
	err := a.interruptible(ctx, progress, func(ctx context.Context) (err error) {
		results, err = deploy.Each(ctx, s.terraform, plans, func(ctx context.Context, p *deploy.Plan) (*report.Result, error) {
			return p.Apply(ctx, progress.Event)
		})
		return err
	})
	done()
	return errors.Join(err, a.showResults(results, err != nil, o.json))
}

func (a *app) showResults(results []*report.Result, failed, asJSON bool) error {
	for _, r := range results {
		if r == nil {
			continue
		}
		if asJSON {
			if err := a.jsonLines().Result(*r, failed); err != nil {
				return err
			}
			continue
		}
		fmt.Fprint(a.err, a.style(a.err).Result(*r, failed))
	}
	return nil
}
