package report

import (
	"encoding/json"
	"slices"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
)

// delivered reports whether the delivery itself may have changed an attribute
// while it ran: the pipeline registers revisions and moves the service on to
// them. Of the containers it changes the image alone, which is looked at apart;
// a revision that it registers may be without tags.
func delivered(kind, name string, before, after side) bool {
	switch kind {
	case "aws_ecs_task_definition":
		return name == "revision" || (name == "tags" || name == "tags_all") && nothing(after.value)
	case "aws_ecs_service":
		return name == "task_definition" && family(before) == family(after)
	}
	return false
}

// family is the ARN of a task definition without its revision.
func family(arn side) string {
	text, _ := arn.value.(string)
	return strings.TrimRight(text, "0123456789")
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
		switch b, a := before.part(name), after.part(name); {
		case name == containerDefinitions && revised(theirs, ours, b, a):
		case delivered(c.Type, name, b, a) || code.scaled(c, name):
			theirs.diff(label(name), b, a)
		case code.sets(c, name):
			ours.diff(label(name), b, a)
		}
	}
	out.Expected = len(ours.found) == 0
	out.Attributes = slices.Concat(ours.found, theirs.found)
	return out, len(out.Attributes) > 0
}

// revised tells apart what another revision changes of the containers: images,
// which the pipeline brings, and the rest, which it copies. It reports false
// where they cannot be opened.
func revised(theirs, ours *differ, before, after side) bool {
	pair, known := pairContainers(before, after)
	if !known {
		return false
	}
	for name, was := range pair.was {
		was.Rest, _ = settled(was.Rest, pair.is[name].Rest).(map[string]any)
		pair.was[name] = was
	}
	theirs.moved(pair)
	ours.fields(pair)
	return true
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
