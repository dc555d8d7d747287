package main

import (
	"context"
	"slices"

	"tfgen/internal/deploy"
	"tfgen/internal/deploy/foreign"
	"tfgen/internal/operate/existing"
)

// attribute finds out whose the rules are that others have added to security
// groups of this project, as another project does whose service is behind the
// load balancer of this one. Where AWS cannot be asked they stay nobody's.
func (a *app) attribute(ctx context.Context, s *stage, plans []*deploy.Plan) {
	groups := foreignGroups(plans)
	if len(groups) == 0 {
		return
	}
	client, _, err := s.aws(ctx)
	if err != nil {
		return
	}
	rules, err := existing.OwnedRules(ctx, client, groups)
	if err != nil {
		return
	}
	owners := map[[2]string]string{}
	for _, r := range rules {
		if owner := s.otherOwner(r); owner != "" {
			owners[[2]string{r.Group, foreign.Rule(r.Group, r.Egress, r.Protocol, r.From, r.To, r.Peer)}] = owner
		}
	}
	for _, p := range plans {
		p.Attribute(func(group, what string) string { return owners[[2]string{group, what}] })
	}
}

// foreignGroups are the IDs of the security groups that others added to.
func foreignGroups(plans []*deploy.Plan) (ids []string) {
	for _, p := range plans {
		for _, c := range p.Drift {
			if c.Foreign && c.Group != "" {
				ids = append(ids, c.Group)
			}
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// otherOwner says whose a rule is, or "" where its tags are this project's own:
// then it is in no state, and nobody knows who made it.
func (s *stage) otherOwner(r existing.Rule) string {
	switch {
	case r.Project != s.spec.Project.Name:
		return "the project " + r.Project
	case r.Environment != s.spec.Environment.Name:
		return "the environment " + r.Environment
	}
	return ""
}
