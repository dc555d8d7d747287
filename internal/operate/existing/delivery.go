package existing

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/codebuild"
	cbtypes "github.com/aws/aws-sdk-go-v2/service/codebuild/types"
	"github.com/aws/aws-sdk-go-v2/service/codecommit"
	"github.com/aws/aws-sdk-go-v2/service/codepipeline"
	cptypes "github.com/aws/aws-sdk-go-v2/service/codepipeline/types"
	"github.com/aws/aws-sdk-go-v2/service/eventbridge"
	ebtypes "github.com/aws/aws-sdk-go-v2/service/eventbridge/types"
)

func codeRepository(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
	client := codecommit.NewFromConfig(config)
	out, err := client.GetRepository(ctx, &codecommit.GetRepositoryInput{RepositoryName: &key[0]})
	if err != nil {
		return nil, err
	}
	listed, err := client.ListTagsForResource(ctx, &codecommit.ListTagsForResourceInput{ResourceArn: out.RepositoryMetadata.Arn})
	if err != nil {
		return nil, err
	}
	return &Thing{Name: key[0], ID: key[0], Tags: listed.Tags, Made: aws.ToTime(out.RepositoryMetadata.CreationDate)}, nil
}

func buildProject(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
	out, err := codebuild.NewFromConfig(config).BatchGetProjects(ctx, &codebuild.BatchGetProjectsInput{Names: key})
	if err != nil || len(out.Projects) == 0 {
		return nil, err
	}
	named := tags(out.Projects[0].Tags, func(t cbtypes.Tag) (*string, *string) { return t.Key, t.Value })
	return &Thing{Name: key[0], ID: key[0], Tags: named, Made: aws.ToTime(out.Projects[0].Created)}, nil
}

func pipeline(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
	client := codepipeline.NewFromConfig(config)
	out, err := client.GetPipeline(ctx, &codepipeline.GetPipelineInput{Name: &key[0]})
	if err != nil {
		return nil, err
	}
	listed, err := client.ListTagsForResource(ctx, &codepipeline.ListTagsForResourceInput{ResourceArn: out.Metadata.PipelineArn})
	if err != nil {
		return nil, err
	}
	named := tags(listed.Tags, func(t cptypes.Tag) (*string, *string) { return t.Key, t.Value })
	return &Thing{Name: key[0], ID: key[0], Tags: named, Made: aws.ToTime(out.Metadata.Created)}, nil
}

// eventRule looks up a rule. To put one that is there changes that one, and no
// error tells.
func eventRule(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
	client := eventbridge.NewFromConfig(config)
	out, err := client.DescribeRule(ctx, &eventbridge.DescribeRuleInput{Name: &key[0]})
	if err != nil {
		return nil, err
	}
	listed, err := client.ListTagsForResource(ctx, &eventbridge.ListTagsForResourceInput{ResourceARN: out.Arn})
	if err != nil {
		return nil, err
	}
	named := tags(listed.Tags, func(t ebtypes.Tag) (*string, *string) { return t.Key, t.Value })
	return &Thing{Name: key[0], ID: key[0], Tags: named}, nil
}

// milliseconds is a time as CloudWatch Logs gives it.
func milliseconds(since *int64) time.Time {
	if since == nil {
		return time.Time{}
	}
	return time.UnixMilli(*since)
}
