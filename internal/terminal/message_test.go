package terminal_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"tfgen/internal/deploy/report"
	"tfgen/internal/terminal"
)

func messages(s terminal.Style) string {
	diagnostics := []report.Diagnostic{
		{Severity: "error", Summary: "Invalid reference", Detail: "A reference must have two parts.\n\nSee the manual.", File: "infra/delivery/main.tf", Line: 3, Code: "  input = nonsense", Address: "terraform_data.x"},
		{Severity: "warning", Summary: "Deprecated"},
	}
	steps := func(all ...string) (out []report.Step) {
		for _, address := range all {
			out = append(out, report.Step{Address: address})
		}
		return out
	}
	partial := report.Result{Root: "production", Begun: true, Counts: report.Counts{Add: 2}, Done: steps("x.b", "x.a"), Failed: steps("x.c"), Left: strings.Fields("x.d x.e x.f x.g x.h x.i x.j x.k x.l x.m x.n x.o")}
	lost := report.Result{Root: "production", Begun: true, Done: steps("x.a"), CutOff: []string{"x.b"}, Unsaved: true}
	return s.Error("plan production: it is locked. Unlock it with:\n  terraform force-unlock 1\n\nand \x1b[31mmore") +
		s.Diagnostics(diagnostics) +
		s.Block("Next", []string{"git clone URL", "", "git push"}) + s.Block("Nothing", nil) +
		s.Table([][]string{{"address", "http://x"}, {"a", ""}, {"→", "y"}}) +
		s.Result(partial, false) + s.Result(partial, true) +
		s.Destroyed(report.Result{Root: "delivery", Counts: report.Counts{Destroy: 3}}, false) + s.Destroyed(partial, true) +
		s.Result(lost, true) + s.Result(report.Result{Root: "production", Left: []string{"x.a"}}, true)
}

func TestMessages(t *testing.T) {
	plain := messages(terminal.Style{})
	golden(t, "messages", plain)
	sameInColor(t, "messages", plain, messages(terminal.Style{Color: true}))
}

// TestJSONLines holds that there is nothing but one object a line, with its
// type, time and version.
func TestJSONLines(t *testing.T) {
	var out bytes.Buffer
	noon := func() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.FixedZone("", 3600)) }
	j := terminal.JSONLines{Out: &out, Version: "1.2.3", Now: noon}
	for _, err := range []error{
		j.Event(report.Event{Root: "production", Type: report.ApplyComplete, Message: "done", Resource: res("", "x.y"), Action: report.Create, Elapsed: 1500 * time.Millisecond}),
		j.Event(report.Event{Root: "production", Type: "diagnostic", Diagnostic: &report.Diagnostic{Severity: "error", Summary: "line\nbreak"}}),
		j.Plan("production", mixed()),
		j.Plan("delivery", report.Plan{Empty: true}),
		j.Result(report.Result{Root: "production"}, true),
		j.Write("outputs", nil),
	} {
		if err != nil {
			t.Error(err)
		}
	}
	for line := range strings.Lines(out.String()) {
		var fields map[string]any
		if err := json.Unmarshal([]byte(line), &fields); err != nil || fields["type"] == "" || fields["time"] != "2026-11-23T11:00:00Z" || fields["version"] != "1.2.3" {
			t.Errorf("%v: %s", err, line)
		}
	}
	golden(t, "jsonlines", out.String())
}
