package report_test

import (
	"fmt"
	"strings"
	"testing"
)

// refreshOnly is a plan that changes nothing, whatever the code says.
const refreshOnly = "none"

// autoscaled is a state in which something scales the service auto.
const autoscaled = `{"format_version":"1.0","values":{"root_module":{"child_modules":[{"resources":[
	{"address":"x","mode":"managed","type":"aws_appautoscaling_target","name":"x","values":{"resource_id":"service/c/auto"}}]}]}}}`

// TestDrift holds what was done outside of Terraform: what the pipeline and
// scaling do, what nobody should have, and what is no news at all.
func TestDrift(t *testing.T) {
	const (
		service  = `"cluster":"arn:aws:ecs:x:1:cluster/c","name":"web"`
		scaled   = `"before":{` + service + `,"desired_count":2},"after":{` + service + `,"desired_count":4}`
		takes    = `"before":{` + service + `,"desired_count":4},"after":{` + service + `,"desired_count":2}`
		revision = `"before":{"cpu":"256","revision":1,"container_definitions":"[{\"name\":\"a\",\"image\":\"x:1\"}]"},"after":{"cpu":"512","revision":2,"container_definitions":"[{\"name\":\"a\",\"image\":\"x:2\",\"command\":[\"sh\"],\"environment\":[{\"name\":\"image\",\"value\":\"b\"}]}]"}`
	)
	for _, test := range []struct{ name, kind, sets, change, planned, want string }{
		{"pipeline", "aws_ecs_service", "task_definition", `"before":{"task_definition":"a:task-definition/web:1"},"after":{"task_definition":"a:task-definition/web:2"}`, "", "expected task_definition web:1 → web:2"},
		{"another family", "aws_ecs_service", "task_definition", `"before":{"task_definition":"a:task-definition/web:1"},"after":{"task_definition":"a:task-definition/evil:2"}`, "", "task_definition web:1 → evil:2"},
		{"scaling that is left alone", "aws_ecs_service", "desired_count", scaled, "", "expected desired_count 2 → 4"},
		{"scaling that is taken back", "aws_ecs_service", "desired_count", scaled, takes, "desired_count 2 → 4"},
		{"scaling that nobody looks at", "aws_ecs_service", "desired_count", scaled, refreshOnly, "desired_count 2 → 4"},
		{"an autoscaler", "aws_ecs_service", "desired_count", strings.ReplaceAll(scaled, "web", "auto"), strings.ReplaceAll(takes, "web", "auto"), "expected desired_count 2 → 4"},
		{"instances", "aws_autoscaling_group", "max_size", `"before":{"desired_capacity":0},"after":{"desired_capacity":3}`, "", "expected desired_capacity 0 → 3"},
		{"revision", "aws_ecs_task_definition", "container_definitions family", `"before":{"arn":"x:1","revision":1,"family":"a","container_definitions":"[{\"name\":\"a\",\"image\":\"x:1\"}]"},"after":{"arn":"x:2","revision":2,"family":"a","container_definitions":"[{\"name\":\"a\",\"image\":\"x:2\"}]"}`, "",
			"expected image 1 → 2, revision 1 → 2"},
		{"a revision that ECS filled in", "aws_ecs_task_definition", "container_definitions", `"before":{"container_definitions":"[{\"name\":\"a\",\"image\":\"x:1\",\"portMappings\":[{\"containerPort\":80}]}]"},"after":{"container_definitions":"[{\"name\":\"a\",\"image\":\"x:2\",\"cpu\":0,\"mountPoints\":[],\"environment\":[],\"portMappings\":[{\"containerPort\":80,\"name\":\"\"}]}]"}`, "",
			"expected image 1 → 2"},
		{"a revision by hand", "aws_ecs_task_definition", "cpu container_definitions", revision, "", `environment image (none) → b, command (none) → ["sh"], cpu 256 → 512, image 1 → 2, revision 1 → 2`},
		{"a revision without tags", "aws_ecs_task_definition", "tags", `"before":{"arn":"x:1","revision":1,"tags":{"Project":"a"}},"after":{"arn":"x:2","revision":2,"tags":null}`, "",
			`expected revision 1 → 2, tags {"Project":"a"} → (none)`},
		{"a revision with another tag", "aws_ecs_task_definition", "tags", `"before":{"arn":"x:1","revision":1,"tags":{"Project":"a"}},"after":{"arn":"x:2","revision":2,"tags":{"Project":"b"}}`, "",
			"tags.Project a → b, revision 1 → 2"},
		{"a host's network", "aws_ecs_task_definition", "network_mode", `"before":{"revision":1,"network_mode":"awsvpc"},"after":{"revision":2,"network_mode":"host"}`, "", "network_mode awsvpc → host, revision 1 → 2"},
		{"person", "aws_ecs_service", "desired_count enable_execute_command", `"before":{"desired_count":2,"enable_execute_command":false},"after":{"desired_count":4,"enable_execute_command":true}`, "",
			"enable_execute_command false → true, desired_count 2 → 4"},
		{"person, on a group", "aws_autoscaling_group", "max_size", `"before":{"desired_capacity":0,"max_size":3},"after":{"desired_capacity":9,"max_size":9}`, "", "max_size 3 → 9, desired_capacity 0 → 9"},
		{"read for the first time", "aws_security_group", "name", `"before":{"ingress":[]},"after":{"ingress":[{"from_port":80}]}`, "", ""},
		{"nothing in two ways", "aws_lb", "tags rule name", `"before":{"tags":null,"name":"x","rule":[{"a":null,"b":[{"c":null}]}]},"after":{"tags":{},"name":"x","rule":[{"a":false,"b":[{"c":0,"d":""}]}]}`, "", ""},
		{"default tags of ours", "aws_lb", "name", `"before":{"tags":{},"tags_all":{"a":"1"}},"after":{"tags":{"a":"1"},"tags_all":{"a":"1"}}`, `"before":{"tags":{"a":"1"},"tags_all":{"a":"1"}},"after":{"tags":{},"tags_all":{"a":"2"}}`, ""},
		{"a tag by hand", "aws_lb", "name", `"before":{"tags":{},"tags_all":{"a":"1"}},"after":{"tags":{"b":"2"},"tags_all":{"a":"1","b":"2"}}`, `"before":{"tags":{"b":"2"},"tags_all":{"a":"1","b":"2"}},"after":{"tags":{},"tags_all":{"a":"1"}}`, "tags.b (none) → 2"},
		{"in a dynamic block", "aws_lb", "name", `"before":{"access_logs":[{"enabled":true}]},"after":{"access_logs":[{"enabled":false}]}`, `"before":{"access_logs":[{"enabled":false}]},"after":{"access_logs":[{"enabled":true}]}`,
			"access_logs.enabled true → false"},
		{"what the apply will tell", "aws_lb", "name", `"before":{"arn":"1"},"after":{"arn":"2"}`, `"before":{"arn":"2"},"after":{},"after_unknown":{"arn":true}`, ""},
		{"sensitive", "aws_lb", "name", `"before":{"name":"hunter22"},"after":{"name":"hunter33"},"before_sensitive":{"name":true},"after_sensitive":{"name":true}`, "", "name (sensitive)"},
	} {
		var sets []string
		for name := range strings.FieldsSeq(test.sets) {
			sets = append(sets, fmt.Sprintf(`%q:{}`, name))
		}
		resource := fmt.Sprintf(`"address":"module.a[\"x.y\"].module.b[0].%[1]s.this","module_address":"module.a[\"x.y\"].module.b[0]","mode":"managed","type":%[1]q,"name":"this"`, test.kind)
		changes := fmt.Sprintf(`{%s,"change":{"actions":["no-op"]}}`, resource)
		switch test.planned {
		case "":
		case refreshOnly:
			changes = ""
		default:
			changes = fmt.Sprintf(`{%s,"change":{"actions":["update"],%s}}`, resource, test.planned)
		}
		p := fromShow(t, fmt.Appendf(nil, `{"format_version":"1.2","prior_state":`+autoscaled+`,"resource_drift":[{%s,"change":{"actions":["update"],%s}}],"resource_changes":[%s],
			"configuration":{"root_module":{"module_calls":{"a":{"module":{"module_calls":{"b":{"module":{"resources":[{"mode":"managed","type":%q,"name":"this","expressions":{%s}}]}}}}}}}}}`,
			resource, test.change, changes, test.kind, strings.Join(sets, ",")))
		var got []string
		for _, c := range p.Drift {
			for _, a := range c.Attributes {
				got = append(got, a.String())
			}
		}
		text := strings.Join(got, ", ")
		if len(p.Drift) > 0 && p.Drift[0].Expected {
			text = "expected " + text
		}
		if text != test.want {
			t.Errorf("%s: %s\nwant: %s", test.name, text, test.want)
		}
		if p.Empty {
			t.Errorf("%s: an apply takes it over into the state", test.name)
		}
	}
}

// TestDriftDeleted holds that what is gone is told, and that nobody should
// have done it.
func TestDriftDeleted(t *testing.T) {
	p := fromShow(t, []byte(`{"format_version":"1.2","resource_drift":[{"address":"aws_ecs_task_definition.x","type":"aws_ecs_task_definition","mode":"managed","change":{"actions":["delete"],"before":{}}},
		{"address":"x.moved","previous_address":"x.y","type":"x","mode":"managed","change":{"actions":["no-op"],"before":{},"after":{}}}]}`))
	if got := p.Unexpected(); len(got) != 1 || len(p.Drift) != 1 || got[0].Action != "delete" {
		t.Errorf("%+v", p.Drift)
	}
}
