package existing

import (
	"context"
	"net/url"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/autoscaling"
)

// scalingGroup looks up an Auto Scaling group. Its tags are those of its launch
// template: the provider's default tags do not reach the group.
func scalingGroup(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
	out, err := autoscaling.NewFromConfig(config).DescribeAutoScalingGroups(ctx, &autoscaling.DescribeAutoScalingGroupsInput{AutoScalingGroupNames: key})
	if err != nil || len(out.AutoScalingGroups) == 0 {
		return nil, err
	}
	found := out.AutoScalingGroups[0]
	thing := &Thing{Name: key[0], ID: key[0], Made: aws.ToTime(found.CreatedTime)}
	if found.LaunchTemplate == nil {
		return thing, nil
	}
	template, err := template(ctx, config, url.Values{"LaunchTemplateId.1": {aws.ToString(found.LaunchTemplate.LaunchTemplateId)}})
	if err != nil {
		return nil, err
	}
	if template != nil {
		thing.Tags = template.Tags
	}
	return thing, nil
}
