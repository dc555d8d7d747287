package operate

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"
)

// A Service is an ECS service with the revision that it uses.
type Service struct {
	TaskDefinition string // ARN of the revision
	ExecutionRole  string // ARN
	CPU, Memory    string // of the task: CPU units and MiB
	Containers     []Container
}

// A Container is one container of a task definition.
type Container struct {
	Name, Image string
	Environment map[string]string
	Secrets     map[string]string // variable → ARN of a parameter or a secret
	LogGroup    string            // "" when it logs elsewhere
	Credentials string            // ARN of the secret that its image is pulled with, "" for none
}

// Revision is the task definition as people say it: "web:3".
func (s *Service) Revision() string {
	return s.TaskDefinition[strings.LastIndex(s.TaskDefinition, "/")+1:]
}

// Image is the image of a container, or "" where there is none of that name.
func (s *Service) Image(container string) string {
	for _, c := range s.Containers {
		if c.Name == container {
			return c.Image
		}
	}
	return ""
}

// Service says what is live. The error of one that is not is a *NoService.
func (c *Client) Service(ctx context.Context, cluster, service string) (*Service, error) {
	found, err := c.describe(ctx, cluster, service)
	if err != nil {
		return nil, err
	}
	definition, err := c.definition(ctx, *found.TaskDefinition)
	if err != nil {
		return nil, err
	}
	live := &Service{
		TaskDefinition: *definition.TaskDefinitionArn,
		ExecutionRole:  aws.ToString(definition.ExecutionRoleArn),
		CPU:            aws.ToString(definition.Cpu),
		Memory:         aws.ToString(definition.Memory),
	}
	for _, d := range definition.ContainerDefinitions {
		live.Containers = append(live.Containers, container(d))
	}
	return live, nil
}

func container(d types.ContainerDefinition) Container {
	c := Container{Name: aws.ToString(d.Name), Image: aws.ToString(d.Image), Environment: map[string]string{}, Secrets: map[string]string{}}
	for _, e := range d.Environment {
		c.Environment[aws.ToString(e.Name)] = aws.ToString(e.Value)
	}
	for _, s := range d.Secrets {
		c.Secrets[aws.ToString(s.Name)] = aws.ToString(s.ValueFrom)
	}
	if d.RepositoryCredentials != nil {
		c.Credentials = aws.ToString(d.RepositoryCredentials.CredentialsParameter)
	}
	if d.LogConfiguration != nil {
		c.LogGroup = d.LogConfiguration.Options["awslogs-group"]
	}
	return c
}

// NoService is the error of a service that is not there, or no longer: its
// cluster may be gone too.
type NoService struct{ Cluster, Service string }

func (e *NoService) Error() string {
	return fmt.Sprintf("there is no active service %s in the cluster %s", e.Service, e.Cluster)
}

func (c *Client) describe(ctx context.Context, cluster, service string) (*types.Service, error) {
	out, err := ecs.NewFromConfig(c.config).DescribeServices(ctx, &ecs.DescribeServicesInput{Cluster: &cluster, Services: []string{service}})
	if _, gone := errors.AsType[*types.ClusterNotFoundException](err); gone {
		return nil, &NoService{cluster, service}
	}
	if err != nil {
		return nil, fmt.Errorf("look at the service %s: %w", service, Reason(err))
	}
	for _, s := range out.Services {
		if aws.ToString(s.Status) == "ACTIVE" {
			return &s, nil
		}
	}
	return nil, &NoService{cluster, service}
}

func (c *Client) definition(ctx context.Context, name string) (*types.TaskDefinition, error) {
	out, err := ecs.NewFromConfig(c.config).DescribeTaskDefinition(ctx, &ecs.DescribeTaskDefinitionInput{TaskDefinition: &name})
	if err != nil {
		return nil, fmt.Errorf("read the task definition %s: %w", name, Reason(err))
	}
	return out.TaskDefinition, nil
}

// Roll makes a service use a revision: a rolling deployment begins.
func (c *Client) Roll(ctx context.Context, cluster, service, taskDefinition string) error {
	_, err := ecs.NewFromConfig(c.config).UpdateService(ctx, &ecs.UpdateServiceInput{Cluster: &cluster, Service: &service, TaskDefinition: &taskDefinition})
	if err != nil {
		return fmt.Errorf("update the service %s: %w", service, Reason(err))
	}
	return nil
}
