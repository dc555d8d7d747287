package buildspec

import (
	"regexp"
	"strings"
)

// s3 is what an aws s3 command does to the buckets that it names.
// https://docs.aws.amazon.com/cli/latest/userguide/cli-services-s3-commands.html
func (c call) s3() (allowed []Permission, open []string) {
	for i, place := range c.operands {
		if !strings.HasPrefix(place, "s3://") && known(place) {
			continue
		}
		actions := c.s3Source()
		if i > 0 {
			actions = c.s3Target()
		}
		for _, action := range actions {
			if resource, ok := c.s3Resource(action, place); ok {
				allowed = append(allowed, Permission{action, []string{resource}})
			} else {
				open = append(open, action)
			}
		}
	}
	if len(c.operands) == 0 && c.command == "ls" {
		open = append(open, "s3:ListAllMyBuckets")
	}
	return allowed, open
}

// s3Source is what a command does to its first operand.
func (c call) s3Source() []string {
	actions := map[string][]string{
		"cp":      {"s3:GetObject"},
		"ls":      {"s3:ListBucket"},
		"mb":      {"s3:CreateBucket"},
		"mv":      {"s3:GetObject", "s3:DeleteObject"},
		"presign": {"s3:GetObject"},
		"rb":      {"s3:DeleteBucket"},
		"rm":      {"s3:DeleteObject"},
		"sync":    {"s3:ListBucket", "s3:GetObject"},
	}[c.command]
	if c.has("--recursive") && c.command != "ls" {
		actions = append(actions, "s3:ListBucket")
	}
	return actions
}

// s3Target is what a command does to its second operand.
func (c call) s3Target() []string {
	actions := []string{"s3:PutObject"}
	if c.has("--acl") {
		actions = append(actions, "s3:PutObjectAcl")
	}
	if c.command == "sync" {
		actions = append(actions, "s3:ListBucket")
		if c.has("--delete") {
			actions = append(actions, "s3:DeleteObject")
		}
	}
	return actions
}

// s3Resource is the bucket or the objects that an action is about. What is not
// known of a key, and what lies below a folder, is a star.
func (c call) s3Resource(action, place string) (string, bool) {
	bucket, key, _ := strings.Cut(strings.TrimPrefix(place, "s3://"), "/")
	if !regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$`).MatchString(bucket) || strings.ContainsAny(key, ":*?") {
		return "", false
	}
	if strings.HasSuffix(action, "Bucket") {
		return "s3:::" + bucket, true
	}
	key = regexp.MustCompile(`\$\{[^}]*\}`).ReplaceAllString(key, "*")
	if key == "" || strings.HasSuffix(key, "/") || c.has("--recursive") || c.command == "sync" {
		key = strings.TrimSuffix(key, "*") + "*"
	}
	return "s3:::" + bucket + "/" + key, true
}

func (c call) has(option string) bool {
	_, given := c.options[option]
	return given
}
