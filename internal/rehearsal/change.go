package rehearsal

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"tfgen/generator/spec"
	"tfgen/internal/operate"
)

// added is the variable that the rehearsal adds to every service.
const added = "TFGEN_REHEARSAL"

// change changes every service in the spec, applies that, and looks whether
// the change has arrived and the image has stayed.
func (w *world) change(ctx context.Context) error {
	notes, err := w.alterAll(ctx)
	if err != nil {
		return err
	}
	for _, note := range notes {
		w.note("%s", note)
	}
	before, err := w.live(ctx)
	if err != nil {
		return err
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

// alterAll changes the services in the spec and in the code, and says how.
func (w *world) alterAll(ctx context.Context) (notes []string, err error) {
	if err := w.unserved(); err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(w.spec.Services, ours) {
		return nil, idle("the spec leaves each task definition to the pipeline")
	}
	for _, s := range w.spec.Services {
		notes = append(notes, alter(s))
	}
	reason, err := w.regenerate(ctx)
	if err == nil && reason != "" {
		err = idle(reason)
	}
	return notes, err
}

// ours reports whether Terraform registers new revisions of a service's task
// definition.
func ours(s *spec.Service) bool { return s.Owner != "pipeline" }

// alter changes what may differ from one revision to the next, and says how.
func alter(s *spec.Service) string {
	if !ours(s) {
		return s.Name + ": the spec leaves its task definition to the pipeline, so nothing is changed"
	}
	wasCPU, wasMemory := s.CPU, s.Memory
	s.Memory = spec.MoreMemory(s)
	s.CPU = spec.MoreCPU(s, s.Memory)
	if s.Environment == nil {
		s.Environment = map[string]spec.Value{}
	}
	s.Environment[added] = spec.Value{Kind: spec.Literal, Text: "changed"}
	switch {
	case s.CPU > wasCPU:
		return fmt.Sprintf("%s: cpu %d → %d, memory %d → %d, one more variable", s.Name, wasCPU, s.CPU, wasMemory, s.Memory)
	case s.Memory > wasMemory:
		return fmt.Sprintf("%s: memory %d → %d, one more variable", s.Name, wasMemory, s.Memory)
	}
	return s.Name + ": one more variable"
}

// arrived compares a service before and after a change.
func arrived(s *spec.Service, before, after *operate.Service) error {
	if !ours(s) || before == nil || after == nil {
		return nil
	}
	if was, is := before.Image(s.Label), after.Image(s.Label); was != is {
		return fmt.Errorf("the change brought another image with it: %s → %s", was, is)
	}
	if after.CPU != strconv.Itoa(s.CPU) || after.Memory != strconv.Itoa(s.Memory) {
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
