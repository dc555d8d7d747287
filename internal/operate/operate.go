// Package operate speaks with AWS where Terraform does not: before there can be
// a state, the bucket for it; after an apply, what CodePipeline's actions do,
// and what is live.
//
// Each function is one thing that AWS does or says, with the identity of its
// Client and nothing else: a call that this identity may not make is AWS's
// refusal, in AWS's words. It knows no Terraform and no spec, and it is the
// only package that imports the AWS SDK.
package operate

import (
	"context"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go"
)

// attempts is how often a call is tried.
const attempts = 2

// Keys are the credentials of an identity.
type Keys struct{ ID, Secret, Token string }

// A Client makes calls as one identity, in one region.
type Client struct {
	Keys   Keys // of [At] and [Client.Assume]; those of [FromEnvironment] stay where they were found
	config aws.Config
}

// At returns a client. The endpoint is a URL for all services, or "" for AWS's
// own.
func At(endpoint, region string, keys Keys) *Client {
	config := aws.Config{
		Region:           region,
		RetryMaxAttempts: attempts,
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: keys.ID, SecretAccessKey: keys.Secret, SessionToken: keys.Token}, nil
		}),
	}
	if endpoint != "" {
		config.BaseEndpoint = aws.String(endpoint)
	}
	return &Client{Keys: keys, config: config}
}

// Assume returns a client with the permissions of a role. The session is the
// name that AWS's records show; the external id may be "".
func (c *Client) Assume(ctx context.Context, role, session, externalID string) (*Client, error) {
	in := &sts.AssumeRoleInput{RoleArn: &role, RoleSessionName: &session}
	if externalID != "" {
		in.ExternalId = &externalID
	}
	out, err := sts.NewFromConfig(c.config).AssumeRole(ctx, in)
	if err != nil {
		return nil, fmt.Errorf("assume %s as %s: %w", role, session, Reason(err))
	}
	keys := Keys{ID: *out.Credentials.AccessKeyId, Secret: *out.Credentials.SecretAccessKey, Token: *out.Credentials.SessionToken}
	return At(aws.ToString(c.config.BaseEndpoint), c.config.Region, keys), nil
}

// A Refusal is AWS's answer to a call that it did not carry out.
type Refusal struct {
	Code    string // "AccessDeniedException"
	Message string
}

func (r *Refusal) Error() string { return r.Code + ": " + r.Message }

// Reason returns AWS's own words without the SDK's around them, as a
// *Refusal. An error that is not AWS's answer stays what it is.
func Reason(err error) error {
	if answer, ok := errors.AsType[smithy.APIError](err); ok {
		return &Refusal{answer.ErrorCode(), answer.ErrorMessage()}
	}
	return err
}
