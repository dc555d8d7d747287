package main

import (
	"slices"
	"testing"

	"tfgen/generator/spec"
	"tfgen/internal/deploy"
	"tfgen/internal/deploy/report"
)

func TestUnbuilt(t *testing.T) {
	behind := &spec.Attachment{}
	s := &spec.Spec{Services: []*spec.Service{
		{Label: "new", LoadBalancer: behind},
		{Label: "nginx", LoadBalancer: behind, Image: spec.Image{First: "nginx"}},
		{Label: "old", LoadBalancer: behind},
		{Label: "worker"},
	}}
	plan := &deploy.Plan{}
	for label, action := range map[string]report.Action{"new": report.Create, "nginx": report.Create, "old": report.Update, "worker": report.Create} {
		plan.Changes = append(plan.Changes, report.Change{
			Resource: report.Resource{Address: `module.service["` + label + `"].aws_ecs_service.this`, Type: "aws_ecs_service"}, Action: action,
		})
	}
	if got := unbuilt(s, []*deploy.Plan{plan}); !slices.Equal(got, []string{"new"}) {
		t.Errorf("got %q", got)
	}
}
