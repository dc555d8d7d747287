package e2e

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A step is a promise, and what proves it.
type step struct {
	promise string
	prove   func(*testing.T)
	looks   bool // It only looks at the account. What comes after does not build on it.
}

// prove goes through steps. After one that failed those that build on it would
// say nothing.
func prove(t *testing.T, steps []step) {
	for _, s := range steps {
		if !t.Run(s.promise, s.prove) && !s.looks {
			return
		}
	}
}

// tutorial is the example's project while it lives.
type tutorial struct {
	*project
	deployed
	first string // The revision that ran image A with the new size.
}

const (
	registry = account + ".dkr.ecr.ap-south-1.amazonaws.com/myweb"
	imageA   = registry + ":aaaaaaaa"
	imageB   = registry + ":bbbbbbbb"
)

// The tutorial from an empty account to an empty account, and once more.
func TestTutorial(t *testing.T) {
	t.Parallel()
	p := tutorial{newProject(t, "tutorial", "ap-south-1"), deployed{"my-cluster", "my-rolling-service"}, ""}
	p.must(t, "generate")
	prove(t, []step{
		{"one command makes everything", p.oneCommand, false},
		{"every setting is there", p.settings, true},
		{"roles may do what they need and nothing else", p.roles, true},
		{"a second plan is empty and needs no init", p.secondPlan, false},
		{"the pipeline deploys with its own role", p.deployAsPipeline, false},
		{"the plan after a deploy is empty, without tfgen too", p.emptyAfterDeploy, false},
		{"a change of size reaches the service with the deployed image", p.changeSize, false},
		{"a rollback stays", p.rollback, false},
		{"destroy finishes and leaves nothing", p.destroy, false},
		{"the same account takes it all once more", p.again, false},
	})
}

// oneCommand: somebody with nothing but credentials types one command, and
// what they need next stands at its end, to copy and paste.
func (p *tutorial) oneCommand(t *testing.T) {
	s := p.must(t, "apply", "-auto-approve")
	address := get[string](t, p.aws, "elbv2.describe_load_balancers", nil, "LoadBalancers[0].DNSName")
	ending := fmt.Sprintf(`
Address
  http://%s

Repository
  https://git-codecommit.ap-south-1.amazonaws.com/v1/repos/mywebrepo

A pipeline starts by itself when it is made. That first run fails, since the
repository is empty; the push starts the next.

To deliver the application, run in its folder
  git init --initial-branch=main
  git config credential.helper '!aws codecommit credential-helper $@'
  git config credential.UseHttpPath true
  git add .
  git commit --message='My first commit'
  git remote add origin https://git-codecommit.ap-south-1.amazonaws.com/v1/repos/mywebrepo
  git push origin main
`, address)
	if !strings.HasSuffix(s.out, ending) {
		t.Errorf("stdout does not end with\n%s\nbut is\n%s", ending, s.out)
	}
	// Each run of Terraform costs seconds: one plan and one apply a root, one show
	// of what is created, to look whether it is there, and no validate and no
	// refresh besides.
	want := []string{
		"delivery apply", "delivery init", "delivery plan", "delivery show",
		"production apply", "production init", "production plan", "production show",
	}
	if runs := p.witnessed(t); !slices.Equal(slices.Sorted(slices.Values(runs)), want) {
		t.Errorf("Terraform ran %q, want %q", runs, want)
	}
}

func (p *tutorial) roles(t *testing.T) {
	artifacts := get[string](t, p.aws, "codepipeline.get_pipeline", with{"name": "myweb-pipeline"}, "pipeline.artifactStore.location")
	leastPrivilege(t, p.project, "tutorial", map[string]string{"artifacts": artifacts})
}

func (p *tutorial) secondPlan(t *testing.T) {
	p.changesNothing(t)
	want := []string{"delivery plan", "production plan"}
	if runs := p.witnessed(t); !slices.Equal(slices.Sorted(slices.Values(runs)), want) {
		t.Errorf("Terraform ran %q, want %q", runs, want)
	}
}

// deployAsPipeline: the role is no wider than the deploy action, and no
// narrower. Without the right to hand the task its roles ECS refuses the
// revision: on AWS the pipeline's last stage would fail.
func (p *tutorial) deployAsPipeline(t *testing.T) {
	pipeline := p.assume(t, "myweb-pipeline-ap-south-1", "codepipeline.amazonaws.com", "")
	p.enforce(t)
	whole := get[string](t, p.aws, "iam.get_role_policy", with{"RoleName": "myweb-pipeline-ap-south-1", "PolicyName": "pipeline"}, "to_string(PolicyDocument)")
	p.setPolicy(t, "myweb-pipeline-ap-south-1", "pipeline", without(t, whole, "iam:PassRole"))
	if code := p.deploy(t, pipeline, definitions(imageA)); code != "AccessDeniedException" {
		t.Errorf("without iam:PassRole the deploy says %q, want AccessDeniedException", code)
	}
	p.setPolicy(t, "myweb-pipeline-ap-south-1", "pipeline", whole)
	if code := p.deploy(t, pipeline, definitions(imageA)); code != "" {
		t.Errorf("the deploy says %s", code)
	}
	if live := p.live(t, p.aws); live.Image != imageA {
		t.Errorf("the service runs %s, want %s", live.Image, imageA)
	}
}

// definitions is the imagedefinitions.json that the tutorial's build writes.
func definitions(image string) string {
	return fmt.Sprintf(`[{"name":"myweb","imageUri":%q}]`, image)
}

// enforce has the account check permissions. Its administrator, who runs tfgen,
// has all of them.
func (p *project) enforce(t *testing.T) {
	t.Helper()
	if err := p.server.Enforce(t.Context(), true); err != nil {
		t.Fatal(err)
	}
}

func (p *project) setPolicy(t *testing.T, role, name, document string) {
	t.Helper()
	p.aws.do(t, "iam.put_role_policy", with{"RoleName": role, "PolicyName": name, "PolicyDocument": document})
}

// emptyAfterDeploy: Terraform wants nothing back that the pipeline did. Each
// root is a plain root: who has Terraform needs no tfgen and no variable.
func (p *tutorial) emptyAfterDeploy(t *testing.T) {
	p.changesNothing(t, "-env=production")
	for _, root := range []string{"delivery", "environments/production"} {
		if out, code := p.plain(t, root, "plan", "-detailed-exitcode", "-input=false", "-no-color"); code != 0 {
			t.Errorf("terraform plan in %s: exit code %d\n%s", root, code, out)
		}
	}
}

// changeSize: with the usual remedy, ignore_changes, this never reaches the
// service; without any, the image of the first apply comes back.
func (p *tutorial) changeSize(t *testing.T) {
	p.edit(t, "cpu           = 512", "cpu = 1024", "memory        = 1024", "memory = 2048\n  environment = { GREETING = \"hello\" }")
	before := revisions(t, p.aws, "myweb")
	p.must(t, "generate")
	p.aws.do(t, "iam.attach_role_policy", with{"RoleName": "myweb-task-ap-south-1", "PolicyArn": administrator})
	reviewed := p.must(t, "plan", "-env=production")
	tells(t, reviewed.out, administrator, "Changed by the pipeline or by scaling")
	p.must(t, "apply", "-env=production", "-expect="+digest(t, reviewed.out))
	after := revisions(t, p.aws, "myweb")
	if len(after) != len(before)+1 {
		t.Errorf("there were %d revisions and are %d, want one more", len(before), len(after))
	}
	l := p.live(t, p.aws)
	if l.Revision != after[len(after)-1] {
		t.Errorf("the service runs %s, want the new revision %s", l.Revision, after[len(after)-1])
	}
	if got, want := fmt.Sprint(l.Image, l.CPU, l.Memory, l.Environment), fmt.Sprint(imageA, "1024", "2048", []struct{ Name, Value string }{{"GREETING", "hello"}}); got != want {
		t.Errorf("the service runs %s, want %s", got, want)
	}
	p.first = l.Revision
	p.byHand(t)
}

const administrator = "arn:aws:iam::aws:policy/AdministratorAccess"

// byHand: what somebody added is no change, and still told once an apply has
// taken it into the state. Terraform alone says nothing of it.
func (p *tutorial) byHand(t *testing.T) {
	group := get[string](t, p.aws, "ec2.describe_security_groups", with{"Filters": []with{{"Name": "group-name", "Values": []string{"myweb-tasks"}}}}, "SecurityGroups[0].GroupId")
	telnet := with{"GroupId": group, "IpProtocol": "tcp", "FromPort": 23, "ToPort": 23, "CidrIp": "0.0.0.0/0"}
	p.aws.do(t, "ec2.authorize_security_group_ingress", telnet)
	s := p.must(t, "plan", "-env=production", "-detailed-exitcode")
	tells(t, s.out, "No changes.", administrator, "ingress tcp 23 from 0.0.0.0/0 added")
	p.aws.do(t, "ec2.revoke_security_group_ingress", telnet)
	p.aws.do(t, "iam.detach_role_policy", with{"RoleName": "myweb-task-ap-south-1", "PolicyArn": administrator})
}

// tells fails the test where a plan does not warn of what somebody added, or
// warns of what the pipeline did.
func tells(t *testing.T, plan string, all ...string) {
	t.Helper()
	for _, text := range append(all, "Changed outside of Terraform, and nobody should have", "no apply takes away") {
		if !strings.Contains(plan, text) {
			t.Errorf("the plan does not tell of %s:\n%s", text, plan)
		}
	}
	if strings.Contains(plan, " changed outside of Terraform:") {
		t.Errorf("the plan blames somebody for what the pipeline did:\n%s", plan)
	}
}

// digest is the one that a plan prints.
func digest(t *testing.T, plan string) string {
	t.Helper()
	found := regexp.MustCompile("sha256:[0-9a-f]{64}").FindString(plan)
	if found == "" {
		t.Fatalf("there is no digest in\n%s", plan)
	}
	return found
}

// rollback: the deployed image is bad, and somebody goes back by hand. Nobody
// deregistered the bad revision, so it is still the newest of the family, and
// Terraform must not take newest for wanted.
func (p *tutorial) rollback(t *testing.T) {
	if code := p.deploy(t, p.aws, definitions(imageB)); code != "" {
		t.Fatal(code)
	}
	p.changesNothing(t, "-env=production", "-out=kept.tfplan")
	p.rollBack(t, p.aws, p.first)
	if s := p.tfgen(t, "apply", "kept.tfplan"); s.code != 1 || !strings.Contains(s.err, imageA+" was deployed meanwhile, the plan knows "+imageB) {
		t.Errorf("a plan of another image is applied: exit code %d\n%s%s", s.code, s.out, s.err)
	}
	p.must(t, "apply", "-auto-approve", "-env=production")
	if l := p.live(t, p.aws); l.Image != imageA {
		t.Errorf("after the rollback apply brought %s, want %s", l.Image, imageA)
	}
	p.changesNothing(t, "-env=production")
}

// destroy: images in the registry, artifacts and their old versions, and logs
// in the buckets are what stops most destroys half way.
func (p *tutorial) destroy(t *testing.T) {
	p.fill(t)
	p.must(t, "destroy", "-auto-approve")
	nothingLeft(t, p.aws)
}

func (p *tutorial) again(t *testing.T) {
	p.must(t, "apply", "-auto-approve")
	p.changesNothing(t)
}
