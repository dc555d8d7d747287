package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"tfgen/internal/deploy"
	"tfgen/internal/deploy/report"
	"tfgen/internal/operate/existing"
)

// there looks up what plans would create, and no state knows.
func (a *app) there(ctx context.Context, s *stage, plans []*deploy.Plan) ([]existing.Thing, error) {
	wanted, err := wanted(ctx, plans)
	if err != nil || len(wanted) == 0 {
		return nil, err
	}
	client, account, err := s.aws(ctx)
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	if err != nil {
		a.warn("whether what is created is there already was not looked up: " + err.Error())
		return nil, nil
	}
	if other := elsewhere(plans, account); other != "" { // The provider takes a role that the spec does not know.
		a.warn(fmt.Sprintf("whether what is created in the account %s is there already cannot be looked up with the credentials of %s.", other, account))
		return nil, nil
	}
	found, err := existing.Look(ctx, client, wanted)
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	a.warnDenied(found.Denied)
	return found.Things, err
}

// elsewhere is the account of a plan that is not the one of the credentials, or
// "".
func elsewhere(plans []*deploy.Plan, account string) string {
	for _, p := range plans {
		if basis, err := p.Basis(); err == nil && basis.Account != "" && basis.Account != account {
			return basis.Account
		}
	}
	return ""
}

// wanted are the resources that plans create and whose names may be taken.
func wanted(ctx context.Context, plans []*deploy.Plan) (all []existing.Wanted, err error) {
	known := map[string]bool{} // A plan may remove what has the name.
	for _, p := range plans {
		if !slices.ContainsFunc(p.Changes, mayBeThere) {
			continue
		}
		created, has, err := p.Creations(ctx)
		if err != nil {
			return nil, err
		}
		for _, r := range has {
			known[existing.Key(r.Type, r.Values)] = true
		}
		all = append(all, wantedOf(p.Root.Name, created)...)
	}
	return slices.DeleteFunc(all, func(w existing.Wanted) bool {
		key := existing.Key(w.Type, w.Values)
		return key == "" || known[key]
	}), nil
}

// mayBeThere reports whether a change makes something that is looked up.
func mayBeThere(c report.Change) bool {
	return (c.Action == report.Create || c.Action.Replaces()) && slices.Contains(existing.Types(), c.Type)
}

// wantedOf are the creations of a root. What takes no tags of its own belongs to
// whom the others belong to.
func wantedOf(root string, created []report.Creation) (all []existing.Wanted) {
	var owner map[string]string
	for _, c := range created {
		if owner == nil {
			owner = existing.Owner(c.Values)
		}
	}
	for _, c := range created {
		w := existing.Wanted{Root: root, Address: c.Address, Type: c.Type, Values: c.Values, Owner: existing.Owner(c.Values)}
		if w.Owner == nil {
			w.Owner = owner
		}
		all = append(all, w)
	}
	return all
}

// warnDenied says once what could not be looked up.
func (a *app) warnDenied(actions []string) {
	if len(actions) == 0 || a.denied {
		return
	}
	a.denied = true
	a.warn("the AWS credentials may not look whether some of this is there already: " + strings.Join(actions, ", ") + ".\n" +
		"AWS refuses a name that is taken, but not that of a cluster or an event rule: those it changes.")
}
