package existing

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
)

// TestKey holds that nothing is looked up of which not all is known that
// identifies it.
func TestKey(t *testing.T) {
	for _, test := range []struct {
		kind, values, want string
	}{
		{"aws_ecs_cluster", `{"name": "shop"}`, "aws_ecs_cluster shop"},
		{"aws_ecs_cluster", `{}`, ""},
		{"aws_ecs_cluster", `{"name": ""}`, ""},
		{"aws_security_group", `{"name": "shop"}`, ""},
		{"aws_lb_listener", `{"load_balancer_arn": "arn", "port": 80}`, "aws_lb_listener arn 80"},
		{"aws_vpc", `{"tags_all": {"Name": "shop", "Project": "shop"}}`, "aws_vpc shop shop "},
		{"aws_vpc", `{"tags_all": {"Name": "shop"}}`, ""},
		{"aws_vpc_security_group_egress_rule", `{"security_group_id": "sg-1", "ip_protocol": "-1", "cidr_ipv4": "0.0.0.0/0"}`,
			"aws_vpc_security_group_egress_rule sg-1 -1   0.0.0.0/0   "},
		{"aws_s3_bucket", `{"bucket": "shop"}`, ""},
	} {
		values := map[string]any{}
		decoder := json.NewDecoder(strings.NewReader(test.values))
		decoder.UseNumber()
		if err := decoder.Decode(&values); err != nil {
			t.Fatal(err)
		}
		if got := Key(test.kind, values); got != test.want {
			t.Errorf("%s %s: %q, want %q", test.kind, test.values, got, test.want)
		}
	}
}

// TestStranger holds whose what is: the tags that the plan would give it, and for
// what is account-wide the region, make it the project's own.
func TestStranger(t *testing.T) {
	own := map[string]string{"ManagedBy": "tfgen", "Project": "shop", "Environment": "production"}
	with := func(key, value string) map[string]string {
		tags := map[string]string{"Name": "more"}
		maps.Copy(tags, own)
		tags[key] = value
		return tags
	}
	for name, test := range map[string]struct {
		thing Thing
		want  string
	}{
		"own":                   {Thing{Tags: with("Team", "web")}, ""},
		"another project":       {Thing{Tags: with("Project", "bank")}, "belongs to the project bank (tags Project = bank, Environment = production, ManagedBy = tfgen)"},
		"another environment":   {Thing{Tags: with("Environment", "test")}, "belongs to another part of this project (tags Project = shop, Environment = test, ManagedBy = tfgen)"},
		"another tool":          {Thing{Tags: with("ManagedBy", "hand")}, "is not this project's: its tags are Project = shop, Environment = production, ManagedBy = hand"},
		"no tags":               {Thing{}, "is not this project's: it has no tags that say whose it is"},
		"this region":           {Thing{Tags: own, Regions: []string{"eu-west-1"}}, ""},
		"this region, and more": {Thing{Tags: own, Regions: []string{"eu-west-1", "us-east-1"}}, ""},
		"another region":        {Thing{Tags: own, Regions: []string{"us-east-1"}}, "is this project's in us-east-1: the ARNs in its policies name that region, and eu-west-1 not"},
		"a part of what is own": {Thing{Part: true}, ""},
	} {
		test.thing.Owner = own
		if got := test.thing.Stranger("eu-west-1"); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

// TestRegionsIn holds that a policy is read as IAM hands it out: encoded for a URL.
func TestRegionsIn(t *testing.T) {
	for text, want := range map[string][]string{
		`{"aws:SourceArn": "arn:aws:codebuild:eu-west-1:123456789012:project/shop"}`:                             {"eu-west-1"},
		`%7B%22aws%3ASourceArn%22%3A%22arn%3Aaws-us-gov%3Aecs%3Aus-gov-west-1%3A123456789012%3A%2A%22%7D`:        {"us-gov-west-1"},
		`{"Resource": ["arn:aws:logs:us-east-1:1:x", "arn:aws:ecr:eu-west-1:1:y", "arn:aws:ecr:eu-west-1:1:z"]}`: {"eu-west-1", "us-east-1"},
		`{"Resource": ["arn:aws:iam::123456789012:role/shop", "arn:aws:s3:::shop"]}`:                             nil,
	} {
		if got := regionsIn(text); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// TestAnswers holds what is an error: neither that nothing is there, nor that one
// may not look.
func TestAnswers(t *testing.T) {
	for code, want := range map[string]string{
		"NoSuchEntity": "absent", "RepositoryNotFoundException": "absent", "RepositoryDoesNotExistException": "absent",
		"InvalidLaunchTemplateName.NotFoundException": "absent", "LoadBalancerNotFound": "absent",
		"AccessDenied": "denied", "AccessDeniedException": "denied", "UnauthorizedOperation": "denied",
		"ThrottlingException": "",
	} {
		got := ""
		switch {
		case absent(code):
			got = "absent"
		case denied(code):
			got = "denied"
		}
		if got != want {
			t.Errorf("%s is %q, want %q", code, got, want)
		}
	}
	if got := action("User: x is not authorized to perform: iam:GetRole on resource: y", "aws_iam_role"); got != "iam:GetRole" {
		t.Errorf("action %q", got)
	}
}
