package operate

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// A StateBucket is a bucket that shall keep Terraform's states.
type StateBucket struct {
	Name   string
	Region string
	KMSKey string            // ARN of the key that shall encrypt it; "" for whichever it has, or S3's own
	Tags   map[string]string // that it shall have; a tag that is there keeps its value
	Owner  Identity          // whose it is
}

// A Bucket is what a bucket is, as far as it matters to states.
type Bucket struct {
	Versioning string // "Enabled", "Suspended", or "" where it never was on
	Encryption Encryption
	Blocked    int    // how many of the four ways to make it public are blocked
	Ownership  string // "BucketOwnerEnforced", under which access lists count for nothing; others, or ""
	Policy     []byte // JSON, or nil
	Tags       map[string]string
}

// Encryption is how S3 encrypts what is written without a word about it.
type Encryption struct {
	Algorithm string // "AES256", "aws:kms", "aws:kms:dsse", or "" where it was never said
	Key       string // of aws:kms: ARN, ID or alias, or "" for AWS's own
	BucketKey bool   // fewer calls of KMS, through a key that S3 keeps for a while

	blocked *types.BlockedEncryptionTypes // what nobody may use; it stays
}

// blockedWays is how many ways there are to make a bucket public, each of which
// can be blocked: by access lists and by policies, new ones and present ones.
const blockedWays = 4

// A BucketChange is a part of a bucket that is not as it should be. Both texts
// are for people; Before is "" where there is no bucket yet.
type BucketChange struct{ Name, Before, After string }

// over is what a bucket shall be that now is found. What somebody else set and
// what does no harm stays: a key, tags, statements of the policy.
func (w StateBucket) over(found Bucket) (Bucket, error) {
	policy, err := mergePolicy(found.Policy, w.statements())
	if err != nil {
		return Bucket{}, fmt.Errorf("policy of bucket %s: %w", w.Name, err)
	}
	good := Bucket{
		Versioning: string(types.BucketVersioningStatusEnabled),
		Encryption: w.encryption(found.Encryption),
		Blocked:    blockedWays,
		Ownership:  string(types.ObjectOwnershipBucketOwnerEnforced),
		Policy:     policy,
		Tags:       maps.Clone(w.Tags),
	}
	if len(found.Tags) > 0 {
		good.Tags = maps.Clone(found.Tags)
		for name, value := range w.Tags {
			if _, there := good.Tags[name]; !there {
				good.Tags[name] = value
			}
		}
	}
	return good, nil
}

func (w StateBucket) encryption(found Encryption) Encryption {
	switch {
	case w.KMSKey != "":
		return Encryption{Algorithm: string(types.ServerSideEncryptionAwsKms), Key: w.KMSKey, BucketKey: true, blocked: found.blocked}
	case found.Algorithm != "":
		return found
	}
	return Encryption{Algorithm: string(types.ServerSideEncryptionAes256), blocked: found.blocked}
}

// foreign is the customer's key that a bucket encrypts with of its own accord,
// where nobody wants it.
func (w StateBucket) foreign(found Encryption) string {
	if w.KMSKey != "" {
		return ""
	}
	return found.Key
}

// changes lists in which parts two states of the bucket differ.
func (w StateBucket) changes(found, good Bucket) (all []BucketChange) {
	for _, p := range w.parts() {
		if before, after := p.show(found), p.show(good); before != after {
			all = append(all, BucketChange{p.name, before, after})
		}
	}
	return all
}

func showVersioning(b Bucket) string {
	switch b.Versioning {
	case string(types.BucketVersioningStatusEnabled):
		return "on"
	case string(types.BucketVersioningStatusSuspended):
		return "suspended"
	}
	return "off"
}

func showEncryption(b Bucket) string {
	e := b.Encryption
	switch e.Algorithm {
	case "":
		return "none"
	case string(types.ServerSideEncryptionAes256):
		return "AES256, with keys of S3"
	}
	key := e.Key
	if key == "" {
		key = "a key of AWS"
	}
	text := e.Algorithm + ", with " + key
	if e.BucketKey {
		text += " and a bucket key"
	}
	return text
}

func showBlocked(b Bucket) string {
	switch b.Blocked {
	case 0:
		return "not blocked"
	case blockedWays:
		return "blocked"
	}
	return fmt.Sprintf("%d of %d ways blocked", b.Blocked, blockedWays)
}

func showOwnership(b Bucket) string {
	if b.Ownership == "" {
		return "not set"
	}
	return b.Ownership
}

func showTags(b Bucket) string {
	var pairs []string
	for _, name := range slices.Sorted(maps.Keys(b.Tags)) {
		pairs = append(pairs, name+"="+b.Tags[name])
	}
	if len(pairs) == 0 {
		return "none"
	}
	return strings.Join(pairs, ", ")
}
