package localaws_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tfgen/internal/rehearsal/localaws"
	"tfgen/internal/terraformtest"
)

// The whole life of a stack, told by the real Terraform and the real provider:
// what it makes it finds again, also after a deployment that is not its own,
// and after a destroy all names are free.
func TestTerraform(t *testing.T) {
	t.Parallel()
	server := start(t)
	admin := administrator(t, server)
	terraform := terraformtest.Find(t)
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/stack")); err != nil {
		t.Fatal(err)
	}
	env := server.Environ(os.Environ(), localaws.DefaultAccount)
	run := func(args ...string) {
		t.Helper()
		terraform.Run(t, dir, env, append(args, "-no-color", "-input=false")...)
	}

	run("init")
	run("apply", "-auto-approve")
	state, err := os.ReadFile(filepath.Join(dir, "terraform.tfstate"))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(state), "planted-secret") {
		t.Error("the state holds a value that was written through a write-only argument")
	}

	deploy(admin, "web", "stack/web:abcd1234")
	run("plan", "-detailed-exitcode")

	run("apply", "-auto-approve", "-var=cpu=512")
	if got, want := live(admin, "web"), "web:3, cpu 512, image stack/web:abcd1234"; got != want {
		t.Errorf("live is %s, want %s", got, want)
	}
	run("plan", "-detailed-exitcode", "-var=cpu=512")

	run("destroy", "-auto-approve")
	run("apply", "-auto-approve", "-target=aws_codepipeline.this", "-target=aws_ecr_lifecycle_policy.this",
		"-target=aws_iam_role_policy.build", "-target=aws_ecs_task_definition.this", "-target=aws_autoscaling_group.ec2")
}

// deploy does what CodePipeline's ECS action does: a copy of the revision that
// the service uses, with another image.
func deploy(admin client, service, image string) {
	admin.t.Helper()
	answer, _ := admin.json(ecs+"DescribeTaskDefinition", fmt.Sprintf(`{"taskDefinition": %q}`, definitionOf(admin, service)))
	definition := answer["taskDefinition"].(map[string]any)
	definition["containerDefinitions"].([]any)[0].(map[string]any)["image"] = image
	registered, code := admin.json(ecs+"RegisterTaskDefinition", text(definition))
	if code != "" {
		admin.t.Fatal(code)
	}
	arn := registered["taskDefinition"].(map[string]any)["taskDefinitionArn"]
	if _, code := admin.json(ecs+"UpdateService", fmt.Sprintf(`{"cluster": "stack", "service": %q, "taskDefinition": %q}`, service, arn)); code != "" {
		admin.t.Fatal(code)
	}
}

func live(admin client, service string) string {
	admin.t.Helper()
	answer, _ := admin.json(ecs+"DescribeTaskDefinition", fmt.Sprintf(`{"taskDefinition": %q}`, definitionOf(admin, service)))
	definition := answer["taskDefinition"].(map[string]any)
	container := definition["containerDefinitions"].([]any)[0].(map[string]any)
	return fmt.Sprintf("%v:%v, cpu %v, image %v", definition["family"], definition["revision"], definition["cpu"], container["image"])
}

func definitionOf(admin client, service string) string {
	admin.t.Helper()
	answer, _ := admin.json(ecs+"DescribeServices", fmt.Sprintf(`{"cluster": "stack", "services": [%q]}`, service))
	return answer["services"].([]any)[0].(map[string]any)["taskDefinition"].(string)
}
