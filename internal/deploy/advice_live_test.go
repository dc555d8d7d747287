package deploy

import (
	"strings"
	"testing"

	"tfgen/internal/deploy/report"
)

// TestAdviceOnLive holds the ways out where the service that a plan asks for
// its image is gone, or has no such container.
func TestAdviceOnLive(t *testing.T) {
	const in = `module.service["web"].data.`
	for _, test := range []struct{ address, summary, want string }{
		{in + `aws_ecs_service.live["/ecs/shop/web/live/service"]`, "reading ECS Service (web): no matching ECS Service found", "\n  aws ssm delete-parameter --region eu-west-1 --name /ecs/shop/web/live/service"},
		{in + `aws_ecs_container_definition.live["/ecs/shop/web/live/service"]`, "no matching ECS Container Definition found", "Write the label as it was, or give the service another name too"},
		{in + `aws_ecs_service.live["/ecs/shop/web/live/service"]`, "AccessDeniedException", ""},
		{`data.aws_ecs_service.mine`, "no matching ECS Service found", ""},
	} {
		f := &Failure{Root: Root{Region: "eu-west-1"}, Diagnostics: []report.Diagnostic{{Severity: "error", Address: test.address, Summary: test.summary}}}
		if got := adviceOnLive(f); !strings.Contains(got, test.want) || (got == "") != (test.want == "") {
			t.Errorf("%s: %q", test.address, got)
		}
	}
}
