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
	moved, err := a.statesMoved(ctx, s, plans)
	if err != nil {
		return err
	}
	live, err := a.liveMoved(ctx, s, plans)
	if err != nil {
		return err
	}
	return noLonger(o.file, append(moved, live...), b.Command)
}

// noLonger is the error of a plan that what has moved makes void, or nil.
func noLonger(plan string, moved []string, command string) error {
	if len(moved) == 0 {
		return nil
	}
	return fmt.Errorf("%s does not hold any more, and nothing was applied:\n%s\nPlan anew: %s", plan, strings.Join(moved, "\n"), command)
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

// liveMoved says which services run another image than when the plans were
// made: what a pipeline deployed meanwhile, an apply would take back.
func (a *app) liveMoved(ctx context.Context, s *stage, plans []*deploy.Plan) (said []string, err error) {
	for _, p := range plans {
		basis, err := p.Basis()
		if errors.Is(err, deploy.ErrSealed) {
			a.warn(fmt.Sprintf("the plan of %s is encrypted: whether a pipeline deploys meanwhile cannot be seen.", p.Root.Name))
			continue
		}
		if err != nil {
			return nil, err
		}
		moved, err := s.moved(ctx, basis)
		if err != nil {
			return nil, fmt.Errorf("look whether the plan of %s still holds: %w", p.Root.Name, err)
		}
		said = append(said, moved...)
	}
	return said, nil
}

// moved compares a basis with what AWS says now.
func (s *stage) moved(ctx context.Context, basis deploy.Basis) (said []string, err error) {
	if basis.Account == "" && len(basis.Live) == 0 {
		return nil, nil
	}
	aws, err := operate.FromEnvironment(ctx, s.spec.Project.Region)
	if err != nil {
		return nil, err
	}
	who, err := aws.Identity(ctx)
	switch {
	case err != nil:
		return nil, err
	case basis.Account != "" && who.Account != basis.Account:
		return []string{fmt.Sprintf("it is a plan for the account %s, and the credentials are those of %s", basis.Account, who.Account)}, nil
	}
	for _, was := range basis.Live {
		now, err := aws.Service(ctx, was.Cluster, was.Service)
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
