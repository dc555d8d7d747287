package buildspec

import (
	"math"
	"path"
	"slices"
	"strings"
)

// passwords finds logins that cannot work, that show the password, or that the
// service asks for and nobody makes.
func (c *checker) passwords() {
	for _, l := range c.logins {
		if slices.ContainsFunc(l.input, func(text string) bool { return known(text) && strings.TrimSpace(text) != "" }) {
			c.findings = append(c.findings, plainCredential(l.Place, "this login"))
		} else if l.password != "" {
			c.add(LoginCommand, Warning, l.Place, "Pipe it: printf '%s' \"${TOKEN}\" | docker login --username \"${NAME}\" --password-stdin",
				"A password on the command line shows in the list of processes and in traces.")
		}
	}
	for _, call := range c.calls {
		c.loginCall(call)
	}
	for _, login := range c.want.Logins {
		c.wantedLogin(login)
	}
}

func (c *checker) loginCall(l call) {
	region, given := l.options["--region"]
	switch {
	case l.name() == "ecr get-login" && !l.tried:
		c.add(LoginCommand, Error, l.Place, "aws ecr get-login-password --region \"${AWS_REGION}\" | docker login --username AWS --password-stdin REGISTRY",
			"aws ecr get-login is gone since version 2 of the AWS command line, which the build images have.")
	case l.name() == "ecr-public get-login-password" && (!given || known(region) && region != "us-east-1"):
		c.add(LoginCommand, Warning, l.Place, "Add --region us-east-1.", "ECR Public hands out logins in us-east-1 only, wherever the build runs.")
	}
}

// wantedLogin finds a login that the spec names and the buildspec does not make.
func (c *checker) wantedLogin(login string) {
	kinds := map[string]registry{"dockerhub": dockerHub, "ecr_public": ecrPublic}
	kind, ok := kinds[login]
	if ok && !c.loggedIn(kind, math.MaxInt) {
		c.missing(NoLogin, Warning, c.end(), "Log in before the build, or take "+login+" out of logins.",
			"The spec lists the login %s, and no command logs in to %s: its pulls count as anonymous.", login, kind)
	}
}

// loggedIn tells whether a login to a registry came before a step.
func (c *checker) loggedIn(kind registry, step int) bool {
	return c.helper || slices.ContainsFunc(c.logins, func(l login) bool { return l.registry() == kind && l.step < step })
}

// pushes looks at every push, and for the one that the service needs.
func (c *checker) pushes() {
	c.loginsBefore()
	for _, p := range c.trace.pushes {
		if c.serves(p) {
			c.tags(p)
		} else {
			c.elsewhere(p)
		}
	}
	c.afterFailure()
	c.moving()
	// A script that nobody reads here may push.
	if len(c.trace.pushes) == 0 && c.perhaps() == Error {
		c.missing(NoPush, Error, c.end(), "Add docker push to post_build.", "No command pushes an image to %s, so that there is nothing to run.", c.want.Repository)
	}
}

// loginsBefore finds the first push to each registry that nobody logged in for.
func (c *checker) loginsBefore() {
	var told []registry
	for _, p := range c.trace.pushes {
		kind := c.image(p.images[0]).registry
		if kind != ecr && kind != dockerHub || c.loggedIn(kind, p.step) && !c.otherHost(p) || slices.Contains(told, kind) {
			continue
		}
		told = append(told, kind)
		c.missing(NoLogin, c.perhaps(), p.Place, "Add to pre_build:\n"+loginLine(kind), "No docker login to %s comes before this push, which is then refused.", c.registryName(p))
	}
}

// registryName is where a push goes: the host too, where a login to another one
// of the kind comes before.
func (c *checker) registryName(p imageUse) string {
	img := c.image(p.images[0])
	if c.loggedIn(img.registry, p.step) {
		return img.host
	}
	return string(img.registry)
}

func loginLine(kind registry) string {
	if kind == dockerHub {
		return `- printf '%s' "${DOCKERHUB_TOKEN}" | docker login --username "${DOCKERHUB_USER}" --password-stdin`
	}
	return `- aws ecr get-login-password --region "${AWS_REGION}" | docker login --username AWS --password-stdin "${AWS_ACCOUNT_ID}.dkr.ecr.${AWS_REGION}.amazonaws.com"`
}

// serves tells whether a push may be the one to the service's repository: what
// is not known counts in its favour.
func (c *checker) serves(p imageUse) bool {
	return slices.ContainsFunc(p.images, func(reference string) bool {
		img := c.image(reference)
		if img.registry != hiddenRegistry && img.registry != c.wantedRegistry() {
			return false
		}
		return c.sameRepository(img)
	})
}

func (c *checker) wantedRegistry() registry {
	if c.want.Registry == "dockerhub" {
		return dockerHub
	}
	return ecr
}

// sameRepository compares names. In Docker Hub the account may be a variable, or
// left out of the spec.
func (c *checker) sameRepository(img image) bool {
	name := img.repository
	if name == c.want.Repository || img.registry == hiddenRegistry {
		return true
	}
	if img.registry != dockerHub {
		return !known(name)
	}
	account, base := path.Split(name)
	wantAccount, wantBase := path.Split(c.want.Repository)
	sameAccount := wantAccount == "" || !known(account) || account == wantAccount
	return sameAccount && (base == wantBase || !known(base))
}

// elsewhere finds a push to what is not the service's.
func (c *checker) elsewhere(p imageUse) {
	img := c.image(p.images[0])
	c.add(OtherRepository, Warning, p.Place, "Push to "+c.want.Repository+", or name this repository in the service's image block.",
		"This pushes to %q in %s, and the service runs images of %q in %s.", img.repository, img.registry, c.want.Repository, c.wantedRegistry())
}

// tags finds a tag that an immutable repository refuses. Where the build goes on
// after a push that failed, nothing comes of it.
func (c *checker) tags(p imageUse) {
	if !c.immutable() || p.forgiven {
		return
	}
	switch fixed := c.fixedTags(p); {
	case len(fixed) > 0:
		c.add(ImmutableTag, certainty(fixed, p), p.Place, "Tag with the commit:\n"+tagLine()+"\nor set immutable = false in the service's image block.",
			"The repository is immutable and takes the tag %s once: the next build's push is refused.", strings.Join(fixed, " or "))
	case c.ofTheCommit(p) && !c.looksBefore(p):
		c.add(ImmutableRetry, Warning, p.Place, "Look first, and build and push only if the image is not there:\n"+lookLines(c.want.Repository),
			"The repository is immutable: a second build of the same commit fails at this push.")
	}
}

func (c *checker) immutable() bool { return c.want.Immutable && c.wantedRegistry() == ecr }

// fixedTags are the tags of a push that are the same in each build.
func (c *checker) fixedTags(p imageUse) []string {
	var fixed []string
	for _, reference := range p.images {
		if tag := c.image(reference).tag; known(tag) {
			fixed = append(fixed, tag)
		}
	}
	return fixed
}

// ofTheCommit tells that a tag follows from the commit, and from nothing that
// only this build has.
func (c *checker) ofTheCommit(p imageUse) bool {
	return slices.ContainsFunc(p.images, func(reference string) bool {
		tag := c.image(reference).tag
		return strings.Contains(tag, commit) && !ofOneBuild(tag)
	})
}

// moving finds that images cannot be told apart: the service expects a tag for
// each commit, and all that is pushed to its repository, or what is deployed, has
// a fixed one.
func (c *checker) moving() {
	if c.immutable() || c.want.Tag != "commit" {
		return
	}
	var first *imageUse
	apart := false
	for _, p := range c.trace.pushes {
		if !c.serves(p) {
			continue
		}
		if fixed := c.fixedTags(p); len(fixed) == len(p.images) && first == nil {
			first = &p
		} else if len(fixed) < len(p.images) {
			apart = true
		}
	}
	if first != nil && (!apart || c.deploysFixed()) {
		c.add(MovingTag, Warning, first.Place, "Tag with the commit:\n"+tagLine(), "The service expects a tag for each commit, and this pushes %s every time.", strings.Join(c.fixedTags(*first), " or "))
	}
}

// deploysFixed tells that the deploy stage gets an image with a fixed tag.
func (c *checker) deploysFixed() bool {
	for _, w := range c.writes {
		for _, text := range w.content {
			entries, _ := imageList(text)
			if path.Base(w.path) == definitions && slices.ContainsFunc(entries, func(e entry) bool { return known(c.image(e.ImageURI).tag) }) {
				return true
			}
		}
	}
	return false
}

// looksBefore tells whether a command asks for the image before it is pushed. To
// pull that very image is to ask for it too.
func (c *checker) looksBefore(p imageUse) bool {
	if c.looked > 0 && c.looked < p.step {
		return true
	}
	return slices.ContainsFunc(c.pulls, func(pull imageUse) bool {
		return pull.step < p.step && slices.Contains(p.images, pull.images[0])
	})
}

// certainty is an error only if every tag that a push may have is a fixed one,
// none is a version that a person may raise with each commit, and the push
// happens in each build.
func certainty(fixed []string, p imageUse) Severity {
	version := slices.ContainsFunc(fixed, func(tag string) bool { return strings.ContainsAny(tag, "0123456789") })
	if len(fixed) < len(p.images) || version || p.maybe {
		return Warning
	}
	return Error
}

func tagLine() string {
	return `- IMAGE_TAG="$(printf '%s' "${CODEBUILD_RESOLVED_SOURCE_VERSION}" | cut -c1-8)"`
}

// lookLines ask for an image, and let no other failure pass for its absence.
func lookLines(repository string) string {
	return `- |
  if ANSWER="$(aws ecr describe-images --repository-name ` + repository + ` --image-ids "imageTag=${IMAGE_TAG}" 2>&1)"; then
    IMAGE_EXISTS=yes
  else
    case "${ANSWER}" in
      *'(ImageNotFoundException)'*) IMAGE_EXISTS=no ;;
      *) printf '%s\n' "${ANSWER}" >&2; false ;;
    esac
  fi
- if [ "${IMAGE_EXISTS}" = no ]; then docker push …; fi`
}
