package existing

import (
	"context"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecr"
	ecrtypes "github.com/aws/aws-sdk-go-v2/service/ecr/types"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	ecstypes "github.com/aws/aws-sdk-go-v2/service/ecs/types"
)

// inactive is the status of what ECS remembers for a while after it was deleted.
const inactive = "INACTIVE"

// cluster looks up a cluster. To create one that is there changes that one's
// settings and tags, and no error tells.
func cluster(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
	out, err := ecs.NewFromConfig(config).DescribeClusters(ctx, &ecs.DescribeClustersInput{
		Clusters: key, Include: []ecstypes.ClusterField{ecstypes.ClusterFieldTags},
	})
	if err != nil {
		return nil, err
	}
	for _, c := range out.Clusters {
		if aws.ToString(c.Status) != inactive {
			return &Thing{Name: key[0], ID: key[0], Tags: ecsTags(c.Tags)}, nil
		}
	}
	return nil, nil
}

func capacityProvider(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
	out, err := ecs.NewFromConfig(config).DescribeCapacityProviders(ctx, &ecs.DescribeCapacityProvidersInput{
		CapacityProviders: key, Include: []ecstypes.CapacityProviderField{ecstypes.CapacityProviderFieldTags},
	})
	if err != nil {
		return nil, err
	}
	for _, p := range out.CapacityProviders {
		if p.Status != inactive {
			return &Thing{Name: key[0], ID: key[0], Tags: ecsTags(p.Tags)}, nil
		}
	}
	return nil, nil
}

// service looks up a service in a cluster, which is an ARN or a name.
func service(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
	out, err := ecs.NewFromConfig(config).DescribeServices(ctx, &ecs.DescribeServicesInput{
		Cluster: &key[0], Services: key[1:], Include: []ecstypes.ServiceField{ecstypes.ServiceFieldTags},
	})
	if err != nil {
		return nil, err
	}
	for _, s := range out.Services {
		if aws.ToString(s.Status) != inactive {
			cluster := key[0][strings.LastIndex(key[0], "/")+1:]
			return &Thing{Name: key[1], ID: cluster + "/" + key[1], Tags: ecsTags(s.Tags), Made: aws.ToTime(s.CreatedAt)}, nil
		}
	}
	return nil, nil
}

func ecsTags(all []ecstypes.Tag) map[string]string {
	return tags(all, func(t ecstypes.Tag) (*string, *string) { return t.Key, t.Value })
}

func imageRepository(ctx context.Context, config aws.Config, key []string) (*Thing, error) {
	client := ecr.NewFromConfig(config)
	out, err := client.DescribeRepositories(ctx, &ecr.DescribeRepositoriesInput{RepositoryNames: key})
	if err != nil || len(out.Repositories) == 0 {
		return nil, err
	}
	listed, err := client.ListTagsForResource(ctx, &ecr.ListTagsForResourceInput{ResourceArn: out.Repositories[0].RepositoryArn})
	if err != nil {
		return nil, err
	}
	named := tags(listed.Tags, func(t ecrtypes.Tag) (*string, *string) { return t.Key, t.Value })
	return &Thing{Name: key[0], ID: key[0], Tags: named, Made: aws.ToTime(out.Repositories[0].CreatedAt)}, nil
}
