package buildspec

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What TestMarks sees of a build: where it looks, which tags it puts, and whether
// it pushes.
func marks(commands []string) (seen []string) {
	for _, command := range commands {
		fields := strings.Split(strings.TrimSuffix(command, "]"), "] [")
		value := func(option string) string { return fields[slices.Index(fields, option)+1] }
		switch {
		case strings.HasPrefix(command, "aws [ecs] [describe-services]"):
			seen = append(seen, "services "+value("--cluster")+" "+value("--services"))
		case strings.HasPrefix(command, "aws [ecs] [describe-task-definition]"):
			seen = append(seen, "definition "+value("--task-definition"))
		case strings.HasPrefix(command, "aws [ecr] [batch-get-image]"):
			seen = append(seen, "get "+value("--repository-name")+" "+value("--image-ids"))
		case strings.HasPrefix(command, "aws [ecr] [put-image]"):
			seen = append(seen, "put "+value("--repository-name")+" "+value("--image-tag")+" "+value("--image-digest")+" "+value("--image-manifest"))
		case strings.HasPrefix(command, "docker [push]"):
			seen = append(seen, "push")
		}
	}
	return seen
}

// What runs has its mark before anything is pushed that could overtake it, and
// where that is in doubt nothing is pushed.
func TestMarks(t *testing.T) {
	const (
		registry = "012345678901.dkr.ecr.ap-south-1.amazonaws.com"
		task     = "arn:aws:ecs:ap-south-1:012345678901:task-definition/web:"
		services = "services shop shop-web"
		get      = "get shop/web imageTag=0ld0ld00"
		put      = `put shop/web live-0ld0ld00 sha256:1234 {"schemaVersion": 2, "a": "$(touch pwned)"}`
	)
	one := []string{services, "definition " + task + "7", get, put}
	for name, test := range map[string]struct {
		env  map[string]string // beside a service that runs one image of the repository
		want []string
		fail bool
	}{
		"an image runs":                {nil, append(one, "push"), false},
		"it is marked":                 {map[string]string{"PUT": "ImageAlreadyExistsException"}, append(one, "push"), false},
		"it is marked, and no tag may": {map[string]string{"PUT": "ImageTagAlreadyExistsException"}, append(one, "push"), false},
		"its tag has a digest":         {map[string]string{"IMAGES": registry + "/shop/web:0ld0ld00@sha256:1234"}, append(one, "push"), false},
		"a warning comes along":        {map[string]string{"DEPLOYMENTS": "Python 3.8 is old\\nCOMPLETED\\t" + task + "7"}, append(one, "push"), false},
		"nothing to push":              {map[string]string{"IMAGE": "present"}, nil, false},
		"no service":                   {map[string]string{"DEPLOYMENTS": ""}, []string{services, "push"}, false},
		"no cluster":                   {map[string]string{"DEPLOYMENTS": "ClusterNotFoundException"}, []string{services, "push"}, false},
		"image is not there":           {map[string]string{"MANIFEST": ""}, append(one[:3:3], "push"), false},
		"images of others": {map[string]string{
			"IMAGES": "public.ecr.aws/nginx/nginx:1.28\\t" + registry + "/web:1\\t" + registry + "/shop/web-admin:1\\t999999999999" + registry[12:] + "/shop/web:1",
		}, append(one[:2:2], "push"), false},
		"a sidecar": {map[string]string{"IMAGES": "public.ecr.aws/nginx/nginx:1.28\\t" + registry + "/shop/web:0ld0ld00"}, append(one, "push"), false},
		"a rollout": {map[string]string{"DEPLOYMENTS": "IN_PROGRESS\\t" + task + "8\\nCOMPLETED\\t" + task + "7"}, []string{
			services, "definition " + task + "8", get, strings.Replace(put, "live", "rollout", 1), "definition " + task + "7", get, put, "push",
		}, false},
		"service cannot be read":    {map[string]string{"DEPLOYMENTS": "AccessDeniedException"}, one[:1], true},
		"definition cannot be read": {map[string]string{"IMAGES": "AccessDeniedException"}, one[:2], true},
		"image cannot be read":      {map[string]string{"MANIFEST": "AccessDeniedException"}, one[:3], true},
		"mark is refused":           {map[string]string{"PUT": "LimitExceededException"}, one, true},
		"first of two is refused": {map[string]string{
			"DEPLOYMENTS": "COMPLETED\\t" + task + "7\\nCOMPLETED\\t" + task + "8", "PUT": "ImageDigestDoesNotMatchException",
		}, one, true},
	} {
		env := map[string]string{
			"DEPLOYMENTS": "COMPLETED\\t" + task + "7", "IMAGES": registry + "/shop/web:0ld0ld00",
			"MANIFEST": "sha256:1234\\t" + `{"schemaVersion": 2, "a": "$(touch pwned)"}`,
		}
		for key, value := range test.env {
			env[key] = value
		}
		t.Run(name, func(t *testing.T) {
			everyPlay(t, rendered()["kept.yml"], env, func(t *testing.T, got outcome) {
				if diff := cmp.Diff(test.want, marks(got.Commands)); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
				if got.Succeeded == test.fail {
					t.Errorf("succeeded: %v", got.Succeeded)
				}
			})
		})
	}
}

// A repository whose tags move is not asked for the image first.
func TestMarksWithoutLooking(t *testing.T) {
	everyPlay(t, rendered()["kept-mutable.yml"], nil, func(t *testing.T, got outcome) {
		if diff := cmp.Diff([]string{"services shop web", "push"}, marks(got.Commands)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}
