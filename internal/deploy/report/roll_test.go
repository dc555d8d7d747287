package report_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"tfgen/internal/deploy/report"
)

// ecs is a plan for one service, as JSON: what changes of it and of its task
// definition, each as the inside of a "change".
func ecs(service, definition string) []byte {
	var all []string
	for kind, change := range map[string]string{"aws_ecs_service": service, "aws_ecs_task_definition": definition} {
		if change != "" {
			all = append(all, fmt.Sprintf(`{"address":"module.service[\"web\"].%[1]s.this","module_address":"module.service[\"web\"]","mode":"managed","type":%[1]q,"name":"this","change":{%s}}`, kind, change))
		}
	}
	all = append(all, `{"address":"module.service[\"web\"].data.aws_ecs_service.this","module_address":"module.service[\"web\"]","mode":"data","type":"aws_ecs_service","name":"this","change":{"actions":["read"],"after":{"desired_count":9}}}`)
	return []byte(`{"format_version":"1.2","resource_changes":[` + strings.Join(all, ",") + `]}`)
}

// sentence is the one sentence of a plan, or "".
func sentence(t *testing.T, plan []byte) string {
	t.Helper()
	rolls := fromShow(t, plan).Rolls
	switch len(rolls) {
	case 0:
		return ""
	case 1:
		return rolls[0].String()
	}
	t.Fatalf("%d sentences: %v", len(rolls), rolls)
	return ""
}

// TestOrder holds how many tasks make way at a time, and which come first. The
// fewest are rounded up, the most down.
func TestOrder(t *testing.T) {
	for _, test := range []struct {
		count, least, most int
		want               string
	}{
		{2, 100, 200, "2 tasks, 2 new ones start before old ones stop"},
		{2, 100, 1000, "2 tasks, 2 new ones start before old ones stop"},
		{3, 100, 150, "3 tasks, at most 1 at a time: new ones start before old ones stop"},
		{2, 100, 150, "2 tasks, at most 1 at a time: new ones start before old ones stop"},
		{4, 100, 150, "4 tasks, at most 2 at a time: new ones start before old ones stop"},
		{2, 75, 150, "2 tasks, at most 1 at a time: new ones start before old ones stop"},
		{4, 50, 100, "4 tasks, at most 2 at a time: old ones stop before new ones start"},
		{3, 50, 100, "3 tasks, at most 1 at a time: old ones stop before new ones start"},
		{3, 34, 133, "3 tasks, at most 1 at a time: old ones stop before new ones start"},
		{4, 0, 100, "4 tasks, all at once: old ones stop before new ones start, and for a while none runs"},
		{4, 50, 200, "4 tasks, between 2 and 8 run meanwhile"},
		{4, 50, 1000, "4 tasks, between 2 and 8 run meanwhile"},
		{4, 0, 125, "4 tasks, between 0 and 5 run meanwhile"},
		{1, 100, 200, "1 task, a new one starts before the old one stops"},
		{1, 50, 200, "1 task, a new one starts before the old one stops"},
		{1, 0, 100, "1 task, the old one stops before a new one starts: for a while none runs"},
		{1, 0, 199, "1 task, the old one stops before a new one starts: for a while none runs"},
		{1, 0, 200, "1 task, between 0 and 2 run meanwhile"},
		{1, 50, 100, "1 task, and none can be replaced: 1 must run, and no more may"},
		{1, 100, 150, "1 task, and none can be replaced: 1 must run, and no more may"},
		{2, 75, 100, "2 tasks, and none can be replaced: 2 must run, and no more may"},
		{0, 100, 200, "no tasks"},
	} {
		values := fmt.Sprintf(`"desired_count":%d,"deployment_minimum_healthy_percent":%d,"deployment_maximum_percent":%d`, test.count, test.least, test.most)
		got := sentence(t, ecs(fmt.Sprintf(`"actions":["update"],"before":{"task_definition":"a:task-definition/web:1",%[1]s},"after":{"task_definition":"a:task-definition/web:2",%[1]s}`, values), ""))
		if want := "Service web rolls: revision web:1 → web:2; " + test.want; got != want {
			t.Errorf("%d/%d, %d tasks: %s\nwant: %s", test.least, test.most, test.count, got, want)
		}
	}
}

// TestRolls holds what a plan makes of the tasks where not both the service
// and its task definition change.
func TestRolls(t *testing.T) {
	const (
		kept    = `"actions":["no-op"],"before":{"arn":"a:task-definition/web:1"},"after":{"arn":"a:task-definition/web:1","container_definitions":"[{\"name\":\"web\",\"image\":\"r/web:abc\"}]"}`
		revised = `"actions":["create","delete"],"before":{"memory":"512","container_definitions":"[{\"name\":\"web\",\"image\":\"r/web:abc\"}]"},"after":{"memory":"1024","container_definitions":"[{\"name\":\"web\",\"image\":\"r/web:abc\"}]"},"after_unknown":{"arn":true}`
	)
	// values are those of the service, with two of its attributes given.
	values := func(count int, more string) string {
		return fmt.Sprintf(`{"task_definition":"a:task-definition/web:1","desired_count":%d,"deployment_minimum_healthy_percent":100,"deployment_maximum_percent":200%s}`, count, more)
	}
	update := func(before, after string) string {
		return `"actions":["update"],"before":` + before + `,"after":` + after
	}
	const forced = `,"force_new_deployment":true`
	for _, test := range []struct{ name, service, definition, want string }{
		{"forced", update(values(2, forced), values(2, forced+`,"enable_execute_command":true`)), kept,
			"Service web rolls: same image abc, since any change of the service rolls its tasks; 2 tasks, 2 new ones start before old ones stop"},
		{"forced, on a revision of the pipeline", update(values(2, forced), values(2, forced+`,"enable_execute_command":true`)), strings.ReplaceAll(kept, "web:1", "web:7"),
			"Service web rolls: same revision web:1, since any change of the service rolls its tasks; 2 tasks, 2 new ones start before old ones stop"},
		{"forced, and nothing but tags", update(values(2, forced+`,"tags":{"a":"1"}`), values(2, forced+`,"tags":{"a":"2"},"force_delete":true`)), kept, ""},
		{"forced, and a new revision that is not its own", update(values(2, forced), values(2, forced+`,"enable_execute_command":true`)), revised,
			"Service web rolls: same revision web:1, since any change of the service rolls its tasks; 2 tasks, 2 new ones start before old ones stop"},
		{"forced and scaled", update(values(2, forced), values(4, forced)), kept,
			"Service web rolls: same image abc, since any change of the service rolls its tasks; 2 → 4 tasks, all of them new, 4 new ones start before old ones stop"},
		{"forced and scaled up from none", update(values(0, forced), values(1, forced)), kept,
			"Service web rolls: same image abc, since any change of the service rolls its tasks; 0 → 1 task"},
		{"forced and scaled to none", update(values(2, forced), values(0, forced)), kept,
			"Service web rolls: same image abc, since any change of the service rolls its tasks; 2 → no tasks"},
		{"scaled", update(values(2, ""), values(4, "")), kept, "Service web scales: 2 → 4 tasks"},
		{"not forced", update(values(2, ""), values(2, `,"enable_execute_command":true`)), kept, ""},
		{"not its own revision", `"actions":["no-op"],"before":` + values(2, "") + `,"after":` + values(2, ""), revised,
			"Service web gets a new revision: same image abc, memory 512 → 1024; its tasks stay as they are, also after the next deployment, which copies the revision that runs"},
		{"no service", "", revised, "Service web gets a new revision: same image abc, memory 512 → 1024"},
		{"new service", `"actions":["create"],"after":` + values(2, ""), revised, "Service web starts: image r/web:abc, memory 1024; 2 tasks"},
		{"new service of an older revision", `"actions":["create"],"after":` + values(1, ""), "", "Service web starts: 1 task"},
		{"another strategy", update(values(2, `,"capacity_provider_strategy":[{"capacity_provider":"FARGATE","weight":1,"base":0}]`),
			values(2, forced+`,"capacity_provider_strategy":[{"capacity_provider":"FARGATE_SPOT","weight":3},{"capacity_provider":"FARGATE","weight":1}]`)), kept,
			"Service web rolls: same image abc, capacity FARGATE 1 → FARGATE 1 + FARGATE_SPOT 3, since any change of the service rolls its tasks; 2 tasks, 2 new ones start before old ones stop"},
		{"replaced", `"actions":["delete","create"],"before":` + values(2, "") + `,"after":` + values(2, ""), kept,
			"Service web is replaced: same image abc; 2 tasks"},
		{"unknown revision", update(values(2, ""), values(2, "")) + `,"after_unknown":{"task_definition":true}`, "",
			"Service web rolls: revision web:1 → (known after apply); 2 tasks, 2 new ones start before old ones stop"},
		{"daemon", update(values(2, forced), values(2, forced+`,"scheduling_strategy":"DAEMON"`)), kept,
			"Service web rolls: same image abc, since any change of the service rolls its tasks; 2 tasks"},
		{"blue and green", update(values(2, forced), values(2, forced+`,"deployment_configuration":[{"strategy":"BLUE_GREEN"}]`)), kept,
			"Service web rolls: same image abc, since any change of the service rolls its tasks; 2 tasks"},
		{"destroyed", `"actions":["delete"],"before":` + values(2, ""), `"actions":["delete"],"before":{}`, "Service web is removed: 2 tasks stopped for good"},
	} {
		if got := sentence(t, ecs(test.service, test.definition)); got != test.want {
			t.Errorf("%s: %s\nwant: %s", test.name, got, test.want)
		}
	}
}

// TestSentence holds that a sentence stays one: the list has the rest.
func TestSentence(t *testing.T) {
	for n, want := range map[int]string{
		4: "Service web rolls: same image abc, c0, c1, c2, c3; 2 tasks",
		6: "Service web rolls: same image abc, c0, c1, c2, c3, and 2 more; 2 tasks",
	} {
		r := report.Roll{Service: "Service web", Verb: report.Rolls, Image: "same image abc", Tasks: "2 tasks"}
		for i := range n {
			r.Changes = append(r.Changes, fmt.Sprint("c", i))
		}
		if got := r.String(); got != want {
			t.Errorf("%d changes: %s", n, got)
		}
	}
}

// TestContainers holds that container definitions are told as fields.
func TestContainers(t *testing.T) {
	quoted := func(containers string) string {
		text, _ := json.Marshal(containers)
		return string(text)
	}
	for _, test := range []struct{ name, before, after, masks, want string }{
		{"image", `[{"name":"a","image":"111111111111.dkr.ecr.eu-west-1.amazonaws.com/a/very/long/name:abc"}]`, `[{"name":"a","image":"111111111111.dkr.ecr.eu-west-1.amazonaws.com/a/very/long/name:def"}]`, "", "image abc → def"},
		{"another image", `[{"name":"a","image":"nginx:1"}]`, `[{"name":"a","image":"r/web:1"}]`, "", "image nginx:1 → r/web:1"},
		{"variables", `[{"name":"a","environment":[{"name":"B","value":"1"},{"name":"C","value":"1"}]}]`, `[{"name":"a","environment":[{"name":"A","value":"1"},{"name":"B","value":"2"}]}]`, "",
			"environment A (none) → 1, environment B 1 → 2, environment C 1 → (none)"},
		{"another order", `[{"name":"a","environment":[{"name":"B","value":"1"},{"name":"A","value":"1"}]}]`, `[{"name":"a","environment":[{"name":"A","value":"1"},{"name":"B","value":"1"}]}]`, "", ""},
		{"secrets", `[{"name":"a","secrets":[{"name":"X","valueFrom":"1"}]}]`, `[{"name":"a","secrets":[{"name":"X","valueFrom":"2"},{"name":"Y","valueFrom":"1"}]}]`, "", "secret X changed, secret Y added"},
		{"settings", `[{"name":"a","cpu":0,"healthCheck":{"interval":30},"portMappings":[{"containerPort":80}]}]`, `[{"name":"a","cpu":256,"healthCheck":{"interval":10},"portMappings":[{"containerPort":8080}]}]`, "",
			"cpu 0 → 256, healthCheck.interval 30 → 10, portMappings.containerPort 80 → 8080"},
		{"what comes and goes", `[{"name":"a","linuxParameters":{"swappiness":1}}]`, `[{"name":"a","mountPoints":[{"sourceVolume":"x"}],"healthCheck":{"retries":3}}]`, "",
			"healthCheck.retries (none) → 3, linuxParameters.swappiness 1 → (none), mountPoints: 1 added"},
		{"nothing in two ways", `[{"name":"a","secrets":[],"volumesFrom":[]}]`, `[{"name":"a","secrets":null}]`, "", ""},
		{"several", `[{"name":"a","image":"x:1"},{"name":"b","image":"y:1"}]`, `[{"name":"b","image":"y:2","environment":[{"name":"L","value":"1"}]},{"name":"c"}]`, "",
			"b image 1 → 2, container a removed, b environment L (none) → 1, container c added"},
		{"sensitive", `[{"name":"a","image":"x:1","environment":[{"name":"A","value":"hunter22"}],"healthCheck":{"retries":1}}]`, `[{"name":"a","image":"x:2","environment":[{"name":"A","value":"hunter33"}],"healthCheck":{"retries":2}}]`, `,"after_sensitive":{"container_definitions":true}`,
			"image (sensitive), environment A changed, healthCheck changed"},
		{"unknown", `[{"name":"a","image":"x:1"}]`, "", `,"after_unknown":{"container_definitions":true}`, "container_definitions (known after apply)"},
		{"a secret of another place", `[{"name":"a","environment":[{"name":"A","value":"1"}]}]`, `[{"name":"a","environment":[{"name":"A","value":"hunter22"}]}]`, `,"after_sensitive":{"other":true}`, "environment A 1 → (sensitive)"},
		{"hostile", `[{"name":"a\n","image":"x"},{"name":"b"}]`, `[{"name":"a\n","image":"x\u001b[31m:1","environment":[{"name":"A\u001b[1m\nB","value":"\u202e"}]},{"name":"b"}]`, "",
			`a image latest → 1, a environment A B (none) → ""`},
		{"no list", `[{"name":"a","image":"x:1"}]`, `{"name":"a"}`, "", `container_definitions [{"image":"x:1","name":"a"}] → {"name":"a"}`},
	} {
		plan := ecs("", `"actions":["update"],"before":{"container_definitions":`+quoted(test.before)+`,"other":"x"},"after":{"container_definitions":`+quoted(test.after)+`,"other":"hunter22"}`+test.masks)
		if test.masks == "" || !strings.Contains(test.masks, "other") {
			plan = []byte(strings.ReplaceAll(string(plan), `"other":"hunter22"`, `"other":"x"`))
		}
		var got []string
		for _, a := range fromShow(t, plan).Changes[0].Attributes {
			if a.Path != "other" {
				got = append(got, a.String())
			}
		}
		if text := strings.Join(got, ", "); text != test.want {
			t.Errorf("%s: %s\nwant: %s", test.name, text, test.want)
		}
	}
}

// TestServiceName holds that a service's name is no secret, although it is the
// value of a parameter, and that a name that is marked itself stays one.
func TestServiceName(t *testing.T) {
	for mask, want := range map[string]string{
		"{}":            "Service web rolls: image abc → def; 1 task",
		`{"name":true}`: "Service web rolls: image (sensitive); 1 task",
	} {
		plan := string(ecs(`"actions":["update"],"before":{"name":"my-service"},"after":{"name":"my-service","desired_count":1},"after_unknown":{"task_definition":true},"before_sensitive":`+mask+`,"after_sensitive":`+mask,
			`"actions":["update"],"before":{"container_definitions":"[{\"name\":\"a\",\"image\":\"r/my-service:abc\"}]"},"after":{"container_definitions":"[{\"name\":\"a\",\"image\":\"r/my-service:def\"}]"}`))
		parameter := `{"address":"aws_ssm_parameter.live","mode":"managed","type":"aws_ssm_parameter","name":"live","change":{"actions":["no-op"],"after":{"value":"my-service"},"after_sensitive":{"value":true}}},`
		if got := sentence(t, []byte(strings.Replace(plan, `"resource_changes":[`, `"resource_changes":[`+parameter, 1))); got != want {
			t.Errorf("%s: %s\nwant: %s", mask, got, want)
		}
	}
}
