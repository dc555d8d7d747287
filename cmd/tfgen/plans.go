package main

import (
	"context"
	"fmt"
	"slices"
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
	plans = planned(plans)
	a.attribute(ctx, s, plans)
	return plans, err
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

// changing drops the plans that change nothing.
func changing(plans []*deploy.Plan) []*deploy.Plan {
	return slices.DeleteFunc(slices.Clone(plans), func(p *deploy.Plan) bool { return p.Empty })
}

// sections are plans as they are shown, each with facts about its root.
func (s *stage) sections(plans []*deploy.Plan) (all []terminal.Section) {
	for _, p := range plans {
		all = append(all, terminal.Section{Root: p.Root.Name, Facts: s.facts(p.Root), Plan: p.Plan})
	}
	return all
}

// showPlans shows what would change, a block a root. Where there is nothing to
// say is said on one line.
func (a *app) showPlans(sections []terminal.Section, destroy bool) {
	var same []string
	var warned []report.Diagnostic // of roots that do not change
	below := false
	for _, section := range sections {
		switch {
		case a.flags.json:
			_ = a.lines().Plan(section.Root, section.Plan) // stdout remembers its errors
		case section.Plan.Silent():
			same = append(same, section.Root)
			warned = append(warned, section.Plan.Diagnostics...)
		default:
			a.showPlan(section, below)
			below = true
		}
	}
	if len(same) > 0 {
		a.showSame(same, below, destroy)
	}
	fmt.Fprint(a.err, a.style(a.err).Diagnostics(warned))
}

// showPlan shows one plan that there is something to say of, and what Terraform warned of.
func (a *app) showPlan(section terminal.Section, below bool) {
	if below {
		fmt.Fprintln(a.out)
	}
	fmt.Fprint(a.out, a.style(a.out).Plan(section.Root, section.Facts, section.Plan))
	fmt.Fprint(a.err, a.style(a.err).Diagnostics(section.Plan.Diagnostics))
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
