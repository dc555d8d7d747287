package buildspec

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// Needs is what a buildspec asks of the build's role. Every list is sorted and
// names a thing once. What a script or a program does that the buildspec merely
// starts is not in it.
type Needs struct {
	Parameters []string     // names of parameters: ssm:GetParameters on each
	Secrets    []Secret     // secretsmanager:GetSecretValue on each; Key tells which part is used
	Calls      []Permission // what commands do to what they name

	ECRPublic    bool // ecr-public:GetAuthorizationToken and sts:GetServiceBearerToken
	LooksFirst   bool // ecr:DescribeImages, to look whether the service's image is there
	AsksWhatRuns bool // ecs:DescribeServices on the service, to mark what it runs
	Reports      bool // reports in groups that are called after the project

	Account string // whose registry it pushes to, where that is written out
}

// A Permission is an action on some resources, each an ARN without its
// "arn:PARTITION:", in which "account" stands for the build's own account; or "*"
// where AWS knows no resource.
type Permission struct {
	Action    string
	Resources []string
}

// Needs derives the permissions of f from its variables and its commands, for
// the service of w.
func (f *File) Needs(w Want) Needs {
	t := f.trace(w)
	n := Needs{
		LooksFirst:   slices.ContainsFunc(t.calls, func(c call) bool { return c.name() == "ecr describe-images" }),
		AsksWhatRuns: w.Mark != nil && slices.ContainsFunc(t.calls, func(c call) bool { return c.name() == "ecs describe-services" }),
		ECRPublic:    t.reachesECRPublic(),
	}
	n.Account = t.pushedAccount(w)
	for _, v := range f.Env.ParameterStore {
		if !strings.Contains(v.Value, "$") {
			n.Parameters = append(n.Parameters, parameterName(v.Value))
		}
	}
	for _, v := range f.Env.SecretsManager {
		if !strings.Contains(v.Name+v.ARN, "$") {
			n.Secrets = append(n.Secrets, v.Secret)
		}
	}
	n.Parameters = sorted(n.Parameters)
	n.Secrets = sortedSecrets(n.Secrets)
	for _, d := range t.demands(w) {
		n.Calls = append(n.Calls, d.allowed...)
	}
	for _, group := range f.Reports {
		n.report(group.Value)
	}
	n.Calls = Merged(n.Calls)
	return n
}

// pushedAccount is the account that the first push to ECR names by its number, or "".
func (t *trace) pushedAccount(w Want) string {
	for _, p := range t.pushes {
		m := ecrHost().FindStringSubmatch(t.image(w.filled(p.images[0])).host)
		if m != nil && m[1] != thisAccount {
			return m[1]
		}
	}
	return ""
}

func (t *trace) reachesECRPublic() bool {
	return slices.ContainsFunc(t.logins, func(l login) bool { return l.registry() == ecrPublic }) ||
		slices.ContainsFunc(t.calls, func(c call) bool { return c.name() == "ecr-public get-login-password" })
}

// report adds a report group. One with a plain name is made by the build, and
// called after the project.
// https://docs.aws.amazon.com/codebuild/latest/userguide/test-permissions.html
func (n *Needs) report(group string) {
	if !strings.HasPrefix(group, "arn:") {
		n.Reports = true
		return
	}
	resource, ok := target{}.of(group, "")
	if !ok {
		return
	}
	for _, action := range []string{"BatchPutCodeCoverages", "BatchPutTestCases", "CreateReport", "UpdateReport"} {
		n.Calls = append(n.Calls, Permission{"codebuild:" + action, []string{resource}})
	}
}

// Merged has each action once, with all of its resources, both sorted.
func Merged(permissions []Permission) []Permission {
	resources := map[string][]string{}
	for _, p := range permissions {
		resources[p.Action] = append(resources[p.Action], p.Resources...)
	}
	var out []Permission
	for _, action := range slices.Sorted(maps.Keys(resources)) {
		out = append(out, Permission{action, sorted(resources[action])})
	}
	return out
}

// parameterName leaves out the version or the label behind a parameter's name;
// permissions are given for the name.
func parameterName(value string) string {
	if strings.HasPrefix(value, "arn:") {
		return value
	}
	name, _, _ := strings.Cut(value, ":")
	return name
}

func sorted(names []string) []string {
	slices.Sort(names)
	return slices.Compact(names)
}

func sortedSecrets(secrets []Secret) []Secret {
	slices.SortFunc(secrets, func(a, b Secret) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ARN, b.ARN), cmp.Compare(a.Key, b.Key))
	})
	return slices.Compact(secrets)
}
