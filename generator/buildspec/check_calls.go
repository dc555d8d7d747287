package buildspec

import (
	"regexp"
	"slices"
	"strings"
)

// permissions finds what commands ask for and nobody can derive, and does not
// repeat it for a command that stands there twice.
func (c *checker) permissions() {
	seen := map[string]bool{}
	for _, d := range c.demands(c.want) {
		missing := slices.DeleteFunc(sorted(slices.Clone(d.open)), c.want.allows)
		key := d.command + strings.Join(missing, " ")
		if d.command == "aws ecs update-service" && c.want.Deploy && c.want.own(d.service) {
			c.deploysTwice(d, missing)
		} else if !seen[key] && (len(missing) > 0 || d.unknown && len(c.want.Allowed) == 0) {
			c.notAllowed(d, missing)
		}
		seen[key] = true
	}
	c.gitHelper()
}

func (c *checker) notAllowed(d demand, missing []string) {
	if len(missing) == 0 {
		c.add(NotAllowed, Warning, d.Place, allowFix,
			"What %s may need does not follow from the command, and the build's role has no permission for it.", d.command)
		return
	}
	c.add(NotAllowed, Warning, d.Place, allowFix,
		"%s needs %s, which the build's role does not have: the buildspec does not tell on which resource.", d.command, strings.Join(missing, ", "))
}

const allowFix = "Allow that in a policy, a JSON file or an ARN, and name it in the service's build block:\npolicy = \"policies/build.json\""

// own reports whether a name may be that of the service: an ARN's last part
// counts, and what holds a variable that nobody knows here may be any.
func (w Want) own(service string) bool {
	name := service[strings.LastIndex(service, "/")+1:]
	return w.Service == "" || name == w.Service || !plainResource(name)
}

// deploysTwice finds a command that does the deploy stage's work.
func (c *checker) deploysTwice(d demand, missing []string) {
	message := "This deploys to ECS, and so does the pipeline after the build: each commit would be deployed twice."
	if len(missing) > 0 {
		message += " The build's role does not have ecs:UpdateService, so that the build fails here."
	}
	c.add(DeploysTwice, Warning, d.Place, "Remove the command. Or set deploy = false in the service's pipeline block, and allow ecs:UpdateService by policy in its build block.", "%s", message)
}

// gitHelper finds git's login as the build's role where no command shows to
// which repository.
func (c *checker) gitHelper() {
	h := c.file.Env.GitHelper
	if (h.Value == "yes" || h.Value == "true") && len(c.clones) == 0 && !c.want.allows("codecommit:GitPull") {
		c.add(NotAllowed, Warning, h.Place, allowFix,
			"git logs in to CodeCommit as the build's role, no command shows a repository, and the role may read none.")
	}
}

// allows tells whether the policy that the spec names allows an action.
func (w Want) allows(action string) bool {
	return slices.ContainsFunc(w.Allowed, func(pattern string) bool {
		expression := strings.NewReplacer(`\*`, ".*", `\?`, ".").Replace(regexp.QuoteMeta(pattern))
		return regexp.MustCompile("(?i)^" + expression + "$").MatchString(action)
	})
}
