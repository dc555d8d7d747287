package report_test

import (
	"slices"
	"testing"

	"tfgen/internal/deploy/report"
)

// TestRelocations holds that a service which goes in one module and comes in
// another under the same key is found, and that nothing else is.
func TestRelocations(t *testing.T) {
	gone := service(report.Delete, `module.service["web"]`, "aws_ecs_service.this")
	for _, test := range []struct {
		name string
		with report.Change
		want []report.Relocation
	}{
		{"another module", service(report.Create, `module.worker["web"]`, "aws_ecs_service.this"), []report.Relocation{{`module.service["web"]`, `module.worker["web"]`}}},
		{"another key", service(report.Create, `module.worker["api"]`, "aws_ecs_service.this"), nil},
		{"another resource", service(report.Create, `module.worker["web"]`, "aws_ecs_service.other"), nil},
		{"it stays", service(report.Update, `module.worker["web"]`, "aws_ecs_service.this"), nil},
		{"it goes too", service(report.Delete, `module.worker["web"]`, "aws_ecs_service.this"), nil},
		{"no service", report.Change{Resource: report.Resource{Module: `module.worker["web"]`, Local: "aws_ecs_service.this", Type: "aws_lb"}, Action: report.Create}, nil},
	} {
		got := report.Plan{Changes: []report.Change{gone, test.with}}.Relocations()
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %v", test.name, got)
		}
	}
	keyless := report.Plan{Changes: []report.Change{service(report.Delete, "module.a", "aws_ecs_service.this"), service(report.Create, "module.b", "aws_ecs_service.this")}}
	if got := keyless.Relocations(); got != nil {
		t.Errorf("without keys: %v", got)
	}
}

func service(a report.Action, module, local string) report.Change {
	return report.Change{Resource: report.Resource{Module: module, Local: local, Type: "aws_ecs_service"}, Action: a}
}
