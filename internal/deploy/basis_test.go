package deploy

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestLive holds that each service is paired with its own container, and that
// what is not live yet is not there.
func TestLive(t *testing.T) {
	s, err := parseState([]byte(`{"serial": 3, "lineage": "a", "resources": [
		{"mode": "data", "type": "aws_caller_identity", "name": "current", "module": "module.b", "instances": [{"attributes": {"account_id": "111111111111"}}]},
		{"mode": "data", "type": "aws_ecs_container_definition", "name": "live", "module": "module.service[\"b\"]", "instances": [{"attributes": {"container_name": "b", "image": "b:2"}}]},
		{"mode": "data", "type": "aws_ecs_container_definition", "name": "live", "module": "module.service[\"a\"]", "instances": [{"attributes": {"container_name": "a", "image": "a:1"}}]},
		{"mode": "data", "type": "aws_ecs_service", "name": "live", "module": "module.service[\"a\"]", "instances": [{"attributes": {"cluster_arn": "c", "service_name": "A"}}]},
		{"mode": "data", "type": "aws_ecs_service", "name": "live", "module": "module.service[\"b\"]", "instances": [{"attributes": {"cluster_arn": "c", "service_name": "B"}}]},
		{"mode": "data", "type": "aws_ecs_service", "name": "live", "module": "module.service[\"new\"]", "instances": []},
		{"mode": "data", "type": "aws_ecs_service", "name": "other", "module": "module.mine", "instances": [{"attributes": {"cluster_arn": "c", "service_name": "C"}}]},
		{"mode": "managed", "type": "aws_ecs_service", "name": "live", "module": "module.mine", "instances": [{"attributes": {"cluster_arn": "c", "service_name": "D"}}]}
	]}`))
	if err != nil {
		t.Fatal(err)
	}
	got := Basis{s.Position, s.account(), s.live()}
	want := Basis{
		Position: Position{Lineage: "a", Serial: 3},
		Account:  "111111111111",
		Live:     []Live{{"c", "A", "a", "a:1"}, {"c", "B", "b", "b:2"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
