package generator

import (
	"os"
	"slices"
	"testing"

	"tfgen/generator/buildspec"
	"tfgen/generator/spec"
)

// TestMarks asks which builds may ask ECS what runs: those that mark it, and
// nobody else's.
func TestMarks(t *testing.T) {
	const asks = "version: 0.2\nphases:\n  build:\n    commands:\n      - aws ecs describe-services --cluster shop --services web\n"
	const asksNot = "version: 0.2\nphases:\n  build:\n    commands:\n      - docker push web\n"
	for name, test := range map[string]struct {
		keep    int
		deploy  bool
		tag     string
		written string
		want    bool
	}{
		"old images go":                     {10, true, "commit", "", true},
		"all images stay":                   {0, true, "commit", "", false},
		"nothing is deployed":               {10, false, "commit", "", false},
		"images lose their tags and stay":   {10, true, "latest", "", false},
		"a person's buildspec asks":         {10, true, "commit", asks, true},
		"a person's buildspec does not":     {10, true, "commit", asksNot, false},
		"a person's buildspec need not ask": {0, true, "commit", asks, false},
	} {
		s := &spec.Service{
			Image:    spec.Image{Registry: "ecr", Keep: test.keep, Tag: test.tag},
			Build:    &spec.Build{},
			Pipeline: &spec.Pipeline{Deploy: test.deploy},
		}
		if test.written != "" {
			file, _ := buildspec.Read([]byte(test.written))
			s.Build.Needs = new(file.Needs(buildspec.Want{Mark: &buildspec.Mark{Cluster: "shop", Service: "web"}}))
		}
		if got := marks(s); got != test.want {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}

// TestBasePulls asks what a build may pull that its Dockerfile begins with: what
// is in ECR, where the build logs in, and not in the service's own repository.
func TestBasePulls(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	const host = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/"
	for name, text := range map[string]string{
		"tfgen.hcl": `project "web" {
  region  = "eu-west-1"
  account = "111122223333"
}
source "codecommit" { repository = "web" }
service "web" {
  build {}
}
`,
		"Dockerfile": "ARG BASE=" + host + "team/base:1\nFROM $BASE\nFROM " + host + "web\nFROM node:22\nFROM 444455556666.dkr.ecr.eu-west-1.amazonaws.com/base\n",
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s, problems := spec.Load("tfgen.hcl")
	if s == nil {
		t.Fatal(problems)
	}
	var got []string
	for _, call := range buildNeeds(s.Services[0]).calls {
		got = append(got, append([]string{call.Action}, call.Resources...)...)
	}
	const resource = "ecr:eu-west-1:account:repository/team/base"
	if want := []string{"ecr:BatchGetImage", resource, "ecr:GetDownloadUrlForLayer", resource}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
