package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"tfgen/generator/spec"
	"tfgen/internal/deploy"
	"tfgen/internal/operate"
	"tfgen/internal/terminal"
)

// planMoves finds the states that are not where the spec says.
func planMoves(ctx context.Context, environ []string, s *stage) (moves []*deploy.Move, err error) {
	for _, root := range s.roots {
		from, moved, err := moved(environ, s.spec, root)
		if err != nil {
			return nil, err
		}
		if !moved {
			continue
		}
		m, err := planMove(ctx, root, from, target(s.spec, root))
		if err != nil {
			return nil, err
		}
		moves = append(moves, m)
	}
	return moves, nil
}

// target is where the spec says that a root's state shall be.
func target(s *spec.Spec, root deploy.Root) deploy.Place {
	state := s.State
	return deploy.Place{Kind: "s3", Bucket: state.Bucket, Key: spec.StateKey(s, root.Name), Region: state.Region, KMSKey: state.KMSKey}
}

// moved says where a root's state was, and whether that is another place than
// now. A file that was never written is no place.
func moved(environ []string, s *spec.Spec, root deploy.Root) (from deploy.Place, moved bool, err error) {
	from, err = deploy.Kept(environ, root)
	if err != nil || from.Kind != "local" {
		return from, from != target(s, root), err
	}
	info, err := os.Stat(from.File)
	if errors.Is(err, fs.ErrNotExist) {
		return from, false, nil
	}
	return from, err == nil && info.Size() > 0, err
}

// elsewhere reports whether any state is not where the spec says.
func (a *app) elsewhere(s *spec.Spec) (bool, error) {
	roots, err := a.roots(s, "")
	if err != nil {
		return false, err
	}
	for _, root := range roots {
		if _, moved, err := moved(a.environ, s, root); moved || err != nil {
			return moved, err
		}
	}
	return false, nil
}

// planMove reads the state at both places.
func planMove(ctx context.Context, root deploy.Root, from, to deploy.Place) (*deploy.Move, error) {
	held, err := readState(ctx, from)
	if err != nil {
		return nil, fmt.Errorf("state of %s: %w", root.Name, err)
	}
	there, err := readState(ctx, to)
	if err != nil {
		return nil, fmt.Errorf("state of %s: %w", root.Name, err)
	}
	return deploy.NewMove(root, from, to, held, there)
}

func readState(ctx context.Context, place deploy.Place) (deploy.Held, error) {
	var raw []byte
	var err error
	switch place.Kind {
	case "local":
		raw, err = os.ReadFile(place.File)
	case "s3":
		raw, err = readObject(ctx, place)
	default:
		err = fmt.Errorf("it is with the backend %q, from which tfgen moves nothing. In the code of before, terraform state pull > FILE gets it; in that of now, terraform init -reconfigure and terraform state push FILE bring it back", place.Kind)
	}
	if err != nil {
		return deploy.Held{}, err
	}
	held, err := deploy.ReadHeld(raw)
	if err != nil {
		return held, fmt.Errorf("%s: %w", place, err)
	}
	return held, nil
}

func readObject(ctx context.Context, place deploy.Place) ([]byte, error) {
	client, err := operate.FromEnvironment(ctx, place.Region)
	if err != nil {
		return nil, err
	}
	return client.ReadObject(ctx, place.Bucket, place.Key)
}

// move takes the states to the bucket, which is there by now. It looks at them
// once more before: while the question stood, somebody else may have been there.
func (a *app) move(ctx context.Context, b *bootstrap) error {
	if len(b.moves) == 0 {
		return nil
	}
	moves, err := planMoves(ctx, a.environ, b.stage)
	if err != nil {
		return err
	}
	var all []terminal.Task
	for _, m := range moves {
		all = append(all, terminal.Task{Root: m.Root.Name})
	}
	_, done := a.progress("Moving the state of", all)
	defer done()
	_, err = deploy.Each(ctx, b.stage.terraform, moves, func(ctx context.Context, m *deploy.Move) (struct{}, error) {
		return struct{}{}, b.stage.terraform.Move(ctx, m)
	})
	return err
}

// journeys says which state goes where, for people.
func (b *bootstrap) journeys() (all []terminal.Setting) {
	for _, m := range b.moves {
		what := fmt.Sprintf("%d resources in %s", len(m.Held.Addresses), m.From)
		if len(m.Held.Addresses) == 1 {
			what = fmt.Sprintf("1 resource in %s", m.From)
		}
		to := m.To.String()
		switch {
		case to == m.From.String():
			to = "the same, with other settings"
		case !m.Copies() && !m.Held.IsEmpty():
			to += ", where it is already"
		}
		all = append(all, terminal.Setting{Name: m.Root.Name, Before: what, After: to})
	}
	return all
}

// leftovers are the commands that remove what Terraform leaves of states that
// were files: an empty one, and what it was before.
func (b *bootstrap) leftovers() (commands []string) {
	for _, m := range b.moves {
		if m.From.Kind != "local" {
			continue
		}
		names := slices.DeleteFunc([]string{m.From.File, m.From.File + ".backup"}, func(name string) bool { return !exists(name) })
		for _, name := range names {
			commands = append(commands, "rm "+shellQuote(name))
		}
	}
	return commands
}
