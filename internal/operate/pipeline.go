package operate

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/codebuild"
	cbtypes "github.com/aws/aws-sdk-go-v2/service/codebuild/types"
	"github.com/aws/aws-sdk-go-v2/service/codepipeline"
	cptypes "github.com/aws/aws-sdk-go-v2/service/codepipeline/types"
)

// A Pipeline is a pipeline as it was declared.
type Pipeline struct {
	Name, ARN string
	Role      string // ARN
	Bucket    string // of its artifacts
	Stages    []Stage
}

// A Stage is a step of a pipeline; its actions are in the order they run.
type Stage struct {
	Name    string
	Actions []Action
}

// An Action is one thing that a stage does.
type Action struct {
	Name          string
	Category      string // "Source", "Build", "Deploy", "Approval"
	Provider      string // "CodeCommit", "CodeBuild", "ECS", "Manual"
	Role          string // ARN, or "" for the pipeline's own
	Configuration map[string]string
}

// Pipelines are all pipelines of the account and region.
func (c *Client) Pipelines(ctx context.Context) ([]*Pipeline, error) {
	client := codepipeline.NewFromConfig(c.config)
	listed, err := client.ListPipelines(ctx, &codepipeline.ListPipelinesInput{})
	if err != nil {
		return nil, fmt.Errorf("list pipelines: %w", Reason(err))
	}
	var all []*Pipeline
	for _, p := range listed.Pipelines {
		got, err := client.GetPipeline(ctx, &codepipeline.GetPipelineInput{Name: p.Name})
		if err != nil {
			return nil, fmt.Errorf("look at the pipeline %s: %w", *p.Name, Reason(err))
		}
		all = append(all, pipeline(got))
	}
	return all, nil
}

func pipeline(got *codepipeline.GetPipelineOutput) *Pipeline {
	d := got.Pipeline
	p := &Pipeline{Name: *d.Name, Role: *d.RoleArn}
	if got.Metadata != nil {
		p.ARN = aws.ToString(got.Metadata.PipelineArn)
	}
	if d.ArtifactStore != nil {
		p.Bucket = aws.ToString(d.ArtifactStore.Location)
	}
	for _, s := range d.Stages {
		p.Stages = append(p.Stages, stage(s))
	}
	return p
}

func stage(s cptypes.StageDeclaration) Stage {
	out := Stage{Name: aws.ToString(s.Name)}
	for _, a := range s.Actions {
		out.Actions = append(out.Actions, Action{
			Name:          aws.ToString(a.Name),
			Category:      string(a.ActionTypeId.Category),
			Provider:      aws.ToString(a.ActionTypeId.Provider),
			Role:          aws.ToString(a.RoleArn),
			Configuration: a.Configuration,
		})
	}
	return out
}

// A Project is a CodeBuild project.
type Project struct {
	Name, ARN  string
	Role       string // ARN
	Image      string // "aws/codebuild/amazonlinux-x86_64-standard:5.0"
	Privileged bool   // Docker can run
	Buildspec  string // path in the source, text of YAML, or "" for buildspec.yml
	LogGroup   string // "" for /aws/codebuild/NAME
	Variables  []Variable
}

// A Variable is a variable of a build, with where its value comes from.
type Variable struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	Type  string `json:"type"` // "PLAINTEXT" (the default), "PARAMETER_STORE" or "SECRETS_MANAGER"
}

// Project says how a CodeBuild project was declared.
func (c *Client) Project(ctx context.Context, name string) (*Project, error) {
	out, err := codebuild.NewFromConfig(c.config).BatchGetProjects(ctx, &codebuild.BatchGetProjectsInput{Names: []string{name}})
	if err != nil {
		return nil, fmt.Errorf("look at the project %s: %w", name, Reason(err))
	}
	if len(out.Projects) == 0 {
		return nil, fmt.Errorf("there is no CodeBuild project %s", name)
	}
	return project(out.Projects[0]), nil
}

func project(d cbtypes.Project) *Project {
	p := &Project{Name: *d.Name, ARN: aws.ToString(d.Arn), Role: aws.ToString(d.ServiceRole)}
	if d.Source != nil {
		p.Buildspec = aws.ToString(d.Source.Buildspec)
	}
	if d.LogsConfig != nil && d.LogsConfig.CloudWatchLogs != nil {
		p.LogGroup = aws.ToString(d.LogsConfig.CloudWatchLogs.GroupName)
	}
	if e := d.Environment; e != nil {
		p.Image, p.Privileged = aws.ToString(e.Image), aws.ToBool(e.PrivilegedMode)
		for _, v := range e.EnvironmentVariables {
			p.Variables = append(p.Variables, Variable{aws.ToString(v.Name), aws.ToString(v.Value), string(v.Type)})
		}
	}
	return p
}

// StartBuild starts a build of a project, as the pipeline's build action does,
// and looks at how it goes.
func (c *Client) StartBuild(ctx context.Context, project string) error {
	client := codebuild.NewFromConfig(c.config)
	started, err := client.StartBuild(ctx, &codebuild.StartBuildInput{ProjectName: &project})
	if err != nil {
		return fmt.Errorf("start a build of %s: %w", project, Reason(err))
	}
	if _, err := client.BatchGetBuilds(ctx, &codebuild.BatchGetBuildsInput{Ids: []string{aws.ToString(started.Build.Id)}}); err != nil {
		return fmt.Errorf("look at the build of %s: %w", project, Reason(err))
	}
	return nil
}

// StartPipeline starts a pipeline, as the trigger does.
func (c *Client) StartPipeline(ctx context.Context, name string) error {
	_, err := codepipeline.NewFromConfig(c.config).StartPipelineExecution(ctx, &codepipeline.StartPipelineExecutionInput{Name: &name})
	if err != nil {
		return fmt.Errorf("start the pipeline %s: %w", name, Reason(err))
	}
	return nil
}
