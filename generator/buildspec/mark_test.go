package buildspec

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// marks is what a build does about marks: where it looks, which tags it puts, and whether
// it pushes.
func marks(commands []string) (seen []string) {
	for _, command := range commands {
		fields := strings.Split(strings.TrimSuffix(command, "]"), "] [")
		value := func(option string) string {
			if i := slices.Index(fields, option); i >= 0 {
				return fields[i+1]
			}
			return ""
		}
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
		"its tag has a digest":         {map[string]string{"RUNNING": registry + "/shop/web:0ld0ld00@sha256:1234"}, append(one, "push"), false},
		"a warning comes along":        {map[string]string{"DEPLOYED": "Python 3.8 is old\\nCOMPLETED\\t" + task + "7"}, append(one, "push"), false},
		"nothing to push":              {map[string]string{"IMAGE": "present"}, nil, false},
		"no service":                   {map[string]string{"DEPLOYED": ""}, []string{services, "push"}, false},
		"no cluster":                   {map[string]string{"DEPLOYED": "ClusterNotFoundException"}, []string{services, "push"}, false},
		"image is not there":           {map[string]string{"STORED": ""}, append(one[:3:3], "push"), false},
		"images of others": {map[string]string{
			"RUNNING": "public.ecr.aws/nginx/nginx:1.28\\t" + registry + "/web:1\\t" + registry + "/shop/web-admin:1\\t999999999999" + registry[12:] + "/shop/web:1",
		}, append(one[:2:2], "push"), false},
		"a sidecar": {map[string]string{"RUNNING": "public.ecr.aws/nginx/nginx:1.28\\t" + registry + "/shop/web:0ld0ld00"}, append(one, "push"), false},
		"a rollout": {map[string]string{"DEPLOYED": "IN_PROGRESS\\t" + task + "8\\nCOMPLETED\\t" + task + "7"}, []string{
			services, "definition " + task + "8", get, strings.Replace(put, "live", "rollout", 1), "definition " + task + "7", get, put, "push",
		}, false},
		"service cannot be read":    {map[string]string{"DEPLOYED": "AccessDeniedException"}, one[:1], true},
		"definition cannot be read": {map[string]string{"RUNNING": "AccessDeniedException"}, one[:2], true},
		"image cannot be read":      {map[string]string{"STORED": "AccessDeniedException"}, one[:3], true},
		"mark is refused":           {map[string]string{"PUT": "LimitExceededException"}, one, true},
		"first of two is refused": {map[string]string{
			"DEPLOYED": "COMPLETED\\t" + task + "7\\nCOMPLETED\\t" + task + "8", "PUT": "ImageDigestDoesNotMatchException",
		}, one, true},
	} {
		env := map[string]string{
			"DEPLOYED": "COMPLETED\\t" + task + "7", "RUNNING": registry + "/shop/web:0ld0ld00",
			"STORED": "sha256:1234\\t" + `{"schemaVersion": 2, "a": "$(touch pwned)"}`,
		}
		maps.Copy(env, test.env)
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

// The lines that a finding names take it away when they are added, and mark
// what runs.
func TestLinesThatMark(t *testing.T) {
	const start = "version: 0.2\nphases:\n  pre_build:\n    commands:\n"
	const end = "  build:\n    commands:\n      - docker push \"${AWS_ACCOUNT_ID}.dkr.ecr.${AWS_REGION}.amazonaws.com/shop/web:${CODEBUILD_RESOLVED_SOURCE_VERSION}\"\n"
	w := Want{Container: "web", Registry: "ecr", Repository: "shop/web", Tag: "commit", Mark: &Mark{"shop", "shop-web"}, Privileged: true}
	lines := func(src string) (fix string) {
		file, _ := Read([]byte(src))
		for _, f := range file.Check(w) {
			if f.Kind == KeepUnmarked {
				_, fix, _ = strings.Cut(f.Fix, "\n")
			}
		}
		return fix
	}
	fix := lines(start + "      - true\n" + end)
	fixed := start + "      " + strings.ReplaceAll(fix, "\n", "\n      ") + "\n" + end
	if fix == "" || lines(fixed) != "" {
		t.Fatalf("with these lines it is found again:\n%s", fixed)
	}
	asked := []string{"services shop shop-web", "definition arn:7", "get shop/web imageTag=0ld", "put shop/web live-0ld  {}"}
	for name, test := range map[string]struct {
		env  map[string]string
		want []string
		fail bool
	}{
		"an image runs":      {nil, append(asked, "push"), false},
		"it is marked":       {map[string]string{"PUT": "ImageTagAlreadyExistsException", "IMAGE": "present"}, append(asked, "push"), false},
		"mark is refused":    {map[string]string{"PUT": "LimitExceededException"}, asked, true},
		"no service":         {map[string]string{"DEPLOYED": ""}, append(asked[:1:1], "push"), false},
		"image is elsewhere": {map[string]string{"STORED": ""}, append(asked[:3:3], "push"), false},
		"service is hidden":  {map[string]string{"DEPLOYED": "AccessDeniedException"}, asked[:1], true},
		"image is hidden":    {map[string]string{"STORED": "AccessDeniedException"}, asked[:3], true},
	} {
		t.Run(name, func(t *testing.T) {
			for _, way := range plays() {
				way.env = map[string]string{"DEPLOYED": "arn:7", "RUNNING": "host/shop/web:0ld", "STORED": "{}"}
				maps.Copy(way.env, test.env)
				got := way.run(t, []byte(fixed))
				if diff := cmp.Diff(test.want, marks(got.Commands)); diff != "" || got.Succeeded == test.fail {
					t.Errorf("succeeded: %v (-want +got):\n%s", got.Succeeded, diff)
				}
			}
		})
	}
}
