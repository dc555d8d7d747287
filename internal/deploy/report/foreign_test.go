package report_test

import (
	"strings"
	"testing"

	"tfgen/internal/deploy/report"
)

// TestAttribute holds that a rule with an owner is expected, and that another
// one of the same group, and what is added to a role, stay nobody's.
func TestAttribute(t *testing.T) {
	group := report.Instance(`module.load_balancer["shop"]`, "aws_security_group", "this", nil)
	role := report.Instance("", "aws_iam_role", "task", nil)
	p := report.Plan{Empty: true}
	p.AddForeign([]report.Change{
		{Resource: group, Action: report.Update, Foreign: true, Group: "sg-1", Attributes: []report.Attribute{report.Added("egress tcp 80 to sg-2"), report.Added("ingress tcp 23 from 0.0.0.0/0")}},
		{Resource: role, Action: report.Update, Foreign: true, Attributes: []report.Attribute{report.Added("inline policy evil")}},
	})
	p.Attribute(func(group, what string) string {
		if group == "sg-1" && what == "egress tcp 80 to sg-2" {
			return "the project bank"
		}
		return ""
	})
	var got []string
	for _, c := range p.Drift {
		for _, a := range c.Attributes {
			text := c.Type + " " + a.String()
			if c.Expected {
				text += ", expected"
			}
			got = append(got, text)
		}
	}
	want := "aws_iam_role inline policy evil added\naws_security_group egress tcp 80 to sg-2 added by the project bank, expected\naws_security_group ingress tcp 23 from 0.0.0.0/0 added"
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
}
