package rehearsal

import (
	"context"
	"fmt"
	"slices"

	"tfgen/generator/spec"
)

// retry builds and deploys the same commit once more.
func (w *world) retry(ctx context.Context) error {
	if !slices.ContainsFunc(w.spec.Services, func(s *spec.Service) bool { return s.Image.Immutable }) {
		w.prove("a retry of the same commit succeeds")
	}
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
	switch {
	case w.undeployed() != nil:
		w.prove("the next commit is built as well")
	case !slices.ContainsFunc(w.deployed(), tagged):
		w.prove("the next commit is built and deployed, under the same tag")
	}
	w.commit = w.commit.child()
	return w.again(ctx, func(s *spec.Service, was, is string) error {
		if was == is && tagged(s) {
			return fmt.Errorf("the next commit did not change the image of %s: it is still %s", s.Name, is)
		}
		return nil
	})
}

// tagged reports whether each commit's image of a service has a tag of its own.
func tagged(s *spec.Service) bool { return s.Image.Tag == "commit" }

// again runs the pipelines, and compares the images of the services that they
// deploy.
func (w *world) again(ctx context.Context, compare func(s *spec.Service, was, is string) error) error {
	before, err := w.live(ctx)
	if err != nil {
		return err
	}
	for _, run := range []func(context.Context) error{w.source, w.build, w.deploy} {
		if err := run(ctx); err != nil && (!isIdle(err) || len(w.pipelines) == 0) {
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

// rollback makes each service use the revision of the run before, as a person
// or the circuit breaker would, and applies.
func (w *world) rollback(ctx context.Context) error {
	if err := w.undeployed(); err != nil {
		return err
	}
	if !slices.ContainsFunc(w.deployed(), tagged) {
		return idle("each image has the same tag, so that there is no other one to go back to")
	}
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
	return w.settle(ctx)
}
