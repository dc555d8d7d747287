package existing

import (
	"context"
	"net/url"
	"regexp"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"
)

// role looks up a role. Roles are account-wide: which region one serves is said
// by the ARNs in its trust, and where that names none, in its own policies.
func role(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
	client := iam.NewFromConfig(config)
	out, err := client.GetRole(ctx, &iam.GetRoleInput{RoleName: &key[0]})
	if err != nil {
		return nil, err
	}
	regions := regionsIn(aws.ToString(out.Role.AssumeRolePolicyDocument))
	if len(regions) == 0 {
		if regions, err = policyRegions(ctx, client, key[0]); err != nil {
			return nil, err
		}
	}
	return &Thing{Name: key[0], ID: key[0], Tags: iamTags(out.Role.Tags), Regions: regions, Made: aws.ToTime(out.Role.CreateDate)}, nil
}

// policyRegions are the regions in the policies that are part of a role.
func policyRegions(ctx context.Context, client *iam.Client, role string) ([]string, error) {
	listed, err := client.ListRolePolicies(ctx, &iam.ListRolePoliciesInput{RoleName: &role})
	if err != nil {
		return nil, err
	}
	var regions []string
	for _, name := range listed.PolicyNames {
		policy, err := client.GetRolePolicy(ctx, &iam.GetRolePolicyInput{RoleName: &role, PolicyName: &name})
		if err != nil {
			return nil, err
		}
		regions = append(regions, regionsIn(aws.ToString(policy.PolicyDocument))...)
	}
	slices.Sort(regions)
	return slices.Compact(regions), nil
}

// regionsIn are the regions of the ARNs in a policy, sorted. IAM encodes policies
// for URLs: GetRole, "AssumeRolePolicyDocument".
func regionsIn(policy string) (regions []string) {
	if text, err := url.QueryUnescape(policy); err == nil {
		policy = text
	}
	for _, found := range regexp.MustCompile(`arn:[a-z-]+:[a-z0-9-]+:([a-z]{2}(?:-[a-z]+)+-[0-9]+):`).FindAllStringSubmatch(policy, -1) {
		regions = append(regions, found[1])
	}
	slices.Sort(regions)
	return slices.Compact(regions)
}

// rolePolicy looks up a policy that is part of a role.
func rolePolicy(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
	_, err := iam.NewFromConfig(config).GetRolePolicy(ctx, &iam.GetRolePolicyInput{RoleName: &key[0], PolicyName: &key[1]})
	if err != nil {
		return nil, err
	}
	return &Thing{Name: key[0] + ", " + key[1], ID: key[0] + ":" + key[1], Part: true}, nil
}

// attachedPolicy looks up whether a policy is attached to a role.
func attachedPolicy(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
	pages := iam.NewListAttachedRolePoliciesPaginator(iam.NewFromConfig(config), &iam.ListAttachedRolePoliciesInput{RoleName: &key[0]})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		for _, p := range page.AttachedPolicies {
			if aws.ToString(p.PolicyArn) == key[1] {
				return &Thing{Name: key[0] + ", " + aws.ToString(p.PolicyName), ID: key[0] + "/" + key[1], Part: true}, nil
			}
		}
	}
	return nil, nil
}

func instanceProfile(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
	out, err := iam.NewFromConfig(config).GetInstanceProfile(ctx, &iam.GetInstanceProfileInput{InstanceProfileName: &key[0]})
	if err != nil {
		return nil, err
	}
	return &Thing{Name: key[0], ID: key[0], Tags: iamTags(out.InstanceProfile.Tags), Made: aws.ToTime(out.InstanceProfile.CreateDate)}, nil
}

func iamTags(all []types.Tag) map[string]string {
	return tags(all, func(t types.Tag) (*string, *string) { return t.Key, t.Value })
}
