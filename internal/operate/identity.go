package operate

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/arn"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

// An Identity is who a client is to AWS.
type Identity struct {
	ARN       string // arn:aws:sts::123456789012:assumed-role/deploy/jane
	Account   string // twelve digits
	Partition string // "aws", "aws-cn", "aws-us-gov"
}

// Identity asks AWS who the credentials belong to, which needs no permission.
func (c *Client) Identity(ctx context.Context) (Identity, error) {
	if _, err := c.config.Credentials.Retrieve(ctx); err != nil {
		return Identity{}, fmt.Errorf("there are no AWS credentials; set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run aws sso login\n%w", err)
	}
	out, err := sts.NewFromConfig(c.config).GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
	if err != nil {
		return Identity{}, fmt.Errorf("ask AWS whose credentials these are: %w", Reason(err))
	}
	name, err := arn.Parse(aws.ToString(out.Arn))
	if err != nil {
		return Identity{}, fmt.Errorf("AWS calls the caller %q: %w", aws.ToString(out.Arn), err)
	}
	return Identity{ARN: *out.Arn, Account: aws.ToString(out.Account), Partition: name.Partition}, nil
}
