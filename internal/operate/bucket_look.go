package operate

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// regionHeader is where S3 says in which region a bucket is, whatever else it
// answers.
const regionHeader = "X-Amz-Bucket-Region"

// s3Attempts is how often a call of S3 is tried: another one may be at the same
// bucket.
const s3Attempts = 6

// A bucketClient speaks with S3 about one bucket.
type bucketClient struct {
	*s3.Client
	want StateBucket
}

// bucket returns a client for a bucket. Whether the bucket's name stands in the
// host or in the path of a request is S3's rule for the endpoint, which is what
// Terraform follows too: an address without names, such as that of a local AWS,
// gets it in the path.
func (c *Client) bucket(want StateBucket) bucketClient {
	return bucketClient{c.s3(), want}
}

func (c *Client) s3() *s3.Client {
	return s3.NewFromConfig(c.config, func(o *s3.Options) {
		standard := retry.NewStandard(func(o *retry.StandardOptions) { o.MaxAttempts = s3Attempts })
		o.Retryer = retry.AddWithErrorCodes(standard, "OperationAborted")
	})
}

// exists reports whether the bucket is there, and is the owner's and in the
// region that are wanted. It says what is wrong where it is not.
func (b bucketClient) exists(ctx context.Context) (bool, error) {
	out, err := b.HeadBucket(ctx, &s3.HeadBucketInput{Bucket: &b.want.Name, ExpectedBucketOwner: &b.want.Owner.Account})
	if err == nil {
		return true, b.inRegion(aws.ToString(out.BucketRegion))
	}
	answer, ok := errors.AsType[*smithyhttp.ResponseError](err)
	if !ok {
		return false, fmt.Errorf("look for bucket %s: %w", b.want.Name, Reason(err))
	}
	if err := b.inRegion(answer.Response.Header.Get(regionHeader)); err != nil {
		return false, err
	}
	switch answer.HTTPStatusCode() {
	case http.StatusNotFound:
		return false, nil
	case http.StatusForbidden:
		return false, fmt.Errorf("bucket %s is there, and account %s may not look at it: it is another account's, or %s lacks s3:ListBucket on it. "+
			"Name another bucket in the spec, or take other credentials", b.want.Name, b.want.Owner.Account, b.want.Owner.ARN)
	}
	return false, fmt.Errorf("look for bucket %s: %w", b.want.Name, Reason(err))
}

// inRegion compares where the bucket is, "" if S3 did not say, with where it
// shall be.
func (b bucketClient) inRegion(region string) error {
	if region == "" || region == b.want.Region {
		return nil
	}
	return fmt.Errorf("bucket %s is in %s, and the spec says %s: write state \"s3\" { region = %q }, or name another bucket", b.want.Name, region, b.want.Region, region)
}

// look reads what the bucket is.
func (b bucketClient) look(ctx context.Context) (Bucket, error) {
	var found Bucket
	for _, part := range []struct {
		name string
		read func(context.Context, *Bucket) error
		none string // the code of S3's answer where there is none, or ""
	}{
		{"versioning", b.readVersioning, ""},
		{"encryption", b.readEncryption, "ServerSideEncryptionConfigurationNotFoundError"},
		{"block of public access", b.readBlocked, "NoSuchPublicAccessBlockConfiguration"},
		{"object ownership", b.readOwnership, "OwnershipControlsNotFoundError"},
		{"policy", b.readPolicy, "NoSuchBucketPolicy"},
		{"tags", b.readTags, "NoSuchTagSet"},
	} {
		if err := part.read(ctx, &found); err != nil && (part.none == "" || code(err) != part.none) {
			return Bucket{}, fmt.Errorf("read the %s of bucket %s: %w", part.name, b.want.Name, Reason(err))
		}
	}
	return found, nil
}

func (b bucketClient) readVersioning(ctx context.Context, found *Bucket) error {
	out, err := b.GetBucketVersioning(ctx, &s3.GetBucketVersioningInput{Bucket: &b.want.Name, ExpectedBucketOwner: &b.want.Owner.Account})
	if err == nil {
		found.Versioning = string(out.Status)
	}
	return err
}

func (b bucketClient) readEncryption(ctx context.Context, found *Bucket) error {
	out, err := b.GetBucketEncryption(ctx, &s3.GetBucketEncryptionInput{Bucket: &b.want.Name, ExpectedBucketOwner: &b.want.Owner.Account})
	if err != nil || out.ServerSideEncryptionConfiguration == nil {
		return err
	}
	for _, rule := range out.ServerSideEncryptionConfiguration.Rules {
		found.Encryption.blocked = rule.BlockedEncryptionTypes
		if by := rule.ApplyServerSideEncryptionByDefault; by != nil {
			found.Encryption.Algorithm, found.Encryption.Key = string(by.SSEAlgorithm), aws.ToString(by.KMSMasterKeyID)
			found.Encryption.BucketKey = aws.ToBool(rule.BucketKeyEnabled)
		}
	}
	return nil
}

func (b bucketClient) readBlocked(ctx context.Context, found *Bucket) error {
	out, err := b.GetPublicAccessBlock(ctx, &s3.GetPublicAccessBlockInput{Bucket: &b.want.Name, ExpectedBucketOwner: &b.want.Owner.Account})
	if err != nil || out.PublicAccessBlockConfiguration == nil {
		return err
	}
	c := out.PublicAccessBlockConfiguration
	for _, blocked := range []*bool{c.BlockPublicAcls, c.BlockPublicPolicy, c.IgnorePublicAcls, c.RestrictPublicBuckets} {
		if aws.ToBool(blocked) {
			found.Blocked++
		}
	}
	return nil
}

func (b bucketClient) readOwnership(ctx context.Context, found *Bucket) error {
	out, err := b.GetBucketOwnershipControls(ctx, &s3.GetBucketOwnershipControlsInput{Bucket: &b.want.Name, ExpectedBucketOwner: &b.want.Owner.Account})
	if err != nil || out.OwnershipControls == nil {
		return err
	}
	for _, rule := range out.OwnershipControls.Rules {
		found.Ownership = string(rule.ObjectOwnership)
	}
	return nil
}

func (b bucketClient) readPolicy(ctx context.Context, found *Bucket) error {
	out, err := b.GetBucketPolicy(ctx, &s3.GetBucketPolicyInput{Bucket: &b.want.Name, ExpectedBucketOwner: &b.want.Owner.Account})
	if err == nil {
		found.Policy = []byte(aws.ToString(out.Policy))
	}
	return err
}

func (b bucketClient) readTags(ctx context.Context, found *Bucket) error {
	out, err := b.GetBucketTagging(ctx, &s3.GetBucketTaggingInput{Bucket: &b.want.Name, ExpectedBucketOwner: &b.want.Owner.Account})
	if err != nil {
		return err
	}
	found.Tags = map[string]string{}
	for _, tag := range out.TagSet {
		found.Tags[aws.ToString(tag.Key)] = aws.ToString(tag.Value)
	}
	return nil
}

// ReadObject returns the bytes of an object, nil where there is none, or no
// such bucket.
func (c *Client) ReadObject(ctx context.Context, bucket, key string) ([]byte, error) {
	out, err := c.s3().GetObject(ctx, &s3.GetObjectInput{Bucket: &bucket, Key: &key})
	switch code(err) {
	case "NoSuchKey", "NoSuchBucket":
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read s3://%s/%s: %w", bucket, key, Reason(err))
	}
	defer out.Body.Close()
	text, err := io.ReadAll(out.Body)
	if err != nil {
		return nil, fmt.Errorf("read s3://%s/%s: %w", bucket, key, err)
	}
	return text, nil
}

// code is the code of AWS's answer, "" where it is none.
func code(err error) string {
	refused, _ := errors.AsType[*Refusal](Reason(err))
	if refused == nil {
		return ""
	}
	return refused.Code
}
