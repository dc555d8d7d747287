// Package report is what Terraform said, as data: the events of its JSON
// stream, the changes of a plan with the values that differ, and diagnostics.
//
// It runs nothing and prints nothing. It promises that no value Terraform
// marks as sensitive leaves it: such a value reads "(sensitive)", one that is
// known later "(known after apply)", and no text that leaves it holds an
// escape byte. It knows how a plan is written down, and of AWS only how an ECS
// service rolls over to a task definition, to say it in words, what a delivery
// changes on its own, what a change interrupts or costs, and what AWS refuses.
package report

import "slices"

// Sensitive stands for a value that nobody shall see.
const Sensitive = "(sensitive)"

// Unknown stands for a value that only the apply will know.
const Unknown = "(known after apply)"

// None stands for a value that is not set.
const None = "(none)"

// A Plan is the contents of a plan: what would change, and how much.
type Plan struct {
	Changes     []Change       // sorted by address, without what stays as it is
	Drift       []Change       // what was changed outside of Terraform, sorted by address; of an empty plan only what is foreign
	Outputs     []OutputChange // sorted by name, only those that change
	Counts      Counts
	Unchanged   int // managed resources that stay as they are
	Rolls       []Roll
	Refusals    []Refusal    // what AWS does not do of it; such a plan is not to be applied
	Diagnostics []Diagnostic // warnings, and errors where planning failed
	Empty       bool         // there is nothing to apply
	Digest      string       // of all that it does, in hex; "" where its values are not known
}

// Counts are Terraform's own; a replacement is one to add and one to destroy.
type Counts struct {
	Add     int `json:"add"`
	Change  int `json:"change"`
	Destroy int `json:"remove"`
	Import  int `json:"import"`
}

// Total is the number of operations that an apply performs.
func (c Counts) Total() int { return c.Add + c.Change + c.Destroy }

// An OutputChange is an output whose value changes.
type OutputChange struct {
	Name       string
	Action     Action
	Sensitive  bool
	Attributes []Attribute // what an update changes in it, with the name before each path
	Digest     string      // of its values, in hex; "" where they are not known
}

// NeedsValues reports whether the plan holds changes that can only be shown
// or judged with the values before and after, which the JSON stream does not carry.
func (p Plan) NeedsValues() bool {
	if p.Empty {
		return false
	}
	if p.relabels() {
		return true
	}
	return slices.ContainsFunc(slices.Concat(p.Changes, p.Drift), func(c Change) bool {
		return c.Action == Update || c.Action.Replaces()
	}) || slices.ContainsFunc(p.Outputs, func(o OutputChange) bool { return o.Action == Update })
}

// Unexpected returns the drift that nobody should have made, in order.
func (p Plan) Unexpected() []Change {
	return slices.DeleteFunc(slices.Clone(p.Drift), func(c Change) bool { return c.Expected })
}

// Destructive returns the changes that remove something, in order.
func (p Plan) Destructive() []Change {
	var found []Change
	for _, c := range p.Changes {
		if c.Removes() {
			found = append(found, c)
		}
	}
	return found
}
