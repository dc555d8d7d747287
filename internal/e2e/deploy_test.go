package e2e

import (
	"encoding/json"
	"slices"
	"testing"
)

// deployed is a service of a pipeline's deploy action.
type deployed struct{ cluster, service string }

// deploy does what CodePipeline's ECS action does with an imagedefinitions.json
// (https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECS.html):
// it copies the revision that the service uses, and not the newest one, swaps
// the images of the containers that the file names, registers the copy and has
// the service roll over to it. It returns the code of the first error, or "".
func (d deployed) deploy(t *testing.T, c *client, definitions string) (code string) {
	t.Helper()
	service, code := c.try(t, "ecs.describe_services", with{"cluster": d.cluster, "services": []string{d.service}}, "services[0]")
	if code != "" {
		return code
	}
	var live struct{ TaskDefinition string }
	if err := json.Unmarshal(service, &live); err != nil {
		t.Fatal(err)
	}
	revision, code := c.try(t, "ecs.describe_task_definition", with{"taskDefinition": live.TaskDefinition}, "taskDefinition")
	if code != "" {
		return code
	}
	copied, code := c.try(t, "ecs.register_task_definition", copyOf(t, revision, definitions), "taskDefinition.taskDefinitionArn")
	if code != "" {
		return code
	}
	var arn string
	if err := json.Unmarshal(copied, &arn); err != nil {
		t.Fatal(err)
	}
	_, code = c.try(t, "ecs.update_service", with{"cluster": d.cluster, "service": d.service, "taskDefinition": arn}, "")
	return code
}

// copyOf is a revision as it is registered again: without what ECS itself says
// of it, and with the images that imagedefinitions.json names.
func copyOf(t *testing.T, revision json.RawMessage, definitions string) with {
	t.Helper()
	var fields with
	if err := json.Unmarshal(revision, &fields); err != nil {
		t.Fatal(err)
	}
	for _, said := range []string{"taskDefinitionArn", "revision", "status", "requiresAttributes", "compatibilities",
		"registeredAt", "registeredBy", "deregisteredAt"} {
		delete(fields, said)
	}
	var images []struct{ Name, ImageURI string }
	if err := json.Unmarshal([]byte(definitions), &images); err != nil {
		t.Fatal(err)
	}
	containers := fields["containerDefinitions"].([]any)
	for _, image := range images {
		i := slices.IndexFunc(containers, func(c any) bool { return c.(with)["name"] == image.Name })
		if i < 0 {
			t.Fatalf("no container is called %s: the action fails", image.Name)
		}
		containers[i].(with)["image"] = image.ImageURI
	}
	return fields
}

// live is what a service runs.
type live struct {
	Revision    string // of the task definition: its ARN
	Image       string
	CPU         string
	Memory      string
	Environment []struct{ Name, Value string }
}

// live asks the service for its revision, and the revision for what is in it.
func (d deployed) live(t *testing.T, c *client) live {
	t.Helper()
	arn := get[string](t, c, "ecs.describe_services", with{"cluster": d.cluster, "services": []string{d.service}}, "services[0].taskDefinition")
	return get[live](t, c, "ecs.describe_task_definition", with{"taskDefinition": arn}, `taskDefinition.{
		Revision: taskDefinitionArn, CPU: cpu, Memory: memory,
		Image: containerDefinitions[0].image, Environment: containerDefinitions[0].environment}`)
}

// rollBack is what a person does whose new revision is bad: point the service
// at an older one. The bad one stays, and stays the newest.
func (d deployed) rollBack(t *testing.T, c *client, revision string) {
	t.Helper()
	c.do(t, "ecs.update_service", with{"cluster": d.cluster, "service": d.service, "taskDefinition": revision})
}

// revisions counts the ones of a family that are not deregistered.
func revisions(t *testing.T, c *client, family string) []string {
	t.Helper()
	return get[[]string](t, c, "ecs.list_task_definitions", with{"familyPrefix": family, "sort": "ASC"}, "taskDefinitionArns")
}
