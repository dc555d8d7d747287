package spec

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/hashicorp/hcl/v2"
)

// loaded is the Spec of a file that has no problems.
func loaded(t *testing.T, path string) *Spec {
	t.Helper()
	s, problems := Load(path)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return s
}

// parsed is the Spec of a text that has no errors.
func parsed(t *testing.T, src string) *Spec {
	t.Helper()
	s, problems := Parse(withBase([]byte(src)), "tfgen.hcl")
	if problems.HasErrors() {
		t.Fatal(problems)
	}
	return s
}

// The whole Spec of these files, defaults and all, is written down beside them.
func TestSpecsAreComplete(t *testing.T) {
	for _, name := range []string{"tutorial", "complete", "minimal"} {
		s := loaded(t, "testdata/"+name+".tfgen.hcl")
		got := withoutPlaces(t, s)
		want := "testdata/" + name + ".want.json"
		if os.Getenv("UPDATE_WANT") != "" {
			if err := os.WriteFile(want, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		wanted, err := os.ReadFile(want)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(wanted), string(got)); diff != "" {
			t.Errorf("%s: -want +got\n%s", name, diff)
		}
	}
}

// withoutPlaces is a Spec as JSON, but for where in the file each thing stands.
func withoutPlaces(t *testing.T, s *Spec) []byte {
	t.Helper()
	src, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	var tree any
	if err := json.Unmarshal(src, &tree); err != nil {
		t.Fatal(err)
	}
	dropRanges(tree)
	src, err = json.MarshalIndent(tree, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return append(src, '\n')
}

func dropRanges(tree any) {
	switch tree := tree.(type) {
	case map[string]any:
		delete(tree, "Range")
		for _, v := range tree {
			dropRanges(v)
		}
	case []any:
		for _, v := range tree {
			dropRanges(v)
		}
	}
}

// The complete spec must say everything, or the equality above says little.
func TestCompleteSpecIsComplete(t *testing.T) {
	src, err := os.ReadFile("testdata/complete.tfgen.hcl")
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := []string{"organization", "hostname", "vpc_id", "subnet_ids", "load_balancer_subnet_ids", "paths", "existing"}
	for _, b := range Reference() {
		for _, a := range b.Attributes {
			if !contains(elsewhere, a.Name) && !strings.Contains(string(src), "  "+a.Name+" ") {
				t.Errorf("%s.%s is not in the complete spec", b.Path, a.Name)
			}
		}
	}
}

func TestByteOrderMarkAndCRLF(t *testing.T) {
	src, err := os.ReadFile("testdata/complete.tfgen.hcl")
	if err != nil {
		t.Fatal(err)
	}
	plain, _ := Parse(src, "tfgen.hcl")
	windows, problems := Parse([]byte("\ufeff"+strings.ReplaceAll(string(src), "\n", "\r\n")), "tfgen.hcl")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if diff := cmp.Diff(plain, windows, cmpopts.IgnoreTypes(hcl.Range{})); diff != "" {
		t.Errorf("-plain +windows\n%s", diff)
	}
}

func TestGivenNetwork(t *testing.T) {
	s := parsed(t, `
network {
  vpc_id                   = "vpc-0a1b2c3d"
  subnet_ids               = ["subnet-0a1b2c3d"]
  load_balancer_subnet_ids = ["subnet-1a1b2c3d", "subnet-2a1b2c3d"]
}
`)
	want := Network{Kind: "given", VPCID: "vpc-0a1b2c3d", SubnetIDs: []string{"subnet-0a1b2c3d"}, LoadBalancerSubnetIDs: []string{"subnet-1a1b2c3d", "subnet-2a1b2c3d"}}
	if diff := cmp.Diff(want, s.Network, cmpopts.IgnoreTypes(hcl.Range{})); diff != "" {
		t.Error(diff)
	}
}

func TestDefaultsFollow(t *testing.T) {
	for _, c := range []struct {
		name, spec string
		got        func(*Spec) any
		want       any
	}{
		{"Spot where there is no Fargate", "cluster \"c\" {\n  capacity \"FARGATE_SPOT\" {}\n}\nservice \"a\" {\n  image { first = \"x\" }\n}",
			func(s *Spec) any { return s.Services[0].Strategy }, []Capacity{{Provider: "FARGATE_SPOT", Weight: 1}}},
		{"EC2 where there is nothing else", "cluster \"c\" {\n  capacity \"EC2\" { instance_type = \"m5.large\" }\n}\nservice \"a\" {\n  image { first = \"x\" }\n}",
			func(s *Spec) any { return s.Services[0].Strategy }, []Capacity{{Provider: "EC2", Weight: 1}}},
		{"no public address on EC2", "cluster \"c\" {\n  capacity \"EC2\" { instance_type = \"m5.large\" }\n}\nservice \"a\" {\n  image { first = \"x\" }\n}",
			func(s *Spec) any { return s.Services[0].PublicIP }, false},
		{"a public address in public subnets", "service \"a\" {\n  image { first = \"x\" }\n}",
			func(s *Spec) any { return s.Services[0].PublicIP }, true},
		{"none behind NAT", "network { cidr = \"10.0.0.0/16\" }\nservice \"a\" {\n  image { first = \"x\" }\n}",
			func(s *Spec) any { return s.Services[0].PublicIP }, false},
		{"one in a VPC without NAT", "network {\n  cidr = \"10.0.0.0/16\"\n  nat  = \"none\"\n}\nservice \"a\" {\n  image { first = \"x\" }\n}",
			func(s *Spec) any { return s.Services[0].PublicIP }, true},
		{"the project's name alone", "service \"shop\" {\n  build {}\n}",
			func(s *Spec) any {
				return []string{s.Services[0].ID, s.Services[0].Image.Repository, s.Services[0].Pipeline.Name}
			}, []string{"shop", "shop", "shop"}},
		{"the project's name before another", "service \"web\" {\n  build {}\n}",
			func(s *Spec) any {
				return []string{s.Services[0].ID, s.Services[0].Image.Repository, s.Services[0].Build.Project, s.Name(TaskRole, s.Services[0])}
			}, []string{"shop-web", "shop/web", "shop-web", "shop-web-task-eu-west-1"}},
		{"443 with a certificate", "service \"a\" {\n  port = 80\n  image { first = \"x\" }\n  load_balancer { certificate = \"arn:aws:acm:eu-west-1:111111111111:certificate/a\" }\n}",
			func(s *Spec) any { return s.LoadBalancers[0].ListenerPort }, 443},
		{"no nginx for what is no web server on 80", "service \"a\" {\n  port = 8080\n  build {}\n  load_balancer {}\n}",
			func(s *Spec) any { return s.Services[0].Image.First }, ""},
		{"no nginx for another check", "service \"a\" {\n  port = 80\n  build {}\n  load_balancer { health_check = \"/healthz\" }\n}",
			func(s *Spec) any { return s.Services[0].Image.First }, ""},
		{"builds on ARM for ARM", "service \"a\" {\n  architecture = \"ARM64\"\n  build {}\n}",
			func(s *Spec) any { return []string{s.Services[0].Build.Image, s.Services[0].Build.Type} },
			[]string{"aws/codebuild/amazonlinux-aarch64-standard:3.0", "ARM_CONTAINER"}},
		{"no immutable tags for latest", "service \"a\" {\n  build {}\n  image { tag = \"latest\" }\n}",
			func(s *Spec) any { return s.Services[0].Image.Immutable }, false},
		{"no deployment without a cluster", "# without cluster\nservice \"a\" {\n  build {}\n}",
			func(s *Spec) any { return s.Services[0].Pipeline.Deploy }, false},
		{"a production without a block", "service \"a\" {\n  build {}\n}",
			func(s *Spec) any { return s.Environment.Name }, "production"},
		{"the state where the project is", "state \"s3\" { bucket = \"shop-state\" }",
			func(s *Spec) any { return s.State.Region }, "eu-west-1"},
		{"short prefixes for long names", "project \"a-name-that-is-thirty-two-letters\" { region = \"eu-west-1\" }\nservice \"web\" {\n  build {}\n}",
			func(s *Spec) any { return s.Services[0].Pipeline.ArtifactPrefix }, "a-name-that-is-thirty-two-artifacts-"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, c.got(parsed(t, c.spec+"\n"))); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestRoots(t *testing.T) {
	for _, c := range []struct {
		name, spec string
		want       []Root
	}{
		{"both", "environment \"live\" {}", []Root{{"delivery", "infra/delivery"}, {"live", "infra/environments/live"}}},
		{"no cluster", "# without cluster", []Root{{"delivery", "infra/delivery"}}},
		{"no source", "# without source", []Root{{"production", "infra/environments/production"}}},
	} {
		if diff := cmp.Diff(c.want, Roots(parsed(t, c.spec+"\n"))); diff != "" {
			t.Errorf("%s: -want +got\n%s", c.name, diff)
		}
	}
}

func TestFormat(t *testing.T) {
	got := string(Format([]byte("service \"web\" {\nport=80\n  memory = 512\n}\n")))
	want := "service \"web\" {\n  port   = 80\n  memory = 512\n}\n"
	if got != want {
		t.Errorf("got %q", got)
	}
}
