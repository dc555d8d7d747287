//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// A pair is the two sides: on one works Terraform alone, on the other tfgen.
type pair struct{ alone, driven *side }

func newPair(ctx context.Context, tfgen, dir string) (pair, error) {
	alone, err := newSide(ctx, tfgen, filepath.Join(dir, "alone"))
	if err != nil {
		return pair{}, err
	}
	driven, err := newSide(ctx, tfgen, filepath.Join(dir, "driven"))
	if err != nil {
		return pair{}, errors.Join(err, alone.server.Stop())
	}
	return pair{alone, driven}, nil
}

func (p pair) stop() error { return errors.Join(p.alone.server.Stop(), p.driven.server.Stop()) }

// A task is a piece of work: how each side does it, and how often they do it
// in turns. Change, a text of the spec and another, is made before.
type task struct {
	name   string
	times  int
	change [2]string
	alone  [][]string // commands of Terraform, for each root
	driven []string   // the command of tfgen, for all roots
}

// tasks are the life of a project. Terraform alone makes, of what it plans, a
// plan that can be applied, as tfgen does; and its init is the one of whoever
// cannot know whether it is needed, such as a pipeline.
func tasks() []task {
	init, plan := []string{"init"}, []string{"plan", "-out=plan"}
	return []task{
		{"first apply", 1, [2]string{}, [][]string{init, plan, {"apply", "plan"}}, []string{"apply", "-auto-approve"}},
		{"plan again", 3, [2]string{}, [][]string{init, plan}, []string{"plan"}},
		{"plan of a change", 2, [2]string{"port = 80", "port = 80\n  memory = 1024"}, [][]string{init, plan}, []string{"plan"}},
		{"destroy", 1, [2]string{}, [][]string{
			{"apply", "-auto-approve", "-var=force_destroy=true"},
			{"destroy", "-auto-approve", "-var=force_destroy=true"},
		}, []string{"destroy", "-auto-approve"}},
	}
}

// A row is what a task took: the sums of all turns.
type row struct {
	task
	alone, driven counted
}

// counted is a usage with what was started.
type counted struct {
	usage
	terraform, providers int
}

func (p pair) compare(ctx context.Context) (rows []row, err error) {
	for _, s := range []*side{p.alone, p.driven} {
		if _, err := s.ours(ctx, "generate"); err != nil {
			return nil, err
		}
		if err := os.WriteFile(s.log(), nil, 0o644); err != nil {
			return nil, err
		}
	}
	for _, t := range tasks() {
		r, err := p.do(ctx, t)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", t.name, err)
		}
		rows = append(rows, r)
	}
	return rows, nil
}

// do does a task on both sides, in turns.
func (p pair) do(ctx context.Context, t task) (row, error) {
	r := row{task: t}
	if t.change[0] != "" {
		if err := errors.Join(p.alone.edit(ctx, t.change[0], t.change[1]), p.driven.edit(ctx, t.change[0], t.change[1])); err != nil {
			return r, err
		}
	}
	for range t.times {
		alone, err := p.alone.raw(ctx, t.alone...)
		if err != nil {
			return r, err
		}
		driven, err := p.driven.ours(ctx, t.driven...)
		if err != nil {
			return r, err
		}
		r.alone.usage, r.driven.usage = r.alone.plus(alone), r.driven.plus(driven)
	}
	var err, drivenErr error
	r.alone.terraform, r.alone.providers, err = p.alone.starts()
	r.driven.terraform, r.driven.providers, drivenErr = p.driven.starts()
	return r, errors.Join(err, drivenErr)
}
