package operate

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

// FromEnvironment returns a client with the credentials and the endpoints that
// the environment names, found where AWS's tools and Terraform's provider look:
// variables, profiles, single sign-on, the role of a container or an instance.
func FromEnvironment(ctx context.Context, region string) (*Client, error) {
	found, err := config.LoadDefaultConfig(ctx, config.WithRegion(region), config.WithRetryMaxAttempts(attempts))
	if err != nil {
		return nil, fmt.Errorf("AWS credentials: %w", err)
	}
	return &Client{config: found}, nil
}

// Account is the account that the client's identity belongs to.
func (c *Client) Account(ctx context.Context) (string, error) {
	out, err := sts.NewFromConfig(c.config).GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
	if err != nil {
		return "", fmt.Errorf("ask AWS whose credentials these are: %w", Reason(err))
	}
	return aws.ToString(out.Account), nil
}
