package generator

import (
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
