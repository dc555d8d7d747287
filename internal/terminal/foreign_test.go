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

// foreign is what somebody added, where nothing is to be applied.
func foreign() report.Plan {
	p := report.Plan{Empty: true, Unchanged: 26}
	p.AddForeign([]report.Change{
		{Resource: res(service, "aws_iam_role.task"), Action: report.Update, Foreign: true, Attributes: []report.Attribute{report.Added("inline policy evil"), report.Added("policy arn:aws:iam::aws:policy/AdministratorAccess")}},
		{Resource: res(service, "aws_security_group.this"), Action: report.Update, Foreign: true, Attributes: []report.Attribute{report.Added("ingress tcp 23 from 0.0.0.0/0")}},
	})
	return p
}

// TestForeign holds that what somebody added is seen in every form, although
// there is nothing to apply.
func TestForeign(t *testing.T) {
	golden(t, "foreign", terminal.Style{}.Plan("production", nil, foreign()))
	golden(t, "foreign-narrow", terminal.Style{Width: 60}.Plan("production", nil, foreign()))
	golden(t, "markdown-foreign", terminal.Markdown([]terminal.Section{{Root: "delivery", Plan: report.Plan{Empty: true}}, {Root: "production", Plan: foreign()}}, nil, githubLimit))

	var out bytes.Buffer
	j := terminal.JSONLines{Out: &out, Version: "1.2.3", Now: time.Now}
	var line struct {
		Empty bool
		Drift []struct{ Expected, Foreign bool }
	}
	if err := j.Plan("production", foreign()); err != nil {
		t.Fatal(err)
	}
	err := json.Unmarshal(out.Bytes(), &line)
	if err != nil || !line.Empty || len(line.Drift) != 2 || line.Drift[0].Expected || !line.Drift[0].Foreign {
		t.Errorf("%v, %s", err, &out)
	}
}

// TestForeignBesideDrift holds that a warning tells each of what was done to
// one resource.
func TestForeignBesideDrift(t *testing.T) {
	role := res(service, "aws_iam_role.task")
	p := report.Plan{Drift: []report.Change{{Resource: role, Action: report.Update, Attributes: []report.Attribute{{Path: "path", Before: "/", After: "/x"}}}}}
	p.AddForeign([]report.Change{{Resource: role, Action: report.Update, Foreign: true, Attributes: []report.Attribute{report.Added("inline policy evil")}}})
	text := terminal.Style{}.Plan("production", nil, p)
	for _, want := range []string{"1 resource was changed outside of Terraform", "1 resource holds what was added"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in:\n%s", want, text)
		}
	}
}
