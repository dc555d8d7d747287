package main

import (
	"context"
	"slices"

	"tfgen/internal/deploy"
	"tfgen/internal/deploy/report"
	"tfgen/internal/operate/existing"
)

// takeOver looks up what plans would create. What is there already and this
// project's own, as after a run that was cut off, is planned once more, to be
// imported; what is somebody else's is an error. The plans that it returns take
// the place of those that it got, also after an error.
//
// What an import makes known may identify more that is there: a load balancer
// its listeners, a security group its rules. So it looks until it finds nothing.
// Allow says whether what was found may be taken over.
func (a *app) takeOver(ctx context.Context, s *stage, plans []*deploy.Plan, o deploy.PlanOptions, allow func([]existing.Thing) error) ([]*deploy.Plan, error) {
	imports, all := map[string][]deploy.Import{}, []existing.Thing(nil)
	for {
		found, err := a.there(ctx, s, plans)
		if err == nil && len(found) == 0 && len(all) > 0 {
			a.note(left(all))
		}
		if err != nil || len(found) == 0 {
			return plans, err
		}
		if err := strangers(found, s.spec.Project.Region); err != nil {
			return plans, err
		}
		if err := allow(found); err != nil {
			return plans, err
		}
		for _, thing := range found {
			imports[thing.Root] = append(imports[thing.Root], deploy.Import{Address: thing.Address, ID: thing.ID})
		}
		all = append(all, found...)
		if plans, err = a.importing(ctx, s, plans, o, imports); err != nil {
			return plans, err
		}
	}
}

// importing plans the roots anew that import something more than their plans do.
func (a *app) importing(ctx context.Context, s *stage, plans []*deploy.Plan, o deploy.PlanOptions, imports map[string][]deploy.Import) ([]*deploy.Plan, error) {
	stale := func(p *deploy.Plan) bool { return len(imports[p.Root.Name]) > p.Counts.Import }
	again := *s
	again.roots = nil
	for _, p := range plans {
		if stale(p) {
			again.roots = append(again.roots, p.Root)
		}
	}
	a.closeAll(slices.DeleteFunc(slices.Clone(plans), func(p *deploy.Plan) bool { return !stale(p) }))
	plans = slices.DeleteFunc(plans, stale)
	anew, err := a.plans(ctx, &again, "Planning", func(ctx context.Context, root deploy.Root, listen func(report.Event)) (*deploy.Plan, error) {
		o := o
		o.Imports = imports[root.Name]
		return s.terraform.NewPlan(ctx, root, o, listen)
	})
	plans = append(plans, anew...)
	slices.SortFunc(plans, func(p, q *deploy.Plan) int { return s.place(p.Root) - s.place(q.Root) })
	return plans, err
}

// place is a root's place among those of the stage.
func (s *stage) place(root deploy.Root) int { return slices.Index(s.roots, root) }
