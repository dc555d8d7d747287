package terminal_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"tfgen/internal/deploy/report"
	"tfgen/internal/terminal"
)

// res is a resource by module and local address.
func res(module, local string) report.Resource {
	return report.Resource{Address: strings.TrimPrefix(module+"."+local, "."), Module: module, Local: local, Type: strings.Split(local, ".")[0]}
}

func change(a report.Action, module, local string, attributes ...report.Attribute) report.Change {
	return report.Change{Resource: res(module, local), Action: a, Attributes: attributes}
}

func created(module, local, title string) report.Change {
	return report.Change{Resource: res(module, local), Action: report.Create, Title: title}
}

const (
	pipeline = `module.pipeline["myweb"]`
	service  = `module.service["myweb"]`
)

// mixed has one of everything.
func mixed() report.Plan {
	moved := change(report.Move, pipeline, "aws_iam_role.build")
	moved.Previous = pipeline + ".aws_iam_role.old"
	imported := change(report.Import, "", "aws_cloudwatch_log_group.found")
	imported.ImportID = "/web"
	tainted := change(report.Replace, service, "terraform_data.migration")
	tainted.Reason = "replace_because_tainted"
	return report.Plan{
		Changes: []report.Change{
			change(report.Update, pipeline, "aws_codepipeline.this", report.Attribute{Path: `stage "Approve" added`}),
			created(pipeline, "aws_sns_topic.approval", "myweb-approval"),
			created(pipeline, "aws_sns_topic_subscription.approval[0]", "release@acme.example"),
			moved,
			change(report.CreateFirst, service, "aws_lb_target_group.this", report.Attribute{Path: "port", Before: "80", After: "8080", Forces: true}),
			change(report.Update, service, "aws_ecs_service.this",
				report.Attribute{Path: "desired_count", Before: "2", After: "4"},
				report.Attribute{Path: "enable_execute_command", Before: "false", After: "true"},
				report.Attribute{Path: "task_definition", Before: report.None, After: report.Unknown}),
			revised(),
			change(report.Update, service, "aws_lb_listener.http", report.Attribute{Path: "default_action.target_group_arn", Before: report.None, After: report.Unknown}),
			change(report.Read, service, "data.aws_ecs_service.live"),
			tainted,
			change(report.Delete, `module.registry["old"]`, "aws_ecr_repository.this"),
			change(report.Delete, `module.service["jobs"]`, "aws_ecs_service.this"),
			change(report.Create, `module.worker["jobs"]`, "aws_ecs_service.this"),
			change(report.Forget, "", "aws_s3_bucket.left"),
			imported,
		},
		Outputs: []report.OutputChange{
			{Name: "address", Action: report.Create},
			{Name: "token", Action: report.Update, Sensitive: true},
			{Name: "urls", Action: report.Update, Attributes: []report.Attribute{{Path: "urls.api", Before: "http://a", After: "http://b"}, {Path: "urls.web", Before: report.None, After: "http://c"}}},
		},
		Counts: report.Counts{Add: 4, Change: 3, Destroy: 3, Import: 1},
		Rolls: []report.Roll{
			{Service: "Service myapi", Verb: report.Scales, Tasks: "2 → 4 tasks"},
			{Service: "Service myweb", Verb: report.Rolls, Image: "same image abc12345",
				Changes: []string{"memory 1024 → 2048", "environment LOG_LEVEL info → debug"}, Tasks: "2 tasks, 2 new ones start before old ones stop"},
		},
		Drift:       drifted(),
		Diagnostics: []report.Diagnostic{{Severity: "warning", Summary: "Check block assertion failed", Detail: "The address\nanswers 503.", Address: "check.address"}},
		Unchanged:   28,
	}
}

// revised is a task definition with more new values than are listed.
func revised() report.Change {
	c := change(report.CreateFirst, service, "aws_ecs_task_definition.this", report.Attribute{Path: "memory", Before: "1024", After: "2048", Forces: true})
	for i := range 14 {
		c.Attributes = append(c.Attributes, report.Attribute{Path: fmt.Sprintf("environment V%02d", i), Before: report.None, After: "1", Forces: true})
	}
	c.Kept = true
	return c
}

// drifted is drift of all kinds.
func drifted() []report.Change {
	pipelined := change(report.Update, service, "aws_ecs_service.this", report.Attribute{Path: "task_definition", Before: "myweb:3", After: "myweb:4"})
	pipelined.Expected = true
	return []report.Change{
		pipelined,
		change(report.Update, service, "aws_lb_target_group.this", report.Attribute{Path: "deregistration_delay", Before: "30", After: "300"}, report.Attribute{Path: "slow_start", Before: "0", After: "30"}),
		change(report.Delete, "", "aws_cloudwatch_log_group.gone"),
	}
}

// many creates and destroys more than a screen holds.
func many(a report.Action, counts report.Counts) report.Plan {
	p := report.Plan{Counts: counts}
	for i := range 26 {
		p.Changes = append(p.Changes, change(a, service, fmt.Sprintf("aws_iam_role.role%02d", i)))
	}
	return p
}

func TestPlan(t *testing.T) {
	facts := []string{"infra/environments/production", "ap-south-1", "account 123456789012", "terraform 1.11.4"}
	for _, test := range []struct {
		golden string
		width  int
		facts  []string
		plan   report.Plan
	}{
		{"mixed", 0, facts, mixed()},
		{"narrow", 60, facts, mixed()},
		{"empty", 0, facts, report.Plan{Empty: true}},
		{"create", 0, nil, many(report.Create, report.Counts{Add: 26})},
		{"destroy", 0, nil, many(report.Delete, report.Counts{Destroy: 26})},
		{"outputs", 0, nil, report.Plan{Outputs: mixed().Outputs, Unchanged: 3}},
		{"drift", 0, nil, report.Plan{Drift: drifted(), Unchanged: 3}},
		{"pipelined", 0, nil, report.Plan{Drift: drifted()[:1], Outputs: mixed().Outputs, Unchanged: 3}},
		{"read", 0, nil, report.Plan{Unchanged: 3}},
	} {
		plain := terminal.Style{Width: test.width}.Plan("production", test.facts, test.plan)
		golden(t, test.golden, plain)
		sameInColor(t, test.golden, plain, terminal.Style{Width: test.width, Color: true}.Plan("production", test.facts, test.plan))
		fits(t, test.golden, plain, test.width)
	}
}

// golden compares with a file of what shall be seen.
func golden(t *testing.T, name, got string) {
	t.Helper()
	want, err := os.ReadFile(filepath.Join("testdata", name+".golden"))
	if err != nil {
		t.Error(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s\n%s", name, diff, got)
	}
}

// sameInColor holds that colours are there, and say nothing that the text
// alone does not.
func sameInColor(t *testing.T, name, plain, colored string) {
	t.Helper()
	if strings.Contains(plain, "\x1b") {
		t.Errorf("%s: escape bytes without colour: %q", name, plain)
	}
	if !strings.Contains(colored, "\x1b[") {
		t.Errorf("%s: no colour: %q", name, colored)
	}
	if stripped := ansi.Strip(colored); stripped != plain {
		t.Errorf("%s: colour changes the text:\n%s\nwithout:\n%s", name, stripped, plain)
	}
}

// fits holds that changes are cut to the width; a sentence may only be wider
// in a word that cannot be broken, such as an address in a warning.
func fits(t *testing.T, name, text string, width int) {
	t.Helper()
	for line := range strings.Lines(text) {
		if width > 0 && strings.HasPrefix(line, "    ") && ansi.StringWidth(strings.TrimRight(line, "\n")) > width {
			t.Errorf("%s: wider than %d: %s", name, width, line)
		}
	}
}

// TestNewRevision holds that a new revision of a task definition, which every
// change of a service makes, does not warn as a replacement does.
func TestNewRevision(t *testing.T) {
	revision := change(report.CreateFirst, `module.service["web"]`, "aws_ecs_task_definition.this", report.Attribute{Path: "memory", Before: "512", After: "1024", Forces: true})
	revision.Kept = true
	got := terminal.Style{}.Plan("production", nil, report.Plan{Changes: []report.Change{revision}, Counts: report.Counts{Add: 1, Destroy: 1}})
	want := `production

  Service web
    +/- aws_ecs_task_definition.this  memory 512 → 1024  a new revision, the old one stays

  1 to add, 0 to change, 1 to destroy      0 unchanged · 1 replaced by a new revision
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
