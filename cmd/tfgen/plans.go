package main

import (
	"context"
	"fmt"
	"strings"

	"tfgen/internal/deploy"
	"tfgen/internal/deploy/report"
	"tfgen/internal/terminal"
)

// A planner makes the plan of one root.
type planner func(context.Context, deploy.Root, func(report.Event)) (*deploy.Plan, error)

// plans plans every root, side by side. Close them with closeAll. Those that
// could be planned are returned also where others failed.
func (a *app) plans(ctx context.Context, s *stage, verb string, plan planner) ([]*deploy.Plan, error) {
	listen, done := a.progress(verb, tasks(s.roots))
	defer done()
	plans, err := deploy.Each(ctx, s.terraform, s.roots, func(ctx context.Context, root deploy.Root) (*deploy.Plan, error) {
		if err := s.terraform.CheckErrored(root); err != nil {
			return nil, err
		}
		return plan(ctx, root, listen)
	})
	return planned(plans), err
}

// planned drops the plans that there are not.
func planned(plans []*deploy.Plan) (some []*deploy.Plan) {
	for _, p := range plans {
		if p != nil {
			some = append(some, p)
		}
	}
	return some
}

// closeAll removes saved plans. One that stays may hold secrets.
func (a *app) closeAll(plans []*deploy.Plan) {
	for _, p := range plans {
		if err := p.Close(); err != nil {
			a.warn("a saved plan, which may hold secrets, could not be removed: " + err.Error())
		}
	}
}

func tasks(roots []deploy.Root) (all []terminal.Task) {
	for _, r := range roots {
		all = append(all, terminal.Task{Root: r.Name})
	}
	return all
}

// showPlans shows what would change, a block a root, and returns the plans that
// change something. What would not change at all is said on one line.
func (a *app) showPlans(s *stage, plans []*deploy.Plan, destroy bool) (todo []*deploy.Plan) {
	var same []string
	for _, p := range plans {
		switch {
		case a.flags.json:
			_ = a.lines().Plan(p.Root.Name, p.Plan) // stdout remembers its errors
		case p.Empty:
			same = append(same, p.Root.Name)
		default:
			a.showPlan(s, p, len(todo) > 0)
		}
		if !p.Empty {
			todo = append(todo, p)
		}
	}
	if len(same) > 0 {
		a.showSame(same, len(todo) > 0, destroy)
	}
	return todo
}

// showPlan shows one plan that changes something, and what Terraform warned of.
func (a *app) showPlan(s *stage, p *deploy.Plan, below bool) {
	if below {
		fmt.Fprintln(a.out)
	}
	fmt.Fprint(a.out, a.style(a.out).Plan(p.Root.Name, s.facts(p.Root), p.Plan))
	fmt.Fprint(a.err, a.style(a.err).Diagnostics(p.Diagnostics))
}

// showSame names the roots that stay as they are.
func (a *app) showSame(names []string, below, destroy bool) {
	if below {
		fmt.Fprintln(a.out)
	}
	style, all := a.style(a.out), strings.Join(names, ", ")
	if destroy {
		fmt.Fprint(a.out, style.Head(all, "No changes. There is nothing to destroy."))
		return
	}
	fmt.Fprint(a.out, style.Plan(all, nil, report.Plan{Empty: true}))
}
