package existing

import (
	"context"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/aws"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
)

func loadBalancer(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
	client := elb.NewFromConfig(config)
	out, err := client.DescribeLoadBalancers(ctx, &elb.DescribeLoadBalancersInput{Names: key})
	if err != nil || len(out.LoadBalancers) == 0 {
		return nil, err
	}
	found := out.LoadBalancers[0]
	return balancing(ctx, client, Thing{Name: key[0], ID: aws.ToString(found.LoadBalancerArn), Made: aws.ToTime(found.CreatedTime)})
}

func targetGroup(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
	client := elb.NewFromConfig(config)
	out, err := client.DescribeTargetGroups(ctx, &elb.DescribeTargetGroupsInput{Names: key})
	if err != nil || len(out.TargetGroups) == 0 {
		return nil, err
	}
	return balancing(ctx, client, Thing{Name: key[0], ID: aws.ToString(out.TargetGroups[0].TargetGroupArn)})
}

// listener looks up the listener of a load balancer on a port.
func listener(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
	client := elb.NewFromConfig(config)
	pages := elb.NewDescribeListenersPaginator(client, &elb.DescribeListenersInput{LoadBalancerArn: &key[0]})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		for _, l := range page.Listeners {
			if strconv.Itoa(int(aws.ToInt32(l.Port))) == key[1] {
				return balancing(ctx, client, Thing{Name: "on port " + key[1], ID: aws.ToString(l.ListenerArn)})
			}
		}
	}
	return nil, nil
}

// listenerRule looks up the rule of a listener with a priority.
func listenerRule(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
	client := elb.NewFromConfig(config)
	pages := elb.NewDescribeRulesPaginator(client, &elb.DescribeRulesInput{ListenerArn: &key[0]})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		for _, r := range page.Rules {
			if aws.ToString(r.Priority) == key[1] {
				return balancing(ctx, client, Thing{Name: "with priority " + key[1], ID: aws.ToString(r.RuleArn)})
			}
		}
	}
	return nil, nil
}

// balancing adds the tags of what its ARN names.
func balancing(ctx context.Context, client *elb.Client, thing Thing) (*Thing, error) {
	out, err := client.DescribeTags(ctx, &elb.DescribeTagsInput{ResourceArns: []string{thing.ID}})
	if err != nil {
		return nil, err
	}
	for _, d := range out.TagDescriptions {
		thing.Tags = tags(d.Tags, func(t types.Tag) (*string, *string) { return t.Key, t.Value })
	}
	return &thing, nil
}
