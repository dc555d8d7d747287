package buildspec

import (
	"slices"
	"strings"
)

// A demand is what one command asks of the build's role, beside what each build
// may do anyway.
type demand struct {
	Place
	command string       // such as "aws s3 cp"
	allowed []Permission // on what is known here
	open    []string     // actions on what nobody knows here; none where even they are not known
	service string       // of ECS that it names, "" for none
	unknown bool         // nobody knows all of what it does
}

// demands are those of all commands, in their order.
func (t *trace) demands(w Want) []demand {
	var out []demand
	for _, c := range t.calls {
		if !c.foreign {
			out = append(out, c.demand(w))
		}
	}
	for _, p := range t.pulls {
		out = append(out, t.pullDemand(w, "docker pull", p))
	}
	for _, p := range t.started {
		out = append(out, t.pullDemand(w, "docker run", p))
	}
	for _, g := range t.clones {
		out = append(out, g.demand(w))
	}
	return slices.DeleteFunc(out, func(d demand) bool { return len(d.allowed) == 0 && len(d.open) == 0 && !d.unknown })
}

// demand is what a call of the AWS command line asks for.
func (c call) demand(w Want) demand {
	d := demand{Place: c.Place, command: "aws " + c.name(), service: w.filled(c.options["--service"])}
	t, plain := targets()[c.name()]
	switch {
	case slices.Contains(free(), c.name()), c.service == "configure":
	case c.name() == "ecr get-login-password", c.name() == "ecr get-login":
		d.allowed = w.login()
	case c.name() == "ecr-public get-login-password": // Needs.ECRPublic
	case c.service == "s3":
		d.allowed, d.open = c.s3()
		d.unknown = len(d.allowed) == 0 && len(d.open) == 0
	case c.service == "s3api" && c.has("--key"):
		d.allowed, d.open = c.s3Object()
	case slices.Contains([]string{"ecs describe-services", "ecs wait services-stable"}, c.name()):
		d.allowed, d.open = c.watched(w)
	case c.name() == "ecs update-service" && !w.own(d.service):
		d.allowed, d.open = c.onService(w, "--service", "ecs:UpdateService")
	case c.name() == "ecs describe-task-definition":
		d.allowed = w.anyRevision()
	case c.service == "codeartifact" && c.has("--domain"):
		d.allowed, d.open = c.codeArtifact(w)
	case plain:
		d.allowed, d.open = c.plain(t, w)
	default:
		d.open = actions(c)
		d.unknown = len(d.open) == 0
	}
	return d
}

// free are commands that need no permission, or only one that nobody can lack.
func free() []string {
	return []string{"sts get-caller-identity", "sts assume-role-with-web-identity", "s3 website", "eks get-token", "cloudformation validate-template"}
}

// plain is what a call does to what one option names.
func (c call) plain(t target, w Want) (allowed []Permission, open []string) {
	done := t.actions
	if done == nil {
		done = actions(c)
	}
	resources, ok := c.resources(t, w)
	switch {
	case !ok && w.serves(c), ok && w.covered(c.service, done, resources):
		return nil, nil
	case !ok:
		return nil, done
	}
	for _, action := range done {
		allowed = append(allowed, Permission{action, resources})
	}
	return allowed, nil
}

// serves tells that a call on a repository that nobody knows here counts as one
// on the service's, where it is one that builds make before a push.
func (w Want) serves(c call) bool {
	return w.Registry == "ecr" && slices.Contains([]string{"ecr batch-get-image", "ecr describe-images", "ecr put-image"}, c.name())
}

// watched is the permission to look at services. A build that marks what its own
// service runs has it.
func (c call) watched(w Want) (allowed []Permission, open []string) {
	if w.Mark != nil {
		return nil, nil
	}
	return c.onService(w, "--services", "ecs:DescribeServices")
}

// onService is an action on the services that an option names.
func (c call) onService(w Want, option, action string) (allowed []Permission, open []string) {
	t := target{option, "ecs:REGION:account:service/" + c.options["--cluster"] + "/NAME", nil}
	if resources, ok := c.resources(t, w); ok && c.has("--cluster") {
		return []Permission{{action, resources}}, nil
	}
	return nil, []string{action}
}

// anyRevision is the permission to read task definitions, for which AWS knows no
// resource.
func (w Want) anyRevision() []Permission {
	if w.Mark != nil {
		return nil
	}
	return []Permission{{"ecs:DescribeTaskDefinition", []string{"*"}}}
}

// login is the permission to log in to ECR, which a build that pushes there has.
func (w Want) login() []Permission {
	if w.Registry == "ecr" {
		return nil
	}
	return []Permission{{"ecr:GetAuthorizationToken", []string{"*"}}}
}

// s3Object is what an aws s3api command does to one object.
func (c call) s3Object() (allowed []Permission, open []string) {
	for _, action := range actions(c) {
		if resource, ok := c.s3Resource(action, c.options["--bucket"]+"/"+c.options["--key"]); ok {
			allowed = append(allowed, Permission{action, []string{resource}})
		} else {
			open = append(open, action)
		}
	}
	return allowed, open
}

// codeArtifact is what a login to a repository of packages needs, and what the
// package manager does with it.
// https://docs.aws.amazon.com/codeartifact/latest/ug/tokens-authentication.html
func (c call) codeArtifact(w Want) (allowed []Permission, open []string) {
	domain, repository, owner := w.filled(c.options["--domain"]), w.filled(c.options["--repository"]), w.filled(c.options["--domain-owner"])
	if owner == "" {
		owner = thisAccount
	}
	place := "codeartifact:" + c.region(w) + ":" + owner
	wants := []Permission{{"codeartifact:GetAuthorizationToken", []string{place + ":domain/" + domain}}}
	if c.command != "get-authorization-token" {
		on := []string{place + ":repository/" + domain + "/" + repository}
		wants = append(wants, Permission{"codeartifact:GetRepositoryEndpoint", on}, Permission{"codeartifact:ReadFromRepository", on})
	}
	for _, p := range wants {
		if plainResource(p.Resources[0]) && !strings.Contains(p.Resources[0], "::") && !strings.HasSuffix(p.Resources[0], "/") {
			allowed = append(allowed, p)
		} else {
			open = append(open, p.Action)
		}
	}
	return allowed, append(open, "sts:GetServiceBearerToken")
}

// pullDemand is what a pull from ECR needs, unless it is from the service's own
// repository.
func (t *trace) pullDemand(w Want, command string, p imageUse) demand {
	d := demand{Place: p.Place, command: command}
	for _, reference := range p.images {
		img := t.image(w.filled(reference))
		if img.registry != ecr {
			continue
		}
		resource, ok := img.resource(w)
		switch {
		case !ok && t.pushesTo(img):
		case !ok:
			d.open = pullActions()
		case !w.covered("ecr", pullActions(), []string{resource}):
			for _, action := range pullActions() {
				d.allowed = append(d.allowed, Permission{action, []string{resource}})
			}
		}
	}
	return d
}

// pushesTo tells that a repository whose address nobody knows here is pushed to
// as well, so that it is the service's.
func (t *trace) pushesTo(img image) bool {
	return slices.ContainsFunc(t.pushes, func(p imageUse) bool {
		pushed := t.image(p.images[0])
		return pushed.host == img.host && pushed.repository == img.repository
	})
}
