package existing

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// Nothing keeps two networks from being called alike. What is called as the plan
// would call it, and has the project's tags, was left behind; what has others is
// somebody else's, and in nobody's way.

// named are the tags that such a thing is found by.
func named(more ...string) []string {
	return append(more, "tags_all.Name", "tags_all.Project", "?tags_all.Environment")
}

// withTags asks for what has the tags that named names, with their values.
func withTags(values []string, more ...types.Filter) []types.Filter {
	filters := append(more, is("tag:Name", values[0]), is("tag:Project", values[1]))
	if values[2] != "" {
		filters = append(filters, is("tag:Environment", values[2]))
	}
	return filters
}

func vpc(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
	out, err := ec2.NewFromConfig(config).DescribeVpcs(ctx, &ec2.DescribeVpcsInput{Filters: withTags(key)})
	if err != nil || len(out.Vpcs) == 0 {
		return nil, err
	}
	return &Thing{Name: key[0], ID: aws.ToString(out.Vpcs[0].VpcId), Tags: ec2Tags(out.Vpcs[0].Tags)}, nil
}

func internetGateway(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
	out, err := ec2.NewFromConfig(config).DescribeInternetGateways(ctx, &ec2.DescribeInternetGatewaysInput{
		Filters: withTags(key[1:], is("attachment.vpc-id", key[0])),
	})
	if err != nil || len(out.InternetGateways) == 0 {
		return nil, err
	}
	found := out.InternetGateways[0]
	return &Thing{Name: key[1], ID: aws.ToString(found.InternetGatewayId), Tags: ec2Tags(found.Tags)}, nil
}

func routeTable(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
	out, err := ec2.NewFromConfig(config).DescribeRouteTables(ctx, &ec2.DescribeRouteTablesInput{
		Filters: withTags(key[1:], is("vpc-id", key[0])),
	})
	if err != nil || len(out.RouteTables) == 0 {
		return nil, err
	}
	found := out.RouteTables[0]
	return &Thing{Name: key[1], ID: aws.ToString(found.RouteTableId), Tags: ec2Tags(found.Tags)}, nil
}

// association looks up what routes a subnet.
func association(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
	out, err := ec2.NewFromConfig(config).DescribeRouteTables(ctx, &ec2.DescribeRouteTablesInput{
		Filters: []types.Filter{is("association.subnet-id", key[0]), is("association.route-table-id", key[1])},
	})
	if err != nil || len(out.RouteTables) == 0 {
		return nil, err
	}
	return &Thing{Name: key[0] + " with " + key[1], ID: key[0] + "/" + key[1], Part: true}, nil
}

func address(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
	out, err := ec2.NewFromConfig(config).DescribeAddresses(ctx, &ec2.DescribeAddressesInput{Filters: withTags(key)})
	if err != nil || len(out.Addresses) == 0 {
		return nil, err
	}
	return &Thing{Name: key[0], ID: aws.ToString(out.Addresses[0].AllocationId), Tags: ec2Tags(out.Addresses[0].Tags)}, nil
}

// natGateway looks up a NAT gateway. One that was deleted is described for an
// hour: DeleteNatGateway.
func natGateway(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
	alive := types.Filter{Name: aws.String("state"), Values: []string{"pending", "available"}}
	out, err := ec2.NewFromConfig(config).DescribeNatGateways(ctx, &ec2.DescribeNatGatewaysInput{
		Filter: withTags(key[1:], is("subnet-id", key[0]), alive),
	})
	if err != nil || len(out.NatGateways) == 0 {
		return nil, err
	}
	found := out.NatGateways[0]
	return &Thing{Name: key[1], ID: aws.ToString(found.NatGatewayId), Tags: ec2Tags(found.Tags), Made: aws.ToTime(found.CreateTime)}, nil
}

func endpoint(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
	out, err := ec2.NewFromConfig(config).DescribeVpcEndpoints(ctx, &ec2.DescribeVpcEndpointsInput{
		Filters: []types.Filter{is("vpc-id", key[0]), is("service-name", key[1])},
	})
	if err != nil || len(out.VpcEndpoints) == 0 {
		return nil, err
	}
	found := out.VpcEndpoints[0]
	return &Thing{Name: key[1], ID: aws.ToString(found.VpcEndpointId), Tags: ec2Tags(found.Tags), Made: aws.ToTime(found.CreationTimestamp)}, nil
}
