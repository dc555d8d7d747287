package existing

import (
	"context"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

func securityGroup(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
	out, err := ec2.NewFromConfig(config).DescribeSecurityGroups(ctx, &ec2.DescribeSecurityGroupsInput{
		Filters: []types.Filter{is("vpc-id", key[0]), is("group-name", key[1])},
	})
	if err != nil || len(out.SecurityGroups) == 0 {
		return nil, err
	}
	return &Thing{Name: key[1], ID: aws.ToString(out.SecurityGroups[0].GroupId), Tags: ec2Tags(out.SecurityGroups[0].Tags)}, nil
}

// ruleKey is what identifies a rule of a security group: AWS refuses a second
// one that lets the same through. What a rule does not set is "".
func ruleKey() []string {
	return []string{
		"security_group_id", "ip_protocol",
		"?from_port", "?to_port", "?cidr_ipv4", "?cidr_ipv6", "?prefix_list_id", "?referenced_security_group_id",
	}
}

// groupRule looks up a rule of a security group.
func groupRule(egress bool) func(context.Context, aws.Config, []string) (*Thing, error) {
	return func(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
		pages := ec2.NewDescribeSecurityGroupRulesPaginator(ec2.NewFromConfig(config), &ec2.DescribeSecurityGroupRulesInput{
			Filters: []types.Filter{is("group-id", key[0])},
		})
		for pages.HasMorePages() {
			page, err := pages.NextPage(ctx)
			if err != nil {
				return nil, err
			}
			for _, r := range page.SecurityGroupRules {
				if aws.ToBool(r.IsEgress) == egress && lets(r, key) {
					return &Thing{Name: "of " + key[0], ID: aws.ToString(r.SecurityGroupRuleId), Tags: ec2Tags(r.Tags)}, nil
				}
			}
		}
		return nil, nil
	}
}

// lets reports whether a rule lets through what a key says. A rule for all
// protocols has the ports -1.
func lets(r types.SecurityGroupRule, key []string) bool {
	is := []string{
		aws.ToString(r.IpProtocol), port(r.FromPort), port(r.ToPort), aws.ToString(r.CidrIpv4), aws.ToString(r.CidrIpv6), aws.ToString(r.PrefixListId), "",
	}
	if r.ReferencedGroupInfo != nil {
		is[6] = aws.ToString(r.ReferencedGroupInfo.GroupId)
	}
	for i, text := range is {
		if text != key[i+1] {
			return false
		}
	}
	return true
}

func port(number *int32) string {
	if number == nil || *number == -1 {
		return ""
	}
	return strconv.Itoa(int(*number))
}

func subnet(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
	out, err := ec2.NewFromConfig(config).DescribeSubnets(ctx, &ec2.DescribeSubnetsInput{
		Filters: []types.Filter{is("vpc-id", key[0]), is("cidr-block", key[1])},
	})
	if err != nil || len(out.Subnets) == 0 {
		return nil, err
	}
	return &Thing{Name: key[1], ID: aws.ToString(out.Subnets[0].SubnetId), Tags: ec2Tags(out.Subnets[0].Tags)}, nil
}

// route looks up a route. It has no tags: it belongs to its table.
func route(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
	out, err := ec2.NewFromConfig(config).DescribeRouteTables(ctx, &ec2.DescribeRouteTablesInput{
		Filters: []types.Filter{is("route-table-id", key[0]), is("route.destination-cidr-block", key[1])},
	})
	if err != nil || len(out.RouteTables) == 0 {
		return nil, err
	}
	return &Thing{Name: key[1] + " of " + key[0], ID: key[0] + "_" + key[1], Part: true}, nil
}

func launchTemplate(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
	return template(ctx, config, &ec2.DescribeLaunchTemplatesInput{LaunchTemplateNames: key})
}

func template(ctx context.Context, config aws.Config, in *ec2.DescribeLaunchTemplatesInput) (*Thing, error) {
	out, err := ec2.NewFromConfig(config).DescribeLaunchTemplates(ctx, in)
	if err != nil || len(out.LaunchTemplates) == 0 {
		return nil, err
	}
	found := out.LaunchTemplates[0]
	return &Thing{Name: aws.ToString(found.LaunchTemplateName), ID: aws.ToString(found.LaunchTemplateId), Tags: ec2Tags(found.Tags), Made: aws.ToTime(found.CreateTime)}, nil
}

func is(name, value string) types.Filter {
	return types.Filter{Name: &name, Values: []string{value}}
}

func ec2Tags(all []types.Tag) map[string]string {
	return tags(all, func(t types.Tag) (*string, *string) { return t.Key, t.Value })
}
