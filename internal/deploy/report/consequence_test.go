package report_test

import (
	"fmt"
	"slices"
	"testing"

	"tfgen/internal/deploy/report"
)

// TestConsequences holds what a change means to those who use what is there,
// and that a plan which makes everything has nobody to tell.
func TestConsequences(t *testing.T) {
	change := func(local, kind string, a report.Action, attributes ...report.Attribute) report.Change {
		module := `module.service["web"]`
		return report.Change{Resource: report.Resource{Address: module + "." + local, Module: module, Local: local, Type: kind}, Action: a, Attributes: attributes}
	}
	roll := func(verb, tasks string) report.Plan {
		return report.Plan{Rolls: []report.Roll{{Service: "Service web", Verb: verb, Image: "same image a", Tasks: tasks}}}
	}
	one := func(c report.Change) report.Plan { return report.Plan{Changes: []report.Change{c}} }
	for _, test := range []struct {
		name string
		plan report.Plan
		want []string
	}{
		{"target group", one(change("aws_lb_target_group.this", "aws_lb_target_group", report.CreateFirst)), []string{
			"cuts requests to Service web fail from when its rule sends to the new target group until its first task is healthy there",
			"replaces aws_lb_target_group.this of Service web, the new one first"}},
		{"egress", report.Plan{Changes: []report.Change{
			change(`aws_vpc_security_group_egress_rule.vpc["10.0.0.0/16"]`, "aws_vpc_security_group_egress_rule", report.CreateFirst),
			change(`aws_vpc_security_group_egress_rule.targets["tcp 5432 10.1.0.0/16"]`, "aws_vpc_security_group_egress_rule", report.CreateFirst),
			change("aws_vpc_security_group_egress_rule.https", "aws_vpc_security_group_egress_rule", report.CreateFirst)}}, []string{
			"cuts the old tasks of Service web reach what answers over HTTPS alone, from when the rules of their security group go until new tasks take their place",
			`replaces aws_vpc_security_group_egress_rule.vpc["10.0.0.0/16"] of Service web, the new one first`,
			`replaces aws_vpc_security_group_egress_rule.targets["tcp 5432 10.1.0.0/16"] of Service web, the new one first`,
			"replaces aws_vpc_security_group_egress_rule.https of Service web, the new one first"}},
		{"load balancer", one(change("aws_lb.this", "aws_lb", report.Delete)), []string{"cuts Service web goes, and its address with it"}},
		{"listener", one(change(`aws_lb_listener.this["443"]`, "aws_lb_listener", report.Delete)), []string{"cuts Service web no longer listens on port 443"}},
		{"rule", one(change("aws_lb_listener_rule.this", "aws_lb_listener_rule", report.Delete)), []string{"cuts the load balancer no longer sends requests to Service web"}},
		{"rule at another listener", one(change("aws_lb_listener_rule.this", "aws_lb_listener_rule", report.CreateFirst)), []string{"replaces aws_lb_listener_rule.this of Service web, the new one first"}},
		{"port", one(change("terraform_data.port", "terraform_data", report.Update, report.Attribute{Path: "input", Before: "80", After: "8080"})), []string{
			"cuts Service web is asked on port 8080 from now on: an image that does not listen there gets no requests, and its rollout fails"}},
		{"instances", one(change("aws_autoscaling_group.this", "aws_autoscaling_group", report.Update, report.Attribute{Path: "min_size", Before: "0", After: "2"})), []string{"costs 2 instances at least, by the hour"}},
		{"NAT gateway", one(change("aws_nat_gateway.this", "aws_nat_gateway", report.Create)), []string{`costs a NAT gateway with its address (module.service["web"].aws_nat_gateway.this), by the hour`}},
		{"rolls", roll(report.Rolls, "1 task, a new one starts before the old one stops"), []string{"rolls Service web rolls: same image a; 1 task, a new one starts before the old one stops"}},
		{"rolls with none", roll(report.Rolls, "1 task, the old one stops before a new one starts: for a while none runs"), []string{
			"cuts Service web stops its tasks before new ones start: for a while none runs",
			"rolls Service web rolls: same image a; 1 task, the old one stops before a new one starts: for a while none runs"}},
		{"replaced", roll(report.Replaced, ""), []string{"cuts Service web goes before it is made again: for a while none of its tasks runs"}},
		{"removed", roll(report.Removed, ""), []string{"cuts Service web goes for good"}},
		{"another label", report.Plan{Rolls: append(roll(report.Removed, "").Rolls, report.Roll{Service: "Service site", Verb: report.Starts})}, []string{
			"cuts Service web goes for good, also where it is now called Service site: AWS renames no service, and a new one starts with its first image"}},
		{"scales", roll(report.Scales, "1 → 2 tasks"), nil},
	} {
		for _, c := range test.plan.Consequences() {
			if c.Kind != report.Costs {
				t.Errorf("%s, where there was nothing: %v", test.name, c)
			}
		}
		test.plan.Unchanged = 1
		var got []string
		for _, c := range test.plan.Consequences() {
			got = append(got, fmt.Sprint(c.Kind, " ", c.Text))
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %q\nwant: %q", test.name, got, test.want)
		}
	}
}

// TestFirstCosts holds that a plan which makes everything says what costs by
// the hour, once and in one sentence.
func TestFirstCosts(t *testing.T) {
	const end = ", by the hour; docs/costs.md says what else, and what turns each off"
	made := func(kinds ...string) (p report.Plan) {
		for _, kind := range kinds {
			p.Changes = append(p.Changes, report.Change{Resource: report.Resource{Type: kind}, Action: report.Create})
		}
		return p
	}
	read := report.Plan{Changes: []report.Change{{Resource: report.Resource{Type: "aws_lb"}, Action: report.Read}}}
	gone := report.Plan{Changes: []report.Change{{Resource: report.Resource{Type: "aws_lb"}, Action: report.Delete}}}
	for _, test := range []struct {
		plan report.Plan
		want string
	}{
		{made("aws_iam_role"), ""},
		{read, ""},
		{gone, ""},
		{made("aws_ecs_service"), "the tasks of a service" + end},
		{made("aws_ecs_service", "aws_iam_role", "aws_lb"), "a load balancer and the tasks of a service" + end},
		{
			made("aws_autoscaling_group", "aws_ecs_service", "aws_ecs_service", "aws_lb", "aws_nat_gateway", "aws_nat_gateway"),
			"a load balancer, 2 NAT gateways, the tasks of 2 services and instances" + end,
		},
	} {
		var want []report.Consequence
		if test.want != "" {
			want = []report.Consequence{{Kind: report.Costs, Text: test.want}}
		}
		if got := test.plan.Consequences(); !slices.Equal(got, want) {
			t.Errorf("%q\nwant: %q", got, want)
		}
	}
}
