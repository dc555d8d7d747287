package operate

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"
)

// An ImageDefinition says which image a container shall run. A file of them is
// what a build hands to the deploy action.
type ImageDefinition struct {
	Name     string `json:"name"`
	ImageURI string `json:"imageUri"`
}

// ParseImageDefinitions reads imagedefinitions.json.
func ParseImageDefinitions(text []byte) ([]ImageDefinition, error) {
	var all []ImageDefinition
	if err := json.Unmarshal(text, &all); err != nil {
		return nil, fmt.Errorf("it is not the JSON that the deploy action reads, [{\"name\": \"CONTAINER\", \"imageUri\": \"IMAGE\"}]: %w", err)
	}
	for _, d := range all {
		if d.Name == "" || d.ImageURI == "" {
			return nil, fmt.Errorf("each entry needs a name and an imageUri, and one is %+v", d)
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("it names no image")
	}
	return all, nil
}

// Deploy does what CodePipeline's ECS action does: it copies the revision that
// the service uses (newer ones do not count), swaps the images, registers the
// copy, updates the service, and looks at its tasks. It returns the ARN of the
// new revision.
//
// https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECS.html
func (c *Client) Deploy(ctx context.Context, cluster, service string, images []ImageDefinition) (string, error) {
	live, err := c.describe(ctx, cluster, service)
	if err != nil {
		return "", err
	}
	definition, err := c.definition(ctx, *live.TaskDefinition)
	if err != nil {
		return "", err
	}
	if err := swap(definition.ContainerDefinitions, images); err != nil {
		return "", err
	}
	out, err := ecs.NewFromConfig(c.config).RegisterTaskDefinition(ctx, copyOf(definition))
	if err != nil {
		return "", fmt.Errorf("register a revision of %s: %w", *definition.Family, Reason(err))
	}
	revision := *out.TaskDefinition.TaskDefinitionArn
	if err := c.Roll(ctx, cluster, service, revision); err != nil {
		return "", err
	}
	return revision, c.watch(ctx, cluster, service)
}

// swap gives containers their new images.
func swap(containers []types.ContainerDefinition, images []ImageDefinition) error {
	for _, d := range images {
		found := false
		var names []string
		for i := range containers {
			names = append(names, aws.ToString(containers[i].Name))
			if aws.ToString(containers[i].Name) == d.Name {
				containers[i].Image, found = aws.String(d.ImageURI), true
			}
		}
		if !found {
			return fmt.Errorf("imagedefinitions.json names the container %q, and the task definition has %q", d.Name, strings.Join(names, `", "`))
		}
	}
	return nil
}

func copyOf(d *types.TaskDefinition) *ecs.RegisterTaskDefinitionInput {
	return &ecs.RegisterTaskDefinitionInput{
		Family:                  d.Family,
		ContainerDefinitions:    d.ContainerDefinitions,
		Cpu:                     d.Cpu,
		EnableFaultInjection:    d.EnableFaultInjection,
		EphemeralStorage:        d.EphemeralStorage,
		ExecutionRoleArn:        d.ExecutionRoleArn,
		IpcMode:                 d.IpcMode,
		Memory:                  d.Memory,
		NetworkMode:             d.NetworkMode,
		PidMode:                 d.PidMode,
		PlacementConstraints:    d.PlacementConstraints,
		ProxyConfiguration:      d.ProxyConfiguration,
		RequiresCompatibilities: d.RequiresCompatibilities,
		RuntimePlatform:         d.RuntimePlatform,
		TaskRoleArn:             d.TaskRoleArn,
		Volumes:                 d.Volumes,
	}
}

// watch looks at the tasks as the action does while a deployment goes on.
func (c *Client) watch(ctx context.Context, cluster, service string) error {
	client := ecs.NewFromConfig(c.config)
	tasks, err := client.ListTasks(ctx, &ecs.ListTasksInput{Cluster: &cluster, ServiceName: &service})
	if err != nil {
		return fmt.Errorf("list the tasks of %s: %w", service, Reason(err))
	}
	if len(tasks.TaskArns) == 0 {
		return nil
	}
	if _, err := client.DescribeTasks(ctx, &ecs.DescribeTasksInput{Cluster: &cluster, Tasks: tasks.TaskArns}); err != nil {
		return fmt.Errorf("look at the tasks of %s: %w", service, Reason(err))
	}
	return nil
}
