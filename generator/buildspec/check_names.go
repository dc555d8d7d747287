package buildspec

import (
	"slices"
	"strings"
)

// names finds parameters and secrets whose names hold a variable: no permission
// can be derived from one, and AWS does not say that CodeBuild fills it in.
// https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html#build-spec.env.parameter-store
func (c *checker) names() {
	const fix = "Write the name out, or set the variable by ssm() or secret() in the environment of the service's build block."
	for _, v := range c.file.Env.ParameterStore {
		if strings.Contains(v.Value, "$") {
			c.add(NameVariable, Warning, v.Place, fix, "The parameter of %s is named by a variable: the build's role gets no permission for it, and AWS does not say that CodeBuild fills it in.", v.Name)
		}
	}
	for _, v := range c.file.Env.SecretsManager {
		if strings.Contains(v.Name+v.ARN, "$") {
			c.add(NameVariable, Warning, v.Place, fix, "The secret of %s is named by a variable: the build's role gets no permission for it, and AWS does not say that CodeBuild fills it in.", v.Variable)
		}
	}
}

// registries finds a registry of ECR in another region or account than the
// service's, and an account that only the buildspec knows.
func (c *checker) registries() {
	for _, p := range c.trace.pushes {
		m := ecrHost().FindStringSubmatch(c.image(c.want.filled(p.images[0])).host)
		if m == nil || c.want.Registry != "ecr" {
			continue
		}
		account, region := m[1], m[2]
		switch {
		case c.want.Region != "" && region != c.want.Region:
			c.add(OtherPlace, Warning, p.Place, "Name the registry by ${AWS_REGION}, or set project.region.",
				"This pushes to ECR in %s, and the service's repository and the role's permission are in %s.", region, c.want.Region)
			return
		case account == thisAccount || account == c.want.Account:
		case c.want.Account == "":
			c.add(AccountUnsaid, Warning, p.Place, "Set account = \""+account+"\" in the project block, or name the registry by ${AWS_ACCOUNT_ID}.",
				"The registry is that of account %s, and the spec does not say that the project is in it: in any other the push is refused.", account)
			return
		default:
			c.add(OtherPlace, Warning, p.Place, "Name the registry by ${AWS_ACCOUNT_ID}, or set project.account.",
				"This pushes to ECR in account %s, and the service's repository and the role's permission are in %s.", account, c.want.Account)
			return
		}
	}
}

// otherHost finds a push to a registry of ECR, where each login is to another.
func (c *checker) otherHost(p imageUse) bool {
	to := ecrHost().FindStringSubmatch(c.image(c.want.filled(p.images[0])).host)
	if to == nil || c.helper {
		return false
	}
	return !slices.ContainsFunc(c.logins, func(l login) bool {
		server, _, _ := strings.Cut(strings.TrimPrefix(c.want.filled(l.server), "https://"), "/")
		at := ecrHost().FindStringSubmatch(server)
		return l.registry() == ecr && l.step < p.step && (at == nil || slices.Equal(at[1:], to[1:]))
	})
}
