package rehearsal

import (
	"context"
	"fmt"

	"tfgen/generator/spec"
)

// retry builds and deploys the same commit once more.
func (w *world) retry(ctx context.Context) error {
	return w.again(ctx, func(s *spec.Service, was, is string) error {
		if was != is {
			return fmt.Errorf("a retry of the same commit changed the image of %s: %s → %s", s.Name, was, is)
		}
		return nil
	})
}

// next builds and deploys another commit.
func (w *world) next(ctx context.Context) error {
	before, err := w.live(ctx)
	if err != nil {
		return err
	}
	for label, s := range before {
		w.first[label] = s.TaskDefinition
	}
	w.commit = w.commit.child()
	return w.again(ctx, func(s *spec.Service, was, is string) error {
		if was == is && s.Image.Tag == "commit" {
			return fmt.Errorf("the next commit did not change the image of %s: it is still %s", s.Name, is)
		}
		return nil
	})
}

// again runs the pipelines, and compares the images of the services that they
// deploy.
func (w *world) again(ctx context.Context, compare func(s *spec.Service, was, is string) error) error {
	before, err := w.live(ctx)
	if err != nil {
		return err
	}
	for _, run := range []func(context.Context) error{w.source, w.build, w.deploy} {
		if err := run(ctx); err != nil {
			return err
		}
	}
	after, err := w.live(ctx)
	if err != nil {
		return err
	}
	for _, s := range w.deployed() {
		if err := compare(s, before[s.Label].Image(s.Label), after[s.Label].Image(s.Label)); err != nil {
			return err
		}
	}
	return nil
}

// deployed are the services that a pipeline deploys.
func (w *world) deployed() []*spec.Service {
	var some []*spec.Service
	for _, s := range w.spec.Services {
		if w.spec.Cluster != nil && s.Pipeline != nil && s.Pipeline.Deploy {
			some = append(some, s)
		}
	}
	return some
}

// rollback makes each service use the revision of the run before, as a person
// or the circuit breaker would, and applies.
func (w *world) rollback(ctx context.Context) error {
	good := map[string]string{}
	for _, s := range w.deployed() {
		if err := w.admin.Roll(ctx, w.spec.Cluster.Name, s.Name, w.first[s.Label]); err != nil {
			return err
		}
		live, err := w.admin.Service(ctx, w.spec.Cluster.Name, s.Name)
		if err != nil {
			return err
		}
		good[s.Label] = live.Image(s.Label)
		w.note("%s is back on %s with %s", s.Name, live.Revision(), afterSlash(good[s.Label]))
	}
	if err := w.applyRoots(ctx, w.runtimes(), nil); err != nil {
		return err
	}
	after, err := w.live(ctx)
	if err != nil {
		return err
	}
	for _, s := range w.deployed() {
		if is := after[s.Label].Image(s.Label); is != good[s.Label] {
			return fmt.Errorf("apply undid the rollback of %s: %s → %s", s.Name, good[s.Label], is)
		}
	}
	return w.settled(ctx)
}
