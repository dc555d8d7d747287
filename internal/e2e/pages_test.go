package e2e

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestPages does what two pages of the manual tell a reader to do, word for
// word: a database, and files beside the generated ones.
func TestPages(t *testing.T) {
	t.Parallel()
	p := page{newProject(t, "minimal", "eu-west-1")}
	prove(t, []step{
		{"a service that runs", p.begin, false},
		{"files of one's own", p.ownFiles, false},
		{"a database lets its tasks in", p.database, true},
		{"the tasks learn its address, and reach what is named", p.connect, false},
	})
}

// page is a project that follows the manual.
type page struct{ *project }

func (p page) begin(t *testing.T) {
	if err := os.Remove(filepath.Join(p.dir, "buildspec.yml")); err != nil { // The example's.
		t.Fatal(err)
	}
	p.write(t, blocks(t, "database.md", "# tfgen.hcl")[0])
	p.must(t, "generate")
	p.must(t, "apply", "-auto-approve")
}

func (p page) database(t *testing.T) {
	instance := get[[]string](t, p.aws, "rds.describe_db_instances", nil, "DBInstances[0].[DBInstanceIdentifier, VpcSecurityGroups[0].VpcSecurityGroupId]")
	tasks := p.tasksGroup(t)
	from := get[[]string](t, p.aws, "ec2.describe_security_groups", with{"GroupIds": []string{instance[1]}}, "SecurityGroups[0].IpPermissions[].UserIdGroupPairs[].GroupId")
	if instance[0] != "depot" || len(from) != 1 || from[0] != tasks {
		t.Errorf("the database %s lets in %v, and the tasks are in %s", instance[0], from, tasks)
	}
	leads := get[any](t, p.aws, "ec2.describe_security_groups", with{"GroupIds": []string{tasks}},
		"SecurityGroups[0].IpPermissionsEgress[?IpProtocol=='-1'].IpRanges[].CidrIp | [0]")
	if leads != "172.31.0.0/16" {
		t.Errorf("of their VPC tasks reach %v", leads)
	}
}

func (p page) tasksGroup(t *testing.T) string {
	t.Helper()
	return get[string](t, p.aws, "ecs.describe_services", with{"cluster": "depot", "services": []string{"site"}},
		"services[0].networkConfiguration.awsvpcConfiguration.securityGroups[0]")
}

// connect writes into the service what the database's page does, all of it: what
// its last two blocks say of egress goes together.
func (p page) connect(t *testing.T) {
	for _, block := range blocks(t, "database.md", "# tfgen.hcl, in service") {
		p.edit(t, "  build {}\n", block.text+"  build {}\n")
	}
	p.must(t, "generate")
	p.must(t, "apply", "-auto-approve")
	p.changesNothing(t)
	from := get[string](t, p.aws, "secretsmanager.get_secret_value", with{"SecretId": "depot/database"}, "SecretString")
	if !regexp.MustCompile(`^\{"url":"postgres://depot:\w+@depot\..*:5432/depot"\}$`).MatchString(from) {
		t.Errorf("the secret is %s", from)
	}
	holds(t, p.aws, map[string]string{"tasks": p.tasksGroup(t)}, []setting{
		{"HTTPS, a peered network's Postgres, and the VPC's", "ec2.describe_security_groups", `"GroupIds": ["{tasks}"]`,
			"sort_by(SecurityGroups[0].IpPermissionsEgress[].{from: FromPort, to: ToPort, ranges: sort(IpRanges[].CidrIp)}, &from)[].[from, to, ranges]",
			`[[443, 443, ["0.0.0.0/0"]], [5432, 5432, ["10.1.0.0/16", "172.31.0.0/16"]]]`},
	})
}

// ownFiles writes all files that the two pages show.
func (p page) ownFiles(t *testing.T) {
	p.aws.do(t, "route53.create_hosted_zone", with{"Name": "depot.example", "CallerReference": "1"})
	p.write(t, blocks(t, "database.md", "# infra/")...)
	p.write(t, blocks(t, "own-files.md", "# infra/")...)
	p.must(t, "generate", "-check")
	p.must(t, "apply", "-auto-approve")
	p.changesNothing(t)
	group := get[string](t, p.aws, "elbv2.describe_target_groups", nil, "TargetGroups[0].TargetGroupArn")
	balancer := get[string](t, p.aws, "elbv2.describe_load_balancers", nil, "LoadBalancers[0].LoadBalancerArn")
	revision := get[string](t, p.aws, "ecs.describe_services", with{"cluster": "depot", "services": []string{"site"}}, "services[0].taskDefinition")
	role := get[string](t, p.aws, "ecs.describe_task_definition", with{"taskDefinition": revision}, "taskDefinition.taskRoleArn")
	holds(t, p.aws, map[string]string{"group": group, "balancer": balancer, "role": path.Base(role)}, []setting{
		{"the domain leads to the load balancer", "route53.list_hosted_zones", ``, "HostedZones[].ResourceRecordSetCount", `[3]`},
		{"connections live longer", "elbv2.describe_load_balancer_attributes", `"LoadBalancerArn": "{balancer}"`, "Attributes[?Key=='idle_timeout.timeout_seconds'].Value", `["300"]`},
		{"sessions stick", "elbv2.describe_target_group_attributes", `"TargetGroupArn": "{group}"`, "Attributes[?Key=='stickiness.enabled'].Value", `["true"]`},
		{"the alarm watches the service", "cloudwatch.describe_alarms", ``, "MetricAlarms[].Dimensions[].Name | sort(@)", `["LoadBalancer", "TargetGroup"]`},
		{"tasks may send orders", "iam.list_role_policies", `"RoleName": "{role}"`, "PolicyNames", `["orders"]`},
	})
}

// A block is a listing of a page. Its first line says which file it is for.
type block struct{ file, text string }

// blocks returns the listings of a page whose first line begins with a text.
func blocks(t *testing.T, name, first string) (found []block) {
	t.Helper()
	src, err := os.ReadFile(filepath.Join("..", "..", "docs", name))
	if err != nil {
		t.Fatal(err)
	}
	for _, match := range regexp.MustCompile("(?s)```hcl\n(# [^\n]*)\n(.*?)```\n").FindAllStringSubmatch(string(src), -1) {
		if strings.HasPrefix(match[1], first) {
			file, _, _ := strings.Cut(strings.TrimPrefix(match[1], "# "), ",")
			found = append(found, block{file, match[2]})
		}
	}
	if found == nil {
		t.Fatalf("%s has no listing that begins with %q", name, first)
	}
	return found
}

func (p page) write(t *testing.T, all ...block) {
	t.Helper()
	for _, b := range all {
		if err := os.WriteFile(filepath.Join(p.dir, filepath.FromSlash(b.file)), []byte(b.text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
