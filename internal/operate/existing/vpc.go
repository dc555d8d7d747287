package existing

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// Nothing keeps two networks from being called alike. What is called as the plan
// would call it, and has the project's tags, was left behind; what has others is
// somebody else's, and in nobody's way.

// named are the tags that such a thing is found by.
func named(more ...string) []string {
	return append(more, "tags_all.Name", "tags_all.Project", "?tags_all.Environment")
}

// withTags asks for what has the tags that named names, with their values.
func withTags(values []string, more ...filter) []filter {
	filters := append(more, is("tag:Name", values[0]), is("tag:Project", values[1]))
	if values[2] != "" {
		filters = append(filters, is("tag:Environment", values[2]))
	}
	return filters
}

func vpc(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
	var out struct {
		VPCs []struct {
			ID   string    `xml:"vpcId"`
			Tags ec2Tagged `xml:"tagSet>item"`
		} `xml:"vpcSet>item"`
	}
	err := describe(ctx, config, "DescribeVpcs", where(withTags(key)...), &out)
	if err != nil || len(out.VPCs) == 0 {
		return nil, err
	}
	return &Thing{Name: key[0], ID: out.VPCs[0].ID, Tags: out.VPCs[0].Tags.byKey()}, nil
}

func internetGateway(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
	var out struct {
		Gateways []struct {
			ID   string    `xml:"internetGatewayId"`
			Tags ec2Tagged `xml:"tagSet>item"`
		} `xml:"internetGatewaySet>item"`
	}
	err := describe(ctx, config, "DescribeInternetGateways", where(withTags(key[1:], is("attachment.vpc-id", key[0]))...), &out)
	if err != nil || len(out.Gateways) == 0 {
		return nil, err
	}
	return &Thing{Name: key[1], ID: out.Gateways[0].ID, Tags: out.Gateways[0].Tags.byKey()}, nil
}

type table struct {
	ID   string    `xml:"routeTableId"`
	Tags ec2Tagged `xml:"tagSet>item"`
}

func routeTables(ctx context.Context, config aws.Config, filters ...filter) ([]table, error) {
	var out struct {
		Tables []table `xml:"routeTableSet>item"`
	}
	err := describe(ctx, config, "DescribeRouteTables", where(filters...), &out)
	return out.Tables, err
}

func routeTable(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
	tables, err := routeTables(ctx, config, withTags(key[1:], is("vpc-id", key[0]))...)
	if err != nil || len(tables) == 0 {
		return nil, err
	}
	return &Thing{Name: key[1], ID: tables[0].ID, Tags: tables[0].Tags.byKey()}, nil
}

// association looks up what routes a subnet.
func association(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
	tables, err := routeTables(ctx, config, is("association.subnet-id", key[0]), is("association.route-table-id", key[1]))
	if err != nil || len(tables) == 0 {
		return nil, err
	}
	return &Thing{Name: key[0] + " with " + key[1], ID: key[0] + "/" + key[1], Part: true}, nil
}

func address(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
	var out struct {
		Addresses []struct {
			ID   string    `xml:"allocationId"`
			Tags ec2Tagged `xml:"tagSet>item"`
		} `xml:"addressesSet>item"`
	}
	err := describe(ctx, config, "DescribeAddresses", where(withTags(key)...), &out)
	if err != nil || len(out.Addresses) == 0 {
		return nil, err
	}
	return &Thing{Name: key[0], ID: out.Addresses[0].ID, Tags: out.Addresses[0].Tags.byKey()}, nil
}

// natGateway looks up a NAT gateway. One that was deleted is described for an
// hour: DeleteNatGateway.
func natGateway(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
	var out struct {
		Gateways []struct {
			ID   string    `xml:"natGatewayId"`
			Made time.Time `xml:"createTime"`
			Tags ec2Tagged `xml:"tagSet>item"`
		} `xml:"natGatewaySet>item"`
	}
	filters := withTags(key[1:], is("subnet-id", key[0]), is("state", "pending", "available"))
	err := describe(ctx, config, "DescribeNatGateways", where(filters...), &out)
	if err != nil || len(out.Gateways) == 0 {
		return nil, err
	}
	found := out.Gateways[0]
	return &Thing{Name: key[1], ID: found.ID, Tags: found.Tags.byKey(), Made: found.Made}, nil
}

func endpoint(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
	var out struct {
		Endpoints []struct {
			ID   string    `xml:"vpcEndpointId"`
			Made time.Time `xml:"creationTimestamp"`
			Tags ec2Tagged `xml:"tagSet>item"`
		} `xml:"vpcEndpointSet>item"`
	}
	err := describe(ctx, config, "DescribeVpcEndpoints", where(is("vpc-id", key[0]), is("service-name", key[1])), &out)
	if err != nil || len(out.Endpoints) == 0 {
		return nil, err
	}
	found := out.Endpoints[0]
	return &Thing{Name: key[1], ID: found.ID, Tags: found.Tags.byKey(), Made: found.Made}, nil
}
