package foreign_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"tfgen/internal/deploy/foreign"
	"tfgen/internal/deploy/report"
)

// The owners of what the tests look for: a role and a group that hold nothing
// but what a row puts into them.
const (
	role  = "aws_iam_role"
	group = "aws_security_group"
)

// TestFind holds what is foreign of a role or a group, and which resource
// accounts for what, in each spelling.
func TestFind(t *testing.T) {
	const (
		web   = `"protocol":"tcp","from_port":80,"to_port":80`
		rule  = `"security_group_id":"sg-1","ip_protocol":"tcp","from_port":80,"to_port":80`
		old   = `"security_group_id":"sg-1","type":"ingress","protocol":"tcp","from_port":80,"to_port":80`
		build = `"inline_policy":[{"name":"build","policy":"{}"}]`
		admin = `"managed_policy_arns":["arn:a","arn:b"]`
	)
	for _, test := range []struct{ name, owner, holds, kind, attributes, want string }{
		{"an inline policy", role, build, "", "", "inline policy build added"},
		{"attached policies", role, admin, "", "", "policy arn:a added, policy arn:b added"},
		{"an inline policy of the state", role, build, "aws_iam_role_policy", `"role":"r","name":"build"`, ""},
		{"an inline policy of another role", role, build, "aws_iam_role_policy", `"role":"s","name":"build"`, "inline policy build added"},
		{"another inline policy", role, build, "aws_iam_role_policy", `"role":"r","name":"other"`, "inline policy build added"},
		{"inline policies, all of them", role, build, "aws_iam_role_policies_exclusive", `"role_name":"r","policy_names":["a","build"]`, ""},
		{"an attachment", role, admin, "aws_iam_role_policy_attachment", `"role":"r","policy_arn":"arn:a"`, "policy arn:b added"},
		{"an attachment to roles", role, admin, "aws_iam_policy_attachment", `"roles":["q","r"],"policy_arn":"arn:b"`, "policy arn:a added"},
		{"attachments, all of them", role, admin, "aws_iam_role_policy_attachments_exclusive", `"role_name":"r","policy_arns":["arn:a","arn:b"]`, ""},
		{"an escape", role, `"inline_policy":[{"name":"a\u001b[31m\nb"}]`, "", "", "inline policy a b added"},

		{"a rule", group, `"ingress":[{` + web + `,"cidr_blocks":["10.0.0.0/8","0.0.0.0/0"]}]`, "", "", "ingress tcp 80 from 10.0.0.0/8 added, ingress tcp 80 from 0.0.0.0/0 added"},
		{"a way out", group, `"egress":[{"protocol":"-1","from_port":0,"to_port":0,"cidr_blocks":["0.0.0.0/0"]}]`, "", "", "egress all traffic to 0.0.0.0/0 added"},
		{"ports", group, `"egress":[{"protocol":"udp","from_port":1,"to_port":2,"prefix_list_ids":["pl-1"]}]`, "", "", "egress udp 1-2 to pl-1 added"},
		{"a ping", group, `"ingress":[{"protocol":"icmp","from_port":8,"to_port":-1,"self":true}]`, "", "", "ingress icmp type 8 code -1 from itself added"},
		{"all of ICMP", group, `"ingress":[{"protocol":"icmpv6","from_port":-1,"to_port":-1,"security_groups":["1/sg-2"]}]`, "", "", "ingress icmpv6 from sg-2 added"},
		{"a tunnel", group, `"ingress":[{"protocol":"50","from_port":-1,"to_port":-1,"self":true}]`, "", "", "ingress protocol 50 from itself added"},
		{"a rule of the state", group, `"ingress":[{` + web + `,"cidr_blocks":["10.0.0.0/8","0.0.0.0/0"]}]`, "aws_vpc_security_group_ingress_rule", rule + `,"cidr_ipv4":"10.0.0.0/8"`, "ingress tcp 80 from 0.0.0.0/0 added"},
		{"a rule of the other direction", group, `"ingress":[{` + web + `,"cidr_blocks":["10.0.0.0/8"]}]`, "aws_vpc_security_group_egress_rule", rule + `,"cidr_ipv4":"10.0.0.0/8"`, "ingress tcp 80 from 10.0.0.0/8 added"},
		{"a rule of another group", group, `"ingress":[{` + web + `,"cidr_blocks":["10.0.0.0/8"]}]`, "aws_vpc_security_group_ingress_rule", strings.Replace(rule, "sg-1", "sg-3", 1) + `,"cidr_ipv4":"10.0.0.0/8"`, "ingress tcp 80 from 10.0.0.0/8 added"},
		{"a rule for another port", group, `"ingress":[{` + web + `,"cidr_blocks":["10.0.0.0/8"]}]`, "aws_vpc_security_group_ingress_rule", strings.Replace(rule, `_port":80`, `_port":79`, 1) + `,"cidr_ipv4":"10.0.0.0/8"`, "ingress tcp 80 from 10.0.0.0/8 added"},
		{"all traffic", group, `"egress":[{"protocol":"-1","from_port":0,"to_port":0,"ipv6_cidr_blocks":["::/0"]}]`, "aws_vpc_security_group_egress_rule", `"security_group_id":"sg-1","ip_protocol":"-1","from_port":null,"to_port":null,"cidr_ipv6":"::/0"`, ""},
		{"another spelling", group, `"ingress":[{` + web + `,"ipv6_cidr_blocks":["2001:db8::/32"]}]`, "aws_vpc_security_group_ingress_rule", strings.Replace(rule, "tcp", "6", 1) + `,"cidr_ipv6":"2001:0DB8::1/32"`, ""},
		{"a group", group, `"ingress":[{` + web + `,"security_groups":["sg-2"]}]`, "aws_vpc_security_group_ingress_rule", rule + `,"referenced_security_group_id":"123456789012/sg-2"`, ""},
		{"the group itself", group, `"ingress":[{` + web + `,"self":true}]`, "aws_vpc_security_group_ingress_rule", rule + `,"referenced_security_group_id":"sg-1"`, ""},
		{"a prefix list", group, `"ingress":[{` + web + `,"prefix_list_ids":["pl-1"]}]`, "aws_vpc_security_group_ingress_rule", rule + `,"prefix_list_id":"pl-1"`, ""},
		{"a rule of the old kind", group, `"ingress":[{` + web + `,"cidr_blocks":["10.0.0.0/8","0.0.0.0/0"],"ipv6_cidr_blocks":["::/0"]}]`, "aws_security_group_rule", old + `,"cidr_blocks":["0.0.0.0/0","10.0.0.0/8"],"ipv6_cidr_blocks":["::/0"]`, ""},
		{"a group of the old kind", group, `"ingress":[{` + web + `,"security_groups":["sg-2"]}]`, "aws_security_group_rule", old + `,"source_security_group_id":"sg-2"`, ""},
		{"itself of the old kind", group, `"ingress":[{` + web + `,"self":true}]`, "aws_security_group_rule", old + `,"self":true`, ""},
		{"a way out of the old kind", group, `"ingress":[{` + web + `,"self":true}]`, "aws_security_group_rule", strings.Replace(old, "ingress", "egress", 1) + `,"self":true`, "ingress tcp 80 from itself added"},
		{"rules, all of them", group, `"ingress":[{` + web + `,"self":true}]`, "aws_vpc_security_group_rules_exclusive", `"security_group_id":"sg-1"`, ""},
	} {
		resources := []string{instance(test.owner, `"name":"r","id":"sg-1",`+test.holds)}
		if test.kind != "" {
			resources = append(resources, instance(test.kind, test.attributes))
		}
		if got := find(t, resources, owners()); strings.Join(got[test.owner+".this"], ", ") != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// TestCode holds that what stands in the code of the role or the group itself
// is not foreign, however it is written there, and wherever the code is. Nor is
// anything of a role or a group that is in the code no longer.
func TestCode(t *testing.T) {
	const module = `module.a["x.y"].module.b[0]`
	owner := strings.Replace(instance(role, `"name":"r","inline_policy":[{"name":"p"}],"managed_policy_arns":["arn:a"]`), `"mode"`, `"module":"module.a[\"x.y\"].module.b[0]","mode"`, 1)
	address := module + ".aws_iam_role.this"
	for _, test := range []struct{ name, file, code, want string }{
		{"nothing", "m-a.b/main.tf", `resource "aws_iam_role" "this" {}`, "inline policy p added, policy arn:a added"},
		{"a block", "m-a.b/main.tf", "resource \"aws_iam_role\" \"this\" {\n inline_policy {}\n}", "policy arn:a added"},
		{"a dynamic block", "m-a.b/main.tf", "resource \"aws_iam_role\" \"this\" {\n dynamic \"inline_policy\" {\n for_each = []\n content {}\n }\n}", "policy arn:a added"},
		{"an attribute", "m-a.b/main.tf", "resource \"aws_iam_role\" \"this\" {\n managed_policy_arns = var.arns\n}", "inline policy p added"},
		{"JSON", "m-a.b/main.tf.json", `{"resource":{"aws_iam_role":{"this":{"managed_policy_arns":["x"]}}}}`, "inline policy p added"},
		{"a dynamic block in JSON", "m-a.b/main.tf.json", `{"resource":{"aws_iam_role":{"this":{"dynamic":{"inline_policy":{"for_each":[]}}}}}}`, "policy arn:a added"},
		{"another resource", "m-a.b/main.tf", "resource \"aws_iam_role\" \"that\" {}", ""},
		{"another module", "m-a/main.tf", `resource "aws_iam_role" "this" {}`, ""},
		{"no resource", "m-a.b/main.tf", `data "aws_iam_role" "this" {}`, ""},
	} {
		files := fstest.MapFS{"tfconfig/" + test.file: {Data: []byte(test.code)}}
		if got := find(t, []string{owner}, files); strings.Join(got[address], ", ") != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// TestOthers holds that data sources and other types are not looked at, and
// that each instance is told apart.
func TestOthers(t *testing.T) {
	got := find(t, []string{
		strings.Replace(instance(role, `"name":"r","managed_policy_arns":["arn:a"]`), "managed", "data", 1),
		instance("aws_iam_user", `"name":"r","managed_policy_arns":7`),
		`{"mode":"managed","type":"aws_iam_role","name":"many","instances":[{"index_key":"a","attributes":{"name":"a","managed_policy_arns":["arn:a"]}},{"index_key":1,"attributes":{"name":"b","managed_policy_arns":["arn:b"]}},{"index_key":2,"attributes":{"name":"c"}}]}`,
	}, owners())
	want := map[string][]string{`aws_iam_role.many["a"]`: {"policy arn:a added"}, "aws_iam_role.many[1]": {"policy arn:b added"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestUnreadable holds that what is no state is an error, which names where it
// is wrong.
func TestUnreadable(t *testing.T) {
	for _, test := range []struct{ state, want string }{
		{`{`, "no state"},
		{`{"resources":[` + instance(role, `"name":7`) + `]}`, "aws_iam_role.this"},
		{`{"resources":[` + instance("aws_iam_role_policy", `"name":7`) + `]}`, "aws_iam_role_policy.this"},
	} {
		if _, err := foreign.Find([]byte(test.state), fstest.MapFS{}); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", test.state, err, test.want)
		}
	}
}

// instance is a managed resource of a state, called this.
func instance(kind, attributes string) string {
	return fmt.Sprintf(`{"mode":"managed","type":%q,"name":"this","instances":[{"attributes":{%s}}]}`, kind, attributes)
}

// owners is code of roles and a group that says nothing of what they hold.
func owners() fstest.MapFS {
	const code = `
resource "aws_iam_role" "this" {}
resource "aws_iam_role" "many" {}
resource "aws_security_group" "this" {}
`
	return fstest.MapFS{"tfconfig/m-/main.tf": {Data: []byte(code)}}
}

// find returns what is found in a state of resources, by address.
func find(t *testing.T, resources []string, files fstest.MapFS) map[string][]string {
	t.Helper()
	state := `{"version":4,"resources":[` + strings.Join(resources, ",") + `]}`
	if !json.Valid([]byte(state)) {
		t.Fatal(state)
	}
	changes, err := foreign.Find([]byte(state), files)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string][]string{}
	for _, c := range changes {
		if !c.Foreign || c.Expected || c.Action != "update" || slices.ContainsFunc(c.Attributes, func(a report.Attribute) bool { return a.String() != a.Path }) {
			t.Errorf("%+v", c)
		}
		for _, a := range c.Attributes {
			found[c.Address] = append(found[c.Address], a.String())
		}
	}
	return found
}
