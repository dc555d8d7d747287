package report_test

import (
	"fmt"
	"strings"
	"testing"
)

// resource is one of a plan's resources, as JSON: "module type name", and the
// inside of its change.
func resource(address, change string) string {
	parts := strings.Fields(address)
	return fmt.Sprintf(`{"address":"%[1]s.%[2]s.%[3]s","module_address":"%[1]s","mode":"managed","type":"%[2]s","name":"%[3]s","change":{%[4]s}}`,
		parts[0], parts[1], parts[2], change)
}

// TestRefusals holds what is refused before anything is touched, and its
// neighbours that are not.
func TestRefusals(t *testing.T) {
	const (
		replace  = `"actions":["create","delete"],`
		listener = "arn:aws:elasticloadbalancing:eu-west-1:1:listener/app/"
		web      = "module.service[web]"
	)
	group := func(change string) string { return resource(web+" aws_lb_target_group this", change) }
	rule := func(before, after string) string {
		return resource(web+" aws_lb_listener_rule this", replace+`"before":{"listener_arn":"`+listener+before+`"},"after":{`+after+`},"replace_paths":[["listener_arn"]]`)
	}
	service := func(change string) string { return resource(web+" aws_ecs_service this", change) }
	strategy := func(provider string) string {
		return `"capacity_provider_strategy":[{"capacity_provider":"` + provider + `","weight":1,"base":0}]`
	}
	had := func(providers, then string) string {
		return resource("module.cluster aws_ecs_cluster_capacity_providers this", `"actions":["update"],"before":{"capacity_providers":[`+providers+`]},"after":{"capacity_providers":[`+then+`]}`)
	}
	moves := service(replace + `"before":{"cluster":"arn:aws:ecs:eu-west-1:1:cluster/shop","name":"web",` + strategy("FARGATE") + `},"after":{` + strategy("FARGATE_SPOT") + `},"replace_paths":[["capacity_provider_strategy"]]`)
	const command = "aws ecs update-service --region eu-west-1 --cluster arn:aws:ecs:eu-west-1:1:cluster/shop --service web --force-new-deployment --capacity-provider-strategy capacityProvider=FARGATE_SPOT,weight=1,base=0"
	named := func(module, action, side, name string) string {
		return resource("module."+module+" aws_ecr_repository this", `"actions":["`+action+`"],"`+side+`":{"name":"`+name+`"}`)
	}
	parameter := func(before, after string) string {
		return resource("module.secrets aws_ssm_parameter this", `"actions":["update"],"before":{"name":"/a",`+before+`},"after":{"name":"/a",`+after+`}`)
	}
	secret := func(after, unknown string) string {
		return resource("module.secrets aws_secretsmanager_secret this", `"actions":["update"],"before":{"name":"app/db","arn":"arn:aws:secretsmanager:eu-west-1:1:secret:app/db-abcdef","kms_key_id":"k"},"after":{"name":"app/db"`+after+`},"after_unknown":{`+unknown+`}`)
	}
	revision := resource(web+" aws_ecs_task_definition this", replace+`"before":{"arn":"web:1"},"after":{},"after_unknown":{"arn":true}`)
	const pinned = `"actions":["update"],"before":{"task_definition":"web:1"},"after":{"task_definition":"web:1"}`
	stays := group(`"actions":["no-op"],"before":{"name":"web"},"after":{"name":"web"}`)
	for _, test := range []struct {
		name      string
		resources []string
		want      string // part of the one refusal, or "" for none
	}{
		{"another VPC", []string{resource("module.load_balancer[shop] aws_security_group this", replace+`"before":{"vpc_id":"vpc-1"},"after":{},"replace_paths":[["vpc_id"]]`)}, "another VPC"},
		{"another name of a group", []string{resource(web+" aws_security_group this", replace+`"before":{"name":"a"},"after":{"name":"b"},"replace_paths":[["name"]]`)}, ""},
		{"target group of another name", []string{group(replace + `"before":{"name":"a"},"after":{"name":"b"},"replace_paths":[["name"]]`)}, ""},
		{"target group of the same name", []string{group(replace + `"before":{"name":"a"},"after":{"name":"a"},"replace_paths":[["protocol"]]`)}, "the target group a must be made anew"},
		{"load balancer of the same name", []string{resource("module.load_balancer[shop] aws_lb this", replace+`"before":{"name":"a"},"after":{"name":"a"},"replace_paths":[["internal"]]`)}, "the load balancer a must be made anew"},
		{"another load balancer", []string{stays, rule("a/1/1", `"listener_arn":"`+listener+`b/2/2"`)}, "moves to another load balancer"},
		{"another listener of the same", []string{stays, rule("a/1/1", `"listener_arn":"`+listener+`a/1/2"`)}, ""},
		{"a load balancer that is new", []string{stays, rule("a/1/1", ``),
			resource("module.load_balancer[b] aws_lb_listener this", `"actions":["create"],"after":{}`), resource("module.load_balancer[b] aws_lb this", `"actions":["create"],"after":{}`)}, "moves to another load balancer"},
		{"a listener that is new", []string{stays, rule("a/1/1", ``),
			resource("module.load_balancer[a] aws_lb_listener this", `"actions":["create"],"after":{}`), resource("module.load_balancer[a] aws_lb this", `"actions":["no-op"],"before":{},"after":{}`)}, ""},
		{"another load balancer with another target group", []string{
			group(replace + `"before":{"name":"a"},"after":{"name":"b"},"replace_paths":[["name"]]`), rule("a/1/1", ``)}, ""},
		{"other capacity", []string{had(`"FARGATE","FARGATE_SPOT"`, `"FARGATE","FARGATE_SPOT"`), moves}, "Move it first, one task after the other, and apply when it has moved:\n  " + command},
		{"capacity that is new", []string{had(`"FARGATE"`, `"FARGATE","FARGATE_SPOT"`), moves}, "add FARGATE_SPOT and apply. Then change the strategy:"},
		{"capacity in use", []string{had(`"FARGATE","FARGATE_SPOT"`, `"FARGATE"`), service(`"actions":["no-op"],"before":{` + strategy("FARGATE_SPOT") + `},"after":{}`)}, "the cluster loses the capacity FARGATE_SPOT, and Service web still runs on it."},
		{"cluster in use", []string{resource("module.cluster aws_ecs_cluster this", `"actions":["delete"],"before":{"arn":"c","name":"shop"}`), service(`"actions":["no-op"],"before":{"cluster":"c"},"after":{"cluster":"c"}`)},
			"the cluster shop is to go, and services stay in it."},
		{"cluster that goes with its services", []string{resource("module.cluster aws_ecs_cluster this", `"actions":["delete"],"before":{"arn":"c","name":"shop"}`), service(`"actions":["delete"],"before":{"cluster":"c"}`)}, ""},
		{"a role of a revision that stays", []string{revision, service(pinned), resource(web+" aws_iam_role task", replace+`"before":{"name":"a"},"after":{"name":"b"}`)},
			"Service web keeps the revision that runs, which only its pipeline changes, and the roles that its revision names go: no task of it could start."},
		{"a port of a revision that stays", []string{revision, service(`"actions":["update"],"before":{"task_definition":"web:1","load_balancer":[{"container_port":80}]},"after":{"task_definition":"web:1","load_balancer":[{"container_port":81}]}`)},
			"its revision has another port than the load balancer is to ask."},
		{"a role of a revision that goes", []string{revision, service(`"actions":["update"],"before":{"task_definition":"web:1"},"after":{},"after_unknown":{"task_definition":true}`),
			resource(web+" aws_iam_role task", replace+`"before":{"name":"a"},"after":{"name":"b"}`)}, ""},
		{"a revision that stays", []string{revision, service(pinned)}, ""},
		{"capacity that nobody uses", []string{had(`"FARGATE","FARGATE_SPOT"`, `"FARGATE"`), service(`"actions":["no-op"],"before":{` + strategy("FARGATE") + `},"after":{}`)}, ""},
		{"label changed, name kept", []string{named(`registry[\"web\"]`, "delete", "before", "shop/web"), named(`registry[\"site\"]`, "create", "after", "shop/web")},
			"Registry site is what Registry web was: both are called shop/web, and the old one would be destroyed while the new one is made.\n" +
				"Say so in a file of your own beside the root's code, such as extra_moved.tf, which may go after the apply:\n" +
				"  moved {\n    from = module.registry[\"web\"]\n    to   = module.registry[\"site\"]\n  }"},
		{"label changed, and the name", []string{named(`registry[\"web\"]`, "delete", "before", "shop/web"), named(`registry[\"site\"]`, "create", "after", "shop/site")}, ""},
		{"label changed, the old one stays", []string{named(`registry[\"web\"]`, "no-op", "before", "shop/web"), named(`registry[\"site\"]`, "create", "after", "shop/web")}, ""},
		{"another key of a parameter", []string{parameter(`"value_wo_version":1,"key_id":"alias/aws/ssm"`, `"value_wo_version":1,"key_id":"k"`)},
			"the parameter /a changes in key_id, and AWS takes that only together with the value, which Terraform sends only when the version rises.\nRaise version in the block parameter \"/a\" in the same change (it is 1)."},
		{"another text and tier of a parameter", []string{parameter(`"value_wo_version":1,"description":"a","tier":"Advanced"`, `"value_wo_version":1,"description":"b","tier":"Standard"`)}, "changes in description, tier, and"},
		{"another key of a parameter, with its value", []string{parameter(`"value_wo_version":1,"key_id":"alias/aws/ssm"`, `"value_wo_version":2,"key_id":"k"`)}, ""},
		{"another tag of a parameter", []string{parameter(`"value_wo_version":1,"tags_all":{"a":"b"}`, `"value_wo_version":1,"tags_all":{"a":"c"}`)}, ""},
		{"another key of a parameter with a plain value", []string{parameter(`"value_wo_version":null,"key_id":"a"`, `"value_wo_version":null,"key_id":"k"`)}, ""},
		{"a secret without its key", []string{secret(`,"kms_key_id":null`, ``)}, "aws secretsmanager update-secret --region eu-west-1 --secret-id arn:aws:secretsmanager:eu-west-1:1:secret:app/db-abcdef --kms-key-id alias/aws/secretsmanager"},
		{"a secret with a new key", []string{secret(``, `"kms_key_id":true`)}, ""},
		{"a secret with another key", []string{secret(`,"kms_key_id":"l"`, ``)}, ""},
		{"another module", []string{named(`registry[\"web\"]`, "delete", "before", "shop/web"), named(`images[\"web\"]`, "create", "after", "shop/web")}, ""},
	} {
		got := fromShow(t, []byte(`{"format_version":"1.2","resource_changes":[`+strings.Join(test.resources, ",")+`]}`)).Refusals
		switch {
		case test.want == "" && len(got) > 0:
			t.Errorf("%s: %s", test.name, got[0])
		case test.want != "" && (len(got) != 1 || !strings.Contains(got[0].String(), test.want)):
			t.Errorf("%s: %v\nwant: %s", test.name, got, test.want)
		}
	}
}
