package existing

import (
	"context"
	"net/url"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
)

func securityGroup(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
	var out struct {
		Groups []struct {
			ID   string    `xml:"groupId"`
			Tags ec2Tagged `xml:"tagSet>item"`
		} `xml:"securityGroupInfo>item"`
	}
	err := describe(ctx, config, "DescribeSecurityGroups", where(is("vpc-id", key[0]), is("group-name", key[1])), &out)
	if err != nil || len(out.Groups) == 0 {
		return nil, err
	}
	return &Thing{Name: key[1], ID: out.Groups[0].ID, Tags: out.Groups[0].Tags.byKey()}, nil
}

// ruleKey is what identifies a rule of a security group: AWS refuses a second
// one that lets the same through. What a rule does not set is "".
func ruleKey() []string {
	return []string{
		"security_group_id", "ip_protocol",
		"?from_port", "?to_port", "?cidr_ipv4", "?cidr_ipv6", "?prefix_list_id", "?referenced_security_group_id",
	}
}

// A securityGroupRule is one as DescribeSecurityGroupRules has it.
type securityGroupRule struct {
	ID         string    `xml:"securityGroupRuleId"`
	Of         string    `xml:"groupId"`
	Egress     bool      `xml:"isEgress"`
	Protocol   string    `xml:"ipProtocol"`
	FromPort   string    `xml:"fromPort"`
	ToPort     string    `xml:"toPort"`
	IPv4       string    `xml:"cidrIpv4"`
	IPv6       string    `xml:"cidrIpv6"`
	PrefixList string    `xml:"prefixListId"`
	Group      string    `xml:"referencedGroupInfo>groupId"`
	Tags       ec2Tagged `xml:"tagSet>item"`
}

// groupRule looks up a rule of a security group.
func groupRule(egress bool) func(context.Context, aws.Config, []string) (*Thing, error) {
	return func(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
		rules, err := groupRules(ctx, config, key[0])
		for _, r := range rules {
			if r.Egress == egress && r.lets(key) {
				return &Thing{Name: "of " + key[0], ID: r.ID, Tags: r.Tags.byKey()}, nil
			}
		}
		return nil, err
	}
}

// groupRules lists the rules of security groups.
func groupRules(ctx context.Context, config aws.Config, groups ...string) (all []securityGroupRule, err error) {
	for in := where(is("group-id", groups...)); ; {
		var page struct {
			Rules []securityGroupRule `xml:"securityGroupRuleSet>item"`
			Next  string              `xml:"nextToken"`
		}
		if err := describe(ctx, config, "DescribeSecurityGroupRules", in, &page); err != nil {
			return nil, err
		}
		all = append(all, page.Rules...)
		if page.Next == "" {
			return all, nil
		}
		in.Set("NextToken", page.Next)
	}
}

// lets reports whether a rule lets through what a key says. A rule for all
// protocols has the ports -1.
func (r securityGroupRule) lets(key []string) bool {
	is := []string{r.Protocol, port(r.FromPort), port(r.ToPort), r.IPv4, r.IPv6, r.PrefixList, r.Group}
	return slices.Equal(is, key[1:])
}

func port(number string) string {
	if number == "-1" {
		return ""
	}
	return number
}

func subnet(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
	var out struct {
		Subnets []struct {
			ID   string    `xml:"subnetId"`
			Tags ec2Tagged `xml:"tagSet>item"`
		} `xml:"subnetSet>item"`
	}
	err := describe(ctx, config, "DescribeSubnets", where(is("vpc-id", key[0]), is("cidr-block", key[1])), &out)
	if err != nil || len(out.Subnets) == 0 {
		return nil, err
	}
	return &Thing{Name: key[1], ID: out.Subnets[0].ID, Tags: out.Subnets[0].Tags.byKey()}, nil
}

// route looks up a route. It has no tags: it belongs to its table.
func route(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
	tables, err := routeTables(ctx, config, is("route-table-id", key[0]), is("route.destination-cidr-block", key[1]))
	if err != nil || len(tables) == 0 {
		return nil, err
	}
	return &Thing{Name: key[1] + " of " + key[0], ID: key[0] + "_" + key[1], Part: true}, nil
}

func launchTemplate(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
	return template(ctx, config, url.Values{"LaunchTemplateName.1": key})
}

// template looks up a launch template by its name or its ID.
func template(ctx context.Context, config aws.Config, in url.Values) (*Thing, error) {
	var out struct {
		Templates []struct {
			Name string    `xml:"launchTemplateName"`
			ID   string    `xml:"launchTemplateId"`
			Made time.Time `xml:"createTime"`
			Tags ec2Tagged `xml:"tagSet>item"`
		} `xml:"launchTemplates>item"`
	}
	err := describe(ctx, config, "DescribeLaunchTemplates", in, &out)
	if err != nil || len(out.Templates) == 0 {
		return nil, err
	}
	found := out.Templates[0]
	return &Thing{Name: found.Name, ID: found.ID, Tags: found.Tags.byKey(), Made: found.Made}, nil
}
