package report

import (
	"encoding/json"
	"slices"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
)

// delivered are the attributes that the delivery itself changes while it runs:
// the pipeline registers revisions and moves the service on to them, and tasks
// and instances are scaled.
func delivered(kind string) []string {
	switch kind {
	case "aws_ecs_task_definition":
		return []string{containerDefinitions, "cpu", "memory", "revision"}
	case "aws_ecs_service":
		return []string{"task_definition", "desired_count"}
	case "aws_autoscaling_group":
		return []string{"desired_capacity"}
	}
	return nil
}

// drift lists what was changed outside of Terraform. Terraform calls it drift
// too when it reads for the first time what its own resources did to each
// other: a role its policies, a security group its rules. None of that stands
// in the code of the resource, so only what does is told.
func drift(raw *tfjson.Plan, s secrets) []Change {
	var all []Change
	code := newCode(raw)
	for _, c := range raw.ResourceDrift {
		if code.tainted[c.Address] {
			continue // its making did not finish: Terraform did that
		}
		if change, told := drifted(c, code, s); told {
			all = append(all, change)
		}
	}
	sortChanges(all)
	return all
}

// drifted is what was changed of one resource, what nobody should have changed
// before the rest.
func drifted(c *tfjson.ResourceChange, code code, s secrets) (out Change, told bool) {
	out = Change{Resource: resource(c), Action: action(c.Change)}
	if out.Action != Update {
		return out, out.Action == Delete
	}
	before, after := sides(c.Change)
	before.value = settled(before.value, after.value)
	theirs, ours := &differ{secrets: s}, &differ{secrets: s}
	for _, name := range topLevel(before, after) {
		switch {
		case slices.Contains(delivered(c.Type), name):
			theirs.diff(name, before.part(name), after.part(name))
		case code.sets(c, name):
			ours.diff(name, before.part(name), after.part(name))
		}
	}
	// A revision is never changed, so another one is the pipeline's.
	out.Expected = len(ours.found) == 0 || c.Type == "aws_ecs_task_definition"
	out.Attributes = slices.Concat(ours.found, theirs.found)
	return out, len(out.Attributes) > 0
}

// settled is a value before a change, without what only the provider's two
// ways to write nothing make different.
func settled(before, after any) any {
	if blank(before) && blank(after) {
		return after
	}
	if b, ok := before.(map[string]any); ok {
		a, _ := after.(map[string]any)
		out := map[string]any{}
		for key, value := range b {
			out[key] = settled(value, a[key])
		}
		for key, value := range a {
			if b[key] == nil && blank(value) {
				out[key] = value
			}
		}
		return out
	}
	b, listBefore := before.([]any)
	a, listAfter := after.([]any)
	if !listBefore || !listAfter || len(b) != len(a) {
		return before
	}
	out := make([]any, len(b))
	for i := range b {
		out[i] = settled(b[i], a[i])
	}
	return out
}

// blank reports whether a value says nothing, or no.
func blank(value any) bool {
	return nothing(value) || value == false || value == json.Number("0")
}

// nothing reports whether a value is not set, in one of the ways to write it.
func nothing(value any) bool {
	switch v := value.(type) {
	case map[string]any:
		return len(v) == 0
	case []any:
		return len(v) == 0
	}
	return value == nil || value == ""
}

// code knows which attributes a plan's code sets.
type code struct {
	root    *tfjson.ConfigModule
	planned map[string][]string // what the plan changes, by address
	tainted map[string]bool     // by address
}

func newCode(raw *tfjson.Plan) code {
	c := code{planned: map[string][]string{}, tainted: map[string]bool{}}
	if raw.Config != nil {
		c.root = raw.Config.RootModule
	}
	for _, change := range raw.ResourceChanges {
		c.tainted[change.Address] = strings.HasSuffix(string(change.ActionReason), "tainted")
		if action(change.Change) != Update && !action(change.Change).Replaces() {
			continue
		}
		before, after := sides(change.Change)
		for _, name := range topLevel(before, after) {
			if changed(change.Change, name) && !covers(after.part(name).unknown) {
				c.planned[change.Address] = append(c.planned[change.Address], name)
			}
		}
	}
	return c
}

// sets reports whether the code says what an attribute shall be. Dynamic blocks
// are not in a plan's configuration: what somebody did to one is told by the
// plan, which takes it back.
func (c code) sets(of *tfjson.ResourceChange, name string) bool {
	if slices.Contains(c.planned[of.Address], name) {
		return true
	}
	module := c.module(of.ModuleAddress)
	if module == nil {
		return false
	}
	return slices.ContainsFunc(module.Resources, func(r *tfjson.ConfigResource) bool {
		return r.Mode == of.Mode && r.Type == of.Type && r.Name == of.Name && r.Expressions[name] != nil
	})
}

// module finds the code that a module address stands for.
func (c code) module(address string) *tfjson.ConfigModule {
	module := c.root
	for address != "" && module != nil {
		name, _, rest := moduleCall(address)
		call := module.ModuleCalls[name]
		if call == nil {
			return nil
		}
		module, address = call.Module, strings.TrimPrefix(rest, ".")
	}
	return module
}
