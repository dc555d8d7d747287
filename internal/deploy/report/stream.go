package report

import (
	"maps"
	"slices"
	"strings"
)

// A Stream gathers the events of one plan.
type Stream struct {
	plan      Plan
	refreshed map[string]bool // addresses of managed resources that were read
}

// Add takes the next event.
func (s *Stream) Add(e Event) {
	switch {
	case e.Type == "planned_change" && e.change != nil:
		s.plan.Changes = append(s.plan.Changes, *e.change)
	case e.Type == "resource_drift" && e.change != nil:
		s.plan.Drift = append(s.plan.Drift, *e.change)
	case e.Type == "change_summary" && e.counts != nil:
		s.plan.Counts = *e.counts
	case e.Type == "outputs":
		s.plan.Outputs = e.outputs
	case e.Type == RefreshComplete && !strings.HasPrefix(e.Resource.Local, "data."):
		s.refresh(e.Resource.Address)
	case e.Diagnostic != nil:
		s.plan.Diagnostics = append(s.plan.Diagnostics, *e.Diagnostic)
	}
}

func (s *Stream) refresh(address string) {
	if s.refreshed == nil {
		s.refreshed = map[string]bool{}
	}
	s.refreshed[address] = true
}

// Plan returns what the events add up to. Whether it is empty is known from
// Terraform's exit code alone.
func (s *Stream) Plan() Plan {
	p := s.plan
	p.Diagnostics = Unique(p.Diagnostics)
	unchanged := maps.Clone(s.refreshed)
	for _, c := range p.Changes {
		delete(unchanged, c.Address)
		delete(unchanged, c.Previous)
	}
	p.Unchanged = len(unchanged)
	sortChanges(p.Changes)
	sortChanges(p.Drift)
	return p
}

func sortChanges(changes []Change) {
	slices.SortStableFunc(changes, func(a, b Change) int { return strings.Compare(a.Address, b.Address) })
}

// outputValues keeps the outputs that have a value, as those of an apply do.
func outputValues(raw map[string]*rawOutput) map[string]Output {
	values := map[string]Output{}
	for name, out := range raw {
		if out != nil && out.Action == "" {
			values[name] = out.Output
		}
	}
	if len(values) == 0 {
		return nil
	}
	return values
}

// outputChanges keeps the outputs that change, in the order of their names.
func outputChanges(raw map[string]*rawOutput) []OutputChange {
	var changes []OutputChange
	for _, name := range slices.Sorted(maps.Keys(raw)) {
		out := raw[name]
		if out != nil && out.Action != Unchanged && out.Action != "" {
			changes = append(changes, OutputChange{Name: line(name), Action: out.Action, Sensitive: out.Sensitive})
		}
	}
	return changes
}
