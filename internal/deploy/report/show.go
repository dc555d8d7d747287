package report

import (
	"maps"
	"slices"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
)

// FromShow reads a plan from what "terraform show -json" says of it. The
// numbers in it must be json.Number, or large ones lose digits.
func FromShow(raw *tfjson.Plan) Plan {
	secrets := planSecrets(raw)
	p := Plan{
		Changes: changes(raw.ResourceChanges, secrets),
		Drift:   drift(raw, secrets),
		Outputs: shownOutputs(raw.OutputChanges, secrets),
		Counts:  counts(raw.ResourceChanges),
		Rolls:   rolls(raw.ResourceChanges, secrets),

		Refusals: refusals(raw.ResourceChanges),
	}
	for _, c := range raw.ResourceChanges {
		if c.Mode == tfjson.ManagedResourceMode {
			p.Unchanged++
		}
	}
	for _, c := range p.Changes {
		if c.Action != Read {
			p.Unchanged--
		}
	}
	p.Empty = len(p.Changes) == 0 && len(p.Outputs) == 0 && len(raw.ResourceDrift) == 0
	p.Digest = p.digest(raw, secrets)
	return p
}

func changes(raw []*tfjson.ResourceChange, s secrets) []Change {
	var all []Change
	for _, c := range raw {
		if change := shown(c, s); change.Action != Unchanged {
			all = append(all, change)
		}
	}
	sortChanges(all)
	return all
}

func shown(c *tfjson.ResourceChange, s secrets) Change {
	out := Change{Resource: resource(c), Action: action(c.Change), Reason: string(c.ActionReason), Previous: line(c.PreviousAddress)}
	switch {
	case out.Action == Create:
		out.Title = called(c.Change, s)
	case out.Action == Update || out.Action.Replaces():
		out.Attributes = attributes(c.Change, s)
		out.Kept = out.Action.Replaces() && child(c.Change.Before, "skip_destroy") == true
	case out.Action == Unchanged && out.Previous != "" && out.Previous != out.Address:
		out.Action = Move
	}
	if c.Change.Importing != nil {
		out.ImportID = line(c.Change.Importing.ID)
		if out.Action == Unchanged {
			out.Action = Import
		}
	}
	out.Digest = changeDigest(out, c.Change, s)
	return out
}

func resource(c *tfjson.ResourceChange) Resource {
	local := strings.TrimPrefix(strings.TrimPrefix(c.Address, c.ModuleAddress), ".")
	if c.DeposedKey != "" {
		local += " (deposed)"
	}
	return Resource{Address: line(c.Address), Module: line(c.ModuleAddress), Local: line(local), Type: line(c.Type)}
}

func action(c *tfjson.Change) Action {
	switch a := c.Actions; {
	case a.Create():
		return Create
	case a.Read():
		return Read
	case a.Update():
		return Update
	case a.Delete():
		return Delete
	case a.DestroyBeforeCreate():
		return Replace
	case a.CreateBeforeDestroy():
		return CreateFirst
	case a.Forget():
		return Forget
	}
	return Unchanged
}

// called finds what a new resource will be called, for a reader who knows
// names better than addresses. Most have none, and that is fine.
func called(c *tfjson.Change, s secrets) string {
	_, after := sides(c)
	for _, key := range []string{"name", "bucket", "family", "endpoint"} {
		item := after.part(key)
		name, ok := item.value.(string)
		if ok && name != "" && !item.hidden() && !s.in(name) {
			return item.render()
		}
	}
	return ""
}

func counts(all []*tfjson.ResourceChange) Counts {
	var n Counts
	for _, c := range all {
		if c.Change.Importing != nil {
			n.Import++
		}
		switch a := action(c.Change); {
		case a == Create:
			n.Add++
		case a == Update:
			n.Change++
		case a == Delete:
			n.Destroy++
		case a.Replaces():
			n.Add++
			n.Destroy++
		}
	}
	return n
}

func shownOutputs(raw map[string]*tfjson.Change, s secrets) []OutputChange {
	var all []OutputChange
	for _, name := range slices.Sorted(maps.Keys(raw)) {
		if action(raw[name]) != Unchanged {
			all = append(all, shownOutput(name, raw[name], s))
		}
	}
	return all
}

func shownOutput(name string, c *tfjson.Change, s secrets) OutputChange {
	out := OutputChange{Name: line(name), Action: action(c), Digest: sum([]any{s.values(c)})}
	out.Sensitive = covers(c.BeforeSensitive) || covers(c.AfterSensitive)
	if out.Action == Update && !out.Sensitive {
		d := &differ{secrets: s}
		before, after := sides(c)
		d.diff(name, before, after)
		out.Attributes = d.found
	}
	return out
}
