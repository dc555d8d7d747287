package report_test

import (
	"bufio"
	"os"
	"testing"
	"time"

	"tfgen/internal/deploy/report"
)

// TestStream reads a stream that Terraform 1.11.4 wrote, with one line of a
// type that it does not know.
func TestStream(t *testing.T) {
	var stream report.Stream
	var last report.Event
	for _, line := range readLines(t, "testdata/stream.jsonl") {
		e, ok := report.ParseEvent(line, plain)
		if !ok {
			t.Fatalf("no event: %s", line)
		}
		stream.Add(e)
		last = e
	}
	p := stream.Plan()
	want := `<= [Root] data.terraform_remote_state.x
-/+ [Service web] terraform_data.replaced
~ [Service web] terraform_data.this
- [Root] terraform_data.gone[0]
+ [Root] terraform_data.late
[Root] terraform_data.new
output level update false
{Add:2 Change:1 Destroy:2 Import:0}, 1 unchanged
`
	if got := told(p); got != want {
		t.Errorf("%s\nwant:\n%s", got, want)
	}
	if len(p.Diagnostics) != 1 || p.Diagnostics[0].String() != "Warning: Check block assertion failed\n  on more.tf line 12\n  12:     condition = var.v == \"one\"\nv is not one" {
		t.Errorf("diagnostics: %v", p.Diagnostics)
	}
	if !p.NeedsValues() {
		t.Error("there are values to show")
	}
	if last.Type != "not_invented_yet" || last.Message != "news" || last.Time.IsZero() {
		t.Errorf("unknown event: %+v", last)
	}
}

// plain hides nothing.
func plain(text string) string { return text }

func readLines(t *testing.T, name string) [][]byte {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var all [][]byte
	for s := bufio.NewScanner(file); s.Scan(); {
		all = append(all, []byte(s.Text()))
	}
	return all
}

func TestParseEvent(t *testing.T) {
	for _, text := range []string{"", "panic: runtime error", "[1,2]", `{"no":"type"}`, "null", `{"type":3}`} {
		if e, ok := report.ParseEvent([]byte(text), plain); ok {
			t.Errorf("%s: %+v", text, e)
		}
	}
	e, ok := report.ParseEvent([]byte(`{"type":"apply_complete","hook":{"resource":{"addr":"a.b"},"action":"create","elapsed_seconds":61}}`), plain)
	if !ok || e.Resource.Address != "a.b" || e.Action != report.Create || e.Elapsed != 61*time.Second {
		t.Errorf("%+v", e)
	}
}

// TestNeedsValues holds when a plan has to be read a second time.
func TestNeedsValues(t *testing.T) {
	change := func(a report.Action) []report.Change { return []report.Change{{Action: a}} }
	for _, test := range []struct {
		plan report.Plan
		want bool
	}{
		{report.Plan{Empty: true}, false},
		{report.Plan{Changes: change(report.Create)}, false},
		{report.Plan{Changes: change(report.Delete)}, false},
		{report.Plan{Changes: change(report.Update)}, true},
		{report.Plan{Changes: change(report.Replace)}, true},
		{report.Plan{Drift: change(report.Update), Changes: change(report.Create)}, true},
		{report.Plan{Drift: change(report.Delete), Changes: change(report.Create)}, false},
		{report.Plan{Drift: change(report.Update)}, true},
		{report.Plan{Drift: change(report.Update), Empty: true}, false},
		{report.Plan{Outputs: []report.OutputChange{{Action: report.Create}}}, false},
		{report.Plan{Outputs: []report.OutputChange{{Action: report.Update}}}, true},
	} {
		if got := test.plan.NeedsValues(); got != test.want {
			t.Errorf("%+v: %t", test.plan, got)
		}
	}
}
