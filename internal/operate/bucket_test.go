package operate

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func wanted(more func(*StateBucket)) StateBucket {
	w := StateBucket{Name: "b", Region: "eu-west-1", Owner: Identity{Account: "123456789012", Partition: "aws"}}
	if more != nil {
		more(&w)
	}
	return w
}

// good is a bucket that keeps states as it should, but for what a test changes.
func good(t *testing.T, more func(*Bucket)) Bucket {
	t.Helper()
	b, err := wanted(nil).over(Bucket{})
	if err != nil {
		t.Fatal(err)
	}
	if more != nil {
		more(&b)
	}
	return b
}

// TestBucketChanges holds what is changed about a bucket that is there, and
// what of it stays.
func TestBucketChanges(t *testing.T) {
	const key = "arn:aws:kms:eu-west-1:123456789012:key/k"
	for _, test := range []struct {
		name  string
		want  func(*StateBucket)
		found func(*Bucket)
		diff  string // a line a change
	}{
		{"nothing", nil, nil, ""},
		{"versioning that is off", nil, func(b *Bucket) { b.Versioning = "" }, "versioning: off → on"},
		{"versioning that is suspended", nil, func(b *Bucket) { b.Versioning = "Suspended" }, "versioning: suspended → on"},
		{"no encryption", nil, func(b *Bucket) { b.Encryption = Encryption{} }, "encryption: none → AES256, with keys of S3"},
		{"somebody's key stays", nil, func(b *Bucket) { b.Encryption = Encryption{Algorithm: "aws:kms", Key: "alias/theirs"} }, ""},
		{"AWS's key stays", nil, func(b *Bucket) { b.Encryption = Encryption{Algorithm: "aws:kms:dsse"} }, ""},
		{"a key that is wanted", func(w *StateBucket) { w.KMSKey = key }, nil, "encryption: AES256, with keys of S3 → aws:kms, with " + key + " and a bucket key"},
		{"a wanted key without a bucket key", func(w *StateBucket) { w.KMSKey = key }, func(b *Bucket) { b.Encryption = Encryption{Algorithm: "aws:kms", Key: key} },
			"encryption: aws:kms, with " + key + " → aws:kms, with " + key + " and a bucket key"},
		{"a wanted key that is there", func(w *StateBucket) { w.KMSKey = key }, func(b *Bucket) { b.Encryption = Encryption{Algorithm: "aws:kms", Key: key, BucketKey: true} }, ""},
		{"one way to the public", nil, func(b *Bucket) { b.Blocked = 3 }, "public access: 3 of 4 ways blocked → blocked"},
		{"access lists", nil, func(b *Bucket) { b.Ownership = "ObjectWriter" }, "object ownership: ObjectWriter → BucketOwnerEnforced"},
		{"no ownership", nil, func(b *Bucket) { b.Ownership = "" }, "object ownership: not set → BucketOwnerEnforced"},
		{"no policy", nil, func(b *Bucket) { b.Policy = nil }, "policy: none → TLS only, no deletion"},
		{"tags are added", func(w *StateBucket) { w.Tags = map[string]string{"A": "1", "B": "2"} }, func(b *Bucket) { b.Tags = map[string]string{"B": "theirs"} },
			"tags: B=theirs → A=1, B=theirs"},
		{"tags that are there stay", func(w *StateBucket) { w.Tags = map[string]string{"A": "1"} }, func(b *Bucket) { b.Tags = map[string]string{"A": "2", "C": "3"} }, ""},
	} {
		want, found := wanted(test.want), good(t, test.found)
		then, err := want.over(found)
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for _, c := range want.changes(found, then) {
			lines = append(lines, fmt.Sprintf("%s: %s → %s", c.Name, c.Before, c.After))
		}
		if diff := cmp.Diff(test.diff, strings.Join(lines, "\n")); diff != "" {
			t.Errorf("%s: -want +got\n%s", test.name, diff)
		}
		if again, err := want.over(then); err != nil || len(want.changes(then, again)) > 0 {
			t.Errorf("%s: a second time it is not done: %v, %v", test.name, want.changes(then, again), err)
		}
	}
}

// TestMergePolicy holds what becomes of a policy that somebody else wrote.
func TestMergePolicy(t *testing.T) {
	const (
		tls    = `{"Action":"s3:*","Condition":{"Bool":{"aws:SecureTransport":"false"}},"Effect":"Deny","Principal":"*","Resource":["arn:aws:s3:::b","arn:aws:s3:::b/*"],"Sid":"TfgenTLSOnly"}`
		keep   = `{"Action":"s3:DeleteBucket","Effect":"Deny","Principal":"*","Resource":"arn:aws:s3:::b","Sid":"TfgenNoDeletion"}`
		theirs = `{"Sid":"Z","Effect":"Allow","Principal":{"AWS":"<x>"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}`
	)
	document := func(statements ...string) string {
		return `{"Statement":[` + strings.Join(statements, ",") + `],"Version":"2012-10-17"}`
	}
	for _, test := range []struct{ name, have, want string }{
		{"none", "", document(tls, keep)},
		{"of others", document(theirs), document(theirs, tls, keep)},
		{"one without a list", `{"Version":"2012-10-17","Statement":` + theirs + `}`, document(theirs, tls, keep)},
		{"an older version and an id", `{"Version":"2008-10-17","Id":"i","Statement":[]}`, `{"Id":"i","Statement":[` + tls + "," + keep + `],"Version":"2008-10-17"}`},
		{"one is missing", document(keep, theirs), document(keep, theirs, tls)},
		{"one was changed", document(strings.Replace(tls, "Deny", "Allow", 1), keep), document(tls, keep)},
		{"all there, byte for byte", " " + document(tls, theirs, keep) + "\n", " " + document(tls, theirs, keep) + "\n"},
		{"all there, under other names and forms", document(
			strings.NewReplacer(`"TfgenTLSOnly"`, `"Theirs"`, `"s3:*"`, `["s3:*"]`, `"false"`, `false`).Replace(tls), strings.Replace(keep, `,"Sid":"TfgenNoDeletion"`, "", 1)), ""},
		{"null", "null", "error"},
		{"no policy", "{}", "error"},
		{"no JSON", "<xml>", "error"},
	} {
		got, err := mergePolicy([]byte(test.have), wanted(nil).statements())
		if test.want == "" {
			test.want = test.have
		}
		if err != nil {
			got = []byte("error")
		}
		if diff := cmp.Diff(test.want, string(got)); diff != "" {
			t.Errorf("%s: %v, -want +got\n%s", test.name, err, diff)
		}
	}
}

// TestPartition holds that a policy speaks of the partition that the bucket is
// in.
func TestPartition(t *testing.T) {
	china := wanted(func(w *StateBucket) { w.Owner.Partition = "aws-cn" })
	policy, err := mergePolicy(nil, china.statements())
	if err != nil || !strings.Contains(string(policy), `"arn:aws-cn:s3:::b/*"`) || strings.Contains(string(policy), "arn:aws:") {
		t.Errorf("%s, %v", policy, err)
	}
}
