package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"tfgen/internal/deploy"
	"tfgen/internal/deploy/bundle"
	"tfgen/internal/operate"
)

// unmoved refuses plans whose states, account or live images are no longer
// those that they were made from.
func (a *app) unmoved(ctx context.Context, s *stage, plans []*deploy.Plan, b *bundle.Bundle, o applyOptions) error {
	var moved []string
	for _, look := range []func(context.Context, *stage, []*deploy.Plan) ([]string, error){
		a.statesMoved, a.accountMoved, a.liveMoved,
	} {
		said, err := look(ctx, s, plans)
		if err != nil {
			return err
		}
		moved = append(moved, said...)
	}
	return noLonger(o.file, moved, b.Command)
}

// noLonger is the error of a plan that what has moved makes void, or nil.
func noLonger(plan string, moved []string, command string) error {
	if len(moved) == 0 {
		return nil
	}
	return fmt.Errorf("%s is out of date, and nothing was applied:\n%s\nMake a new plan: %s", plan, strings.Join(moved, "\n"), command)
}

// statesMoved says which roots' states were written since their plans were made.
func (a *app) statesMoved(ctx context.Context, s *stage, plans []*deploy.Plan) ([]string, error) {
	said, err := deploy.Each(ctx, s.terraform, plans, func(ctx context.Context, p *deploy.Plan) (string, error) {
		basis, err := p.Basis()
		if err != nil {
			return "", err
		}
		now, err := s.terraform.Position(ctx, p.Root)
		if err != nil {
			return "", err
		}
		return stateMoved(p.Root.Name, basis.Position, now), nil
	})
	return notEmpty(said), err
}

func stateMoved(root string, was, now deploy.Position) string {
	switch {
	case was == now:
		return ""
	case was.Lineage == "":
		return fmt.Sprintf("the state of %s was made since", root)
	case now.Lineage == "":
		return fmt.Sprintf("the state of %s is gone", root)
	case was.Lineage != now.Lineage:
		return fmt.Sprintf("the state of %s is another one (lineage %s, not %s)", root, now.Lineage, was.Lineage)
	}
	return fmt.Sprintf("the state of %s was written since (serial %d, then %d)", root, was.Serial, now.Serial)
}

// accountMoved says whether the credentials are those of another account than
// the plans were made in.
func (a *app) accountMoved(ctx context.Context, s *stage, plans []*deploy.Plan) ([]string, error) {
	for _, p := range plans {
		basis, err := p.Basis()
		switch {
		case err != nil:
			return nil, err
		case basis.Account == "":
			continue
		}
		_, account, err := s.aws(ctx)
		switch {
		case err != nil:
			return nil, stillHolds(p, err)
		case account != basis.Account:
			return []string{fmt.Sprintf("it is a plan for the account %s, and the credentials are those of %s", basis.Account, account)}, nil
		}
	}
	return nil, nil
}

// liveMoved says which services are gone, or run another image than when the
// plans were made: what a pipeline deployed meanwhile, an apply would take back.
func (a *app) liveMoved(ctx context.Context, s *stage, plans []*deploy.Plan) (said []string, err error) {
	for _, p := range plans {
		basis, err := p.Basis()
		switch {
		case errors.Is(err, deploy.ErrSealed):
			a.warn(fmt.Sprintf("the plan of %s is encrypted: whether a pipeline deploys meanwhile cannot be seen.", p.Root.Name))
			continue
		case err != nil:
			return nil, err
		case len(basis.Live) == 0:
			continue
		}
		aws, account, err := s.aws(ctx)
		switch {
		case err != nil:
			return nil, stillHolds(p, err)
		case basis.Account != "" && account != basis.Account: // The provider takes a role that the spec does not know.
			a.warn(fmt.Sprintf("%s is in the account %s: whether a pipeline deploys meanwhile cannot be seen with the credentials of %s.", p.Root.Name, basis.Account, account))
			continue
		}
		moved, err := imagesMoved(ctx, aws, basis.Live)
		if err != nil {
			return nil, stillHolds(p, err)
		}
		said = append(said, moved...)
	}
	return said, nil
}

func stillHolds(p *deploy.Plan, err error) error {
	return fmt.Errorf("look whether the plan of %s still holds: %w", p.Root.Name, err)
}

// aws is a client with the credentials that Terraform would find, and their
// account.
func (s *stage) aws(ctx context.Context) (*operate.Client, string, error) {
	client, err := operate.FromEnvironment(ctx, s.spec.Project.Region)
	if err != nil {
		return nil, "", err
	}
	who, err := client.Identity(ctx)
	return client, who.Account, err
}

// imagesMoved compares what ran with what runs.
func imagesMoved(ctx context.Context, aws *operate.Client, live []deploy.Live) (said []string, err error) {
	for _, was := range live {
		now, err := aws.Service(ctx, was.Cluster, was.Service)
		if _, gone := errors.AsType[*operate.NoService](err); gone {
			said = append(said, fmt.Sprintf("%s is gone: there is no active service of that name in the cluster %s", was.Service, was.Cluster))
			continue
		}
		if err != nil {
			return nil, err
		}
		if image := now.Image(was.Container); image != was.Image {
			said = append(said, fmt.Sprintf("%s runs another image: %s was deployed meanwhile, the plan knows %s", was.Service, image, was.Image))
		}
	}
	return said, nil
}

func notEmpty(texts []string) (some []string) {
	for _, text := range texts {
		if text != "" {
			some = append(some, text)
		}
	}
	return some
}
