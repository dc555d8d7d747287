package rehearsal

import (
	"context"
	"fmt"
	"strconv"

	"tfgen/generator/spec"
	"tfgen/internal/operate"
)

// added is the variable that the rehearsal adds to every service.
const added = "TFGEN_REHEARSAL"

// change changes every service in the spec, applies that, and looks whether
// the change has arrived and the image has stayed.
func (w *world) change(ctx context.Context) error {
	before, err := w.live(ctx)
	if err != nil {
		return err
	}
	for _, s := range w.spec.Services {
		w.alter(s)
	}
	if _, err := write(ctx, w.project(), w.spec, w.Version); err != nil {
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
	return w.settled(ctx)
}

// alter changes what may differ from one revision to the next.
func (w *world) alter(s *spec.Service) {
	if s.Owner == "pipeline" {
		w.note("%s: the spec leaves its task definition to the pipeline, so nothing is changed", s.Name)
		return
	}
	memory := spec.MoreMemory(s)
	cpu := spec.MoreCPU(s, memory)
	switch {
	case cpu > s.CPU:
		w.note("%s: cpu %d → %d, memory %d → %d, one more variable", s.Name, s.CPU, cpu, s.Memory, memory)
	case memory > s.Memory:
		w.note("%s: memory %d → %d, one more variable", s.Name, s.Memory, memory)
	default:
		w.note("%s: one more variable", s.Name)
	}
	s.CPU, s.Memory = cpu, memory
	if s.Environment == nil {
		s.Environment = map[string]spec.Value{}
	}
	s.Environment[added] = spec.Value{Kind: spec.Literal, Text: "changed"}
}

// arrived compares a service before and after a change.
func arrived(s *spec.Service, before, after *operate.Service) error {
	if s.Owner == "pipeline" || before == nil || after == nil {
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
