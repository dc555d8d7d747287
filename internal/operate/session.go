package operate

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/smithy-go/logging"
)

// FromEnvironment returns a client with the credentials and the endpoints that
// the environment names, found where AWS's tools and Terraform's provider look:
// variables, profiles, single sign-on, the role of a container or an instance.
func FromEnvironment(ctx context.Context, region string) (*Client, error) {
	found, err := config.LoadDefaultConfig(ctx, config.WithRegion(region), config.WithRetryMaxAttempts(attempts),
		config.WithLogger(logging.Nop{})) // what the SDK has to say is in its errors
	if err != nil {
		return nil, fmt.Errorf("AWS credentials: %w", err)
	}
	return &Client{config: found}, nil
}

// Config is what the client makes its calls with, for packages that make others.
func (c *Client) Config() aws.Config { return c.config }
