package rehearsal

import (
	"context"
	"fmt"
	"slices"

	"tfgen/generator/spec"
	"tfgen/internal/operate"
)

// added is the variable that the rehearsal adds to every service.
const added = "TFGEN_REHEARSAL"

// change changes every service in the spec and what is around it, applies that
// at once, and looks whether the change has arrived and the image has stayed.
func (w *world) change(ctx context.Context) error {
	if err := w.changeable(); err != nil {
		return err
	}
	before, err := w.live(ctx)
	if err != nil {
		return err
	}
	notes, err := w.alterAll(ctx)
	if err != nil {
		return err
	}
	for _, note := range notes {
		w.note("%s", note)
	}
	if err := w.applyRoots(ctx, w.runtimes(), w.noteRolls); err != nil {
		return err
	}
	after, err := w.live(ctx)
	if err != nil {
		return err
	}
	for _, s := range w.spec.Services {
		if err := arrived(s, before[s.Label], after[s.Label]); err != nil {
			return fmt.Errorf("service %s: %w", s.Name, err)
		}
	}
	return w.settle(ctx)
}

// changeable is why no service can be changed, or nil.
func (w *world) changeable() error {
	if err := w.unserved(); err != nil {
		return err
	}
	if !slices.ContainsFunc(w.spec.Services, ours) {
		return idle("the spec leaves each task definition to the pipeline")
	}
	return nil
}

// alterAll changes the spec and the code, and says how.
func (w *world) alterAll(ctx context.Context) ([]string, error) {
	notes, err := w.alterSpec(ctx)
	if err != nil {
		return nil, err
	}
	reason, err := w.regenerate(ctx)
	if err == nil && reason != "" {
		err = idle(reason)
	}
	return notes, err
}

// alterSpec plays in one change what people change first: sizes, variables,
// ports and counts, a certificate, a tag, and one more service.
func (w *world) alterSpec(ctx context.Context) (notes []string, err error) {
	for _, s := range w.spec.Services {
		notes = append(notes, alter(s))
	}
	for _, balancer := range w.spec.LoadBalancers {
		note, err := w.encrypt(ctx, balancer)
		if err != nil {
			return nil, err
		}
		notes = append(notes, note)
	}
	note, err := addService(w.spec)
	return append(notes, note, tag(w.spec)), err
}

// ours reports whether Terraform registers new revisions of a service's task
// definition.
func ours(s *spec.Service) bool { return s.Owner != "pipeline" }

// arrived compares a service before and after a change.
func arrived(s *spec.Service, before, after *operate.Service) error {
	if !ours(s) || before == nil || after == nil {
		return nil
	}
	if was, is := before.Image(s.Label), after.Image(s.Label); was != is {
		return fmt.Errorf("the change brought another image with it: %s → %s", was, is)
	}
	if !sized(s, after.CPU, after.Memory) {
		return fmt.Errorf("the service still runs with %s CPU units and %s MiB instead of %d and %d", after.CPU, after.Memory, s.CPU, s.Memory)
	}
	for _, c := range after.Containers {
		if c.Name == s.Label && c.Environment[added] == "" {
			return fmt.Errorf("the new variable %s has not arrived", added)
		}
	}
	return nil
}

// live looks at every service, by its label.
func (w *world) live(ctx context.Context) (map[string]*operate.Service, error) {
	all := map[string]*operate.Service{}
	if w.spec.Cluster == nil {
		return all, nil
	}
	for _, s := range w.spec.Services {
		found, err := w.admin.Service(ctx, w.spec.Cluster.Name, s.Name)
		if err != nil {
			return nil, err
		}
		all[s.Label] = found
	}
	return all, nil
}
