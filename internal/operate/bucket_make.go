package operate

import (
	"context"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// A BucketPlan is what is to be done so that a bucket keeps states well.
type BucketPlan struct {
	StateBucket
	New     bool           // there is none of the name yet
	Changes []BucketChange // none: all is as it should be
	Foreign string         // customer's key that the bucket encrypts with, and Terraform does not, or ""

	bucket bucketClient
}

// PlanBucket looks at a bucket and changes nothing. It is an error if the
// bucket is somebody else's, or in another region.
func (c *Client) PlanBucket(ctx context.Context, want StateBucket) (*BucketPlan, error) {
	p := &BucketPlan{StateBucket: want, bucket: c.bucket(want)}
	there, err := p.bucket.exists(ctx)
	if err != nil {
		return nil, err
	}
	p.New = !there
	var found Bucket
	if there {
		if found, err = p.bucket.look(ctx); err != nil {
			return nil, err
		}
	}
	good, err := want.over(found)
	if err != nil {
		return nil, err
	}
	p.Changes, p.Foreign = want.changes(found, good), want.foreign(found.Encryption)
	if p.New {
		for i := range p.Changes {
			p.Changes[i].Before = ""
		}
	}
	return p, nil
}

// Make does what is planned. It looks at the bucket once more before, since a
// new one has some of it from S3 already, and what somebody else did meanwhile
// shall stay. What it cannot finish, the next run does.
func (p *BucketPlan) Make(ctx context.Context) error {
	if p.New {
		if err := p.bucket.create(ctx); err != nil {
			return err
		}
	}
	found, err := p.bucket.look(ctx)
	if err != nil {
		return err
	}
	good, err := p.over(found)
	if err != nil {
		return err
	}
	for _, part := range p.parts() {
		if part.show(found) == part.show(good) {
			continue
		}
		if err := part.put(p.bucket, ctx, good); err != nil {
			return fmt.Errorf("%s of bucket %s: %w", part.name, p.Name, Reason(err))
		}
	}
	return nil
}

// A part of a bucket is read as one, shown as one and written as one.
type part struct {
	name string
	show func(Bucket) string
	put  func(bucketClient, context.Context, Bucket) error
}

// parts are in the order in which they are written: the policy before public
// access is blocked, after which S3 takes no policy that allows some.
func (w StateBucket) parts() []part {
	return []part{
		{"versioning", showVersioning, bucketClient.putVersioning},
		{"encryption", showEncryption, bucketClient.putEncryption},
		{"policy", w.showPolicy, bucketClient.putPolicy},
		{"public access", showBlocked, bucketClient.putBlocked},
		{"object ownership", showOwnership, bucketClient.putOwnership},
		{"tags", showTags, bucketClient.putTags},
	}
}

// create makes the bucket, unless somebody of the same account was faster.
func (b bucketClient) create(ctx context.Context) error {
	in := &s3.CreateBucketInput{Bucket: &b.want.Name}
	if b.want.Region != "us-east-1" { // S3's first region, and no constraint
		in.CreateBucketConfiguration = &types.CreateBucketConfiguration{LocationConstraint: types.BucketLocationConstraint(b.want.Region)}
	}
	_, err := b.CreateBucket(ctx, in)
	switch {
	case err == nil || code(err) == "BucketAlreadyOwnedByYou":
	case code(err) == "BucketAlreadyExists":
		return fmt.Errorf("the name %s is taken: a bucket of another account has it, wherever that is. Name another bucket in the spec", b.want.Name)
	default:
		return fmt.Errorf("make bucket %s: %w", b.want.Name, Reason(err))
	}
	there := &s3.HeadBucketInput{Bucket: &b.want.Name, ExpectedBucketOwner: &b.want.Owner.Account}
	if err := s3.NewBucketExistsWaiter(b.Client).Wait(ctx, there, bucketPatience); err != nil {
		return fmt.Errorf("wait for bucket %s: %w", b.want.Name, Reason(err))
	}
	return nil
}

// bucketPatience is how long a bucket that was made may take to be seen.
const bucketPatience = 2 * time.Minute

func (b bucketClient) putVersioning(ctx context.Context, good Bucket) error {
	_, err := b.PutBucketVersioning(ctx, &s3.PutBucketVersioningInput{
		Bucket: &b.want.Name, ExpectedBucketOwner: &b.want.Owner.Account,
		VersioningConfiguration: &types.VersioningConfiguration{Status: types.BucketVersioningStatus(good.Versioning)},
	})
	return err
}

func (b bucketClient) putEncryption(ctx context.Context, good Bucket) error {
	e := good.Encryption
	rule := types.ServerSideEncryptionRule{
		ApplyServerSideEncryptionByDefault: &types.ServerSideEncryptionByDefault{SSEAlgorithm: types.ServerSideEncryption(e.Algorithm)},
		BlockedEncryptionTypes:             e.blocked,
	}
	if e.Key != "" {
		rule.ApplyServerSideEncryptionByDefault.KMSMasterKeyID, rule.BucketKeyEnabled = &e.Key, &e.BucketKey
	}
	_, err := b.PutBucketEncryption(ctx, &s3.PutBucketEncryptionInput{
		Bucket: &b.want.Name, ExpectedBucketOwner: &b.want.Owner.Account,
		ServerSideEncryptionConfiguration: &types.ServerSideEncryptionConfiguration{Rules: []types.ServerSideEncryptionRule{rule}},
	})
	return err
}

func (b bucketClient) putPolicy(ctx context.Context, good Bucket) error {
	_, err := b.PutBucketPolicy(ctx, &s3.PutBucketPolicyInput{
		Bucket: &b.want.Name, ExpectedBucketOwner: &b.want.Owner.Account, Policy: aws.String(string(good.Policy)),
	})
	return err
}

func (b bucketClient) putBlocked(ctx context.Context, _ Bucket) error {
	yes := aws.Bool(true)
	_, err := b.PutPublicAccessBlock(ctx, &s3.PutPublicAccessBlockInput{
		Bucket: &b.want.Name, ExpectedBucketOwner: &b.want.Owner.Account,
		PublicAccessBlockConfiguration: &types.PublicAccessBlockConfiguration{
			BlockPublicAcls: yes, BlockPublicPolicy: yes, IgnorePublicAcls: yes, RestrictPublicBuckets: yes,
		},
	})
	return err
}

func (b bucketClient) putOwnership(ctx context.Context, good Bucket) error {
	_, err := b.PutBucketOwnershipControls(ctx, &s3.PutBucketOwnershipControlsInput{
		Bucket: &b.want.Name, ExpectedBucketOwner: &b.want.Owner.Account,
		OwnershipControls: &types.OwnershipControls{Rules: []types.OwnershipControlsRule{{ObjectOwnership: types.ObjectOwnership(good.Ownership)}}},
	})
	return err
}

func (b bucketClient) putTags(ctx context.Context, good Bucket) error {
	var tags []types.Tag
	for name, value := range good.Tags {
		tags = append(tags, types.Tag{Key: &name, Value: &value})
	}
	_, err := b.PutBucketTagging(ctx, &s3.PutBucketTaggingInput{
		Bucket: &b.want.Name, ExpectedBucketOwner: &b.want.Owner.Account, Tagging: &types.Tagging{TagSet: tags},
	})
	return err
}
