package buildspec

import (
	"cmp"
	"slices"
	"strings"
)

// Needs is what a buildspec asks of the build's role. Every list is sorted and
// names a thing once. What a script or a program does that the buildspec merely
// starts is not in it.
type Needs struct {
	Parameters []string // names of parameters: ssm:GetParameters on each
	Secrets    []Secret // secretsmanager:GetSecretValue on each; Key tells which part is used
	PushesECR  []string // repositories of this account's ECR, or Unknown
	PullsECR   []string // likewise

	ECRLogin       bool // ecr:GetAuthorizationToken
	ECRPublic      bool // ecr-public:GetAuthorizationToken and sts:GetServiceBearerToken
	DescribeImages bool // ecr:DescribeImages, to look whether an image is there
	DockerHubLogin bool // no permission, but a user and a token

	OtherCalls []Call // by service and command
}

// A Call is a run of the AWS command line that needs a permission of its own.
type Call struct {
	Service string   // as the command line spells it, such as "s3"
	Command string   // such as "cp"
	Actions []string // IAM's names, none where the command does not tell
	Line    int      // of its first run
}

// Needs derives the permissions of f from its variables and its commands.
func (f *File) Needs() Needs {
	t := f.trace(Want{})
	n := Needs{PushesECR: t.repositories(t.pushes), PullsECR: t.repositories(t.pulls)}
	for _, v := range f.Env.ParameterStore {
		n.Parameters = append(n.Parameters, parameterName(v.Value))
	}
	for _, v := range f.Env.SecretsManager {
		n.Secrets = append(n.Secrets, v.Secret)
	}
	n.Parameters = sorted(n.Parameters)
	n.Secrets = sortedSecrets(n.Secrets)
	n.DockerHubLogin = slices.ContainsFunc(t.logins, func(l login) bool { return l.registry() == dockerHub })
	n.ECRPublic = slices.ContainsFunc(t.logins, func(l login) bool { return l.registry() == ecrPublic })
	for _, c := range t.calls {
		n.call(c)
	}
	return n
}

// call files a run of the AWS command line under what it needs.
func (n *Needs) call(c call) {
	switch c.service + " " + c.command {
	case "ecr get-login-password", "ecr get-login":
		n.ECRLogin = true
	case "ecr-public get-login-password":
		n.ECRPublic = true
	case "ecr describe-images":
		n.DescribeImages = true
	case "sts get-caller-identity", "configure set", "configure get": // Need no permission.
	default:
		n.other(Call{c.service, c.command, actions(c), c.Line})
	}
}

// other keeps OtherCalls sorted, with one entry for what needs the same.
func (n *Needs) other(c Call) {
	order := func(a, b Call) int {
		return cmp.Or(cmp.Compare(a.Service, b.Service), cmp.Compare(a.Command, b.Command), slices.Compare(a.Actions, b.Actions))
	}
	if i, found := slices.BinarySearchFunc(n.OtherCalls, c, order); !found {
		n.OtherCalls = slices.Insert(n.OtherCalls, i, c)
	}
}

// repositories are those of ECR among some images.
func (t *trace) repositories(uses []imageUse) []string {
	var names []string
	for _, u := range uses {
		for _, reference := range u.images {
			img := t.image(reference)
			if img.registry == ecr || img.registry == hiddenRegistry && !known(reference) {
				names = append(names, img.name())
			}
		}
	}
	return sorted(names)
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
