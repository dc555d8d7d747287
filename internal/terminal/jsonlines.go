package terminal

import (
	"encoding/json"
	"io"
	"maps"
	"time"

	"tfgen/internal/deploy/report"
)

// JSONLines writes what happens for programs: one object a line, each with
// its type, its time in UTC, and the version of tfgen.
type JSONLines struct {
	Out     io.Writer
	Version string
	Now     func() time.Time
}

// Write writes one line. Fields must not be called type, time or version.
func (j JSONLines) Write(kind string, fields map[string]any) error {
	line := maps.Clone(fields)
	if line == nil {
		line = map[string]any{}
	}
	line["type"], line["version"] = kind, j.Version
	line["time"] = j.Now().UTC().Format(time.RFC3339Nano)
	text, err := json.Marshal(line)
	if err != nil {
		return err
	}
	_, err = j.Out.Write(append(text, '\n'))
	return err
}

// Event passes on an event of Terraform under the type that Terraform gave it.
func (j JSONLines) Event(e report.Event) error {
	fields := map[string]any{"root": e.Root, "message": e.Message}
	if e.Resource.Address != "" {
		fields["address"] = e.Resource.Address
	}
	if e.Action != "" {
		fields["action"] = e.Action
	}
	if e.Elapsed > 0 {
		fields["elapsed_seconds"] = e.Elapsed.Seconds()
	}
	if e.Diagnostic != nil {
		fields["diagnostic"] = diagnosticFields(*e.Diagnostic)
	}
	return j.Write(e.Type, fields)
}

func diagnosticFields(d report.Diagnostic) map[string]any {
	return map[string]any{
		"severity": d.Severity, "summary": d.Summary, "detail": d.Detail,
		"address": d.Address, "file": d.File, "line": d.Line,
	}
}

// Plan writes a whole plan, as type "plan".
func (j JSONLines) Plan(root string, p report.Plan) error {
	fields := map[string]any{
		"root": root, "empty": p.Empty, "counts": p.Counts, "unchanged": p.Unchanged,
		"changes": list(p.Changes, changeFields), "drift": list(p.Drift, driftFields),
		"outputs": list(p.Outputs, outputFields), "rolls": list(p.Rolls, report.Roll.String),
		"diagnostics": list(p.Diagnostics, diagnosticFields), "consequences": list(p.Consequences(), consequenceFields),
	}
	return j.Write("plan", fields)
}

func consequenceFields(c report.Consequence) map[string]any {
	return map[string]any{"kind": c.Kind, "text": c.Text}
}

func changeFields(c report.Change) map[string]any {
	fields := map[string]any{"address": c.Address, "group": report.Group(c.Module), "action": c.Action}
	for name, value := range map[string]string{"reason": c.Reason, "previous_address": c.Previous, "import_id": c.ImportID} {
		if value != "" {
			fields[name] = value
		}
	}
	if len(c.Attributes) > 0 {
		fields["attributes"] = list(c.Attributes, attributeFields)
	}
	return fields
}

// driftFields are those of a change, whether the delivery itself made it, and
// that somebody added what no apply takes away.
func driftFields(c report.Change) map[string]any {
	fields := changeFields(c)
	fields["expected"] = c.Expected
	if c.Foreign {
		fields["foreign"] = true
	}
	return fields
}

func attributeFields(a report.Attribute) map[string]any {
	fields := map[string]any{"path": a.Path, "after": a.After, "forces_replacement": a.Forces}
	if a.After != report.Unknown { // of which nobody noted what it was
		fields["before"] = a.Before
	}
	return fields
}

func outputFields(o report.OutputChange) map[string]any {
	fields := map[string]any{"name": o.Name, "action": o.Action, "sensitive": o.Sensitive}
	if len(o.Attributes) > 0 {
		fields["attributes"] = list(o.Attributes, attributeFields)
	}
	return fields
}

// Result writes what an apply did, as type "apply".
func (j JSONLines) Result(r report.Result, failed bool) error {
	return j.Write("apply", map[string]any{
		"root": r.Root, "failed": failed, "counts": r.Counts,
		"done": addresses(r.Done), "errored": addresses(r.Failed), "cut_off": list(r.CutOff, itself), "not_begun": list(r.Left, itself),
		"unsaved": r.Unsaved,
	})
}

func itself(s string) string { return s }

// list converts each item; an empty list stays a list in JSON.
func list[In, Out any](in []In, convert func(In) Out) []Out {
	out := make([]Out, 0, len(in))
	for _, item := range in {
		out = append(out, convert(item))
	}
	return out
}
