package existing

import (
	"context"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	smtypes "github.com/aws/aws-sdk-go-v2/service/secretsmanager/types"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	ssmtypes "github.com/aws/aws-sdk-go-v2/service/ssm/types"
)

func logGroup(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
	client := cloudwatchlogs.NewFromConfig(config)
	out, err := client.DescribeLogGroups(ctx, &cloudwatchlogs.DescribeLogGroupsInput{LogGroupNamePrefix: &key[0]})
	if err != nil {
		return nil, err
	}
	for _, g := range out.LogGroups { // in order, so that the exact name comes first
		if aws.ToString(g.LogGroupName) != key[0] {
			continue
		}
		arn := strings.TrimSuffix(aws.ToString(g.Arn), ":*") // as ListTagsForResource wants it
		listed, err := client.ListTagsForResource(ctx, &cloudwatchlogs.ListTagsForResourceInput{ResourceArn: &arn})
		if err != nil {
			return nil, err
		}
		return &Thing{Name: key[0], ID: key[0], Tags: listed.Tags, Made: milliseconds(g.CreationTime)}, nil
	}
	return nil, nil
}

// parameter looks up a parameter, and not its value.
func parameter(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
	client := ssm.NewFromConfig(config)
	out, err := client.DescribeParameters(ctx, &ssm.DescribeParametersInput{ParameterFilters: []ssmtypes.ParameterStringFilter{
		{Key: aws.String("Name"), Option: aws.String("Equals"), Values: key},
	}})
	if err != nil || len(out.Parameters) == 0 {
		return nil, err
	}
	listed, err := client.ListTagsForResource(ctx, &ssm.ListTagsForResourceInput{ResourceType: ssmtypes.ResourceTypeForTaggingParameter, ResourceId: &key[0]})
	if err != nil {
		return nil, err
	}
	named := tags(listed.TagList, func(t ssmtypes.Tag) (*string, *string) { return t.Key, t.Value })
	return &Thing{Name: key[0], ID: key[0], Tags: named, Made: aws.ToTime(out.Parameters[0].LastModifiedDate)}, nil
}

// secret looks up a secret, and not its value. One that was deleted keeps its
// name until AWS removes it.
func secret(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
	out, err := secretsmanager.NewFromConfig(config).DescribeSecret(ctx, &secretsmanager.DescribeSecretInput{SecretId: &key[0]})
	if err != nil {
		return nil, err
	}
	named := tags(out.Tags, func(t smtypes.Tag) (*string, *string) { return t.Key, t.Value })
	return &Thing{Name: key[0], ID: aws.ToString(out.ARN), Tags: named, Made: aws.ToTime(out.CreatedDate), Deleted: aws.ToTime(out.DeletedDate)}, nil
}
