package buildspec

import (
	"regexp"
	"slices"

	"mvdan.cc/sh/v3/syntax"
)

// A clone is a git command that names a repository of CodeCommit.
type clone struct {
	event
	verb               string
	repository, region string
}

// git follows a git command as far as CodeCommit goes: by its own address, or by
// that of git-remote-codecommit.
// https://docs.aws.amazon.com/codecommit/latest/userguide/auth-and-access-control-permissions-reference.html
func (t *tracer) git(pos syntax.Pos, args []string) {
	address := regexp.MustCompile(`^https://git-codecommit(?:-fips)?\.([^./]+)\.amazonaws\.com(?:\.cn)?/v1/repos/([^/]+?)/?$`)
	helper := regexp.MustCompile(`^codecommit:(?::([^:/]+):)?//(?:[^@/]+@)?([^/]+)$`)
	for _, arg := range args[min(1, len(args)):] {
		for _, form := range []*regexp.Regexp{address, helper} {
			if m := form.FindStringSubmatch(arg); m != nil {
				t.clones = append(t.clones, clone{t.event(pos), args[0], m[2], m[1]})
			}
		}
	}
}

func (g clone) demand(w Want) demand {
	d := demand{Place: g.Place, command: "git " + g.verb}
	actions := []string{"codecommit:GitPull"}
	if slices.Contains([]string{"push", "remote"}, g.verb) {
		actions = append(actions, "codecommit:GitPush")
	}
	region := w.filled(g.region)
	if region == "" {
		region = w.Region
	}
	resource := "codecommit:" + region + ":account:" + g.repository
	for _, action := range actions {
		if plainResource(resource) && region != "" {
			d.allowed = append(d.allowed, Permission{action, []string{resource}})
		} else {
			d.open = append(d.open, action)
		}
	}
	return d
}
