package spec

import "strings"

// image checks where a service's images are kept.
func (c *checker) image(s service) {
	n := s.node.child("image")
	c.firstImage(s, n)
	c.credentials(s)
	if s.Build == nil {
		c.unusedImage(s, n)
		return
	}
	if n.has("tag") && s.Image.Tag == "latest" {
		c.latest(n)
	}
	if s.Image.Registry == "dockerhub" {
		c.dockerHub(s, n)
		return
	}
	if !s.Image.Create {
		c.givenRegistry(n)
	}
	if s.Image.Keep == 1 {
		c.add(outOfRange, n.at("keep"), "keep is 0, for all, or a number from 2, not 1: the image that runs and the next one are both needed while the one replaces the other.")
	}
	c.follows(s, n, ecrRule(), "repository", s.Image.Repository)
	c.repositoryParts(ecrRule(), s, n)
}

// firstImage checks what runs before, or instead of, a build.
func (c *checker) firstImage(s service, n *node) {
	if n.has("first") && !imageShaped(n.text("first")) {
		c.add(badImage, n.at("first"), "%s is not the name of an image. Write it as docker pull takes it: public.ecr.aws/docker/library/nginx:1.28.", quoteShort(n.text("first")))
	}
	if c.Cluster == nil || s.Image.First != "" || !n.sound("first") || !s.node.sound("image", "build", "pipeline") {
		return
	}
	switch {
	case s.Build == nil:
		c.add(nothingToRun, s.node.header, "%s has no build, so it needs image { first = \"…\" }, the image that it runs; or a build block.", called(s.node))
	case s.Pipeline != nil && !s.Pipeline.Deploy && s.Image.Tag == "commit":
		c.add(nothingToRun, s.node.child("pipeline").at("deploy"), "Nothing deploys what is built, so the service would never run. Set image { first = \"…\" } to the image that it runs meanwhile, or let the pipeline deploy.")
	}
}

// credentials checks the secret that tasks pull with. It goes along with each
// revision, whichever image that runs. ECS reads two keys of it, and registers no
// revision that brings it to a private ECR repository.
//
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/private-auth.html and
// https://github.com/aws-actions/amazon-ecs-deploy-task-definition/issues/48
func (c *checker) credentials(s service) {
	v := s.Image.Credentials
	if v == nil {
		return
	}
	c.reference(*v)
	if v.Key+v.Stage+v.Version != "" {
		c.add(badSecretName, v.Range, "ECS takes the user and the password from the keys username and password of the secret's JSON. Write the secret alone, without a key, a stage or a version.")
		return
	}
	if !v.ByARN() {
		c.hasKey(*v, "username")
		c.hasKey(*v, "password")
	}
	registry := Registry(s.Image.First)
	switch _, first := ECRImage(s.Image.First); {
	case s.Build != nil && s.Image.Registry == "ecr":
		c.add(wrongCredentials, v.Range, "The built images are in ECR, where the role logs in, and ECS refuses credentials there. Take the line out; for image.first choose an image that is public, or in ECR.")
	case first:
		c.add(wrongCredentials, v.Range, "The first image is in ECR, where the role logs in, and ECS refuses credentials there. Take the line out.")
	case s.Build != nil && s.Image.First != "" && registry != dockerHubHost:
		c.add(wrongCredentials, v.Range, "The first image is in %s and the built ones are on Docker Hub, and one secret cannot log in to both. Take first out, or choose an image on Docker Hub.", registry)
	}
}

// imageShaped reports whether a text may be the name of an image.
func imageShaped(image string) bool {
	name, _, _ := strings.Cut(image, "@sha256:")
	return len(image) <= 255 && name != "" && !strings.Contains(name, "//") && strings.IndexFunc(name, func(r rune) bool {
		return !isLetter(r) && !isDigit(r) && !strings.ContainsRune("._-/:", r)
	}) < 0 && (isLetter(rune(name[0])) || isDigit(rune(name[0])))
}

// unusedImage reports what says how a built image is kept, where none is built.
func (c *checker) unusedImage(s service, n *node) {
	for _, a := range n.kind.attributes {
		if a.name != "first" && a.name != "credentials" && n.has(a.name) && s.node.sound("build") {
			c.add(imageWithoutBuild, n.at(a.name), "Nothing is built, so %s is not used. Add a build block, or name the image that runs with first.", a.name)
		}
	}
}

func (c *checker) latest(n *node) {
	if n.has("immutable") && n.flag("immutable") {
		c.add(latestImmutable, n.at("immutable"), "An immutable repository takes the tag latest once, and the second build fails. Set tag = \"commit\", or immutable = false.")
		return
	}
	c.add(latestTag, n.at("tag"), "With the tag latest, a rollback starts whatever latest is by then, which may be the faulty image. With tag = \"commit\" each revision keeps its own.")
}

// givenRegistry checks that nothing is said of a repository that is there already.
func (c *checker) givenRegistry(n *node) {
	for _, name := range []string{"immutable", "keep", "scan"} {
		if n.has(name) {
			c.add(existingRegistry, n.at(name), "The repository exists, and whoever made it decides on %s. Take the line out.", name)
		}
	}
}

// dockerHub checks what goes with images on Docker Hub.
func (c *checker) dockerHub(s service, n *node) {
	for _, name := range []string{"immutable", "keep", "scan", "create"} {
		if n.has(name) {
			c.add(ecrOnly, n.at(name), "Docker Hub has no %s that tfgen could set: it is for registry = \"ecr\". Take the line out.", name)
		}
	}
	// A buildspec that a person wrote logs in itself, or TFG219 says that it does not.
	if build := s.node.child("build"); s.Build.Written == nil && !contains(s.Build.Logins, "dockerhub") && build.sound("logins") {
		c.add(dockerHubLogin, n.at("registry"), "A push to Docker Hub needs a login. Add it to the build: logins = [\"dockerhub\"].")
	}
	if c.Cluster != nil && !strings.Contains(s.Image.Repository, "/") && n.sound("repository") {
		c.add(dockerHubAddress, n.at("repository"), "The cluster must know the image's whole name, and the user in DOCKERHUB_USER is not known here. Write repository = \"USER/%s\".", s.Image.Repository)
	}
	c.follows(s, n, dockerHubRule(), "repository", s.Image.Repository)
	c.repositoryParts(dockerHubRule(), s, n)
}

// repositoryParts checks each part of a repository's name: marks stand between
// letters and digits, one at a time.
func (c *checker) repositoryParts(r rule, s service, n *node) {
	name := s.Image.Repository
	if !n.has("repository") || r.broken(name) != "" {
		return
	}
	parts := strings.Split(name, "/")
	if r.code == badDockerHubName && len(parts) > 2 {
		c.add(r.code, n.at("repository"), "The repository's name %q has more than USER/NAME.", name)
		return
	}
	for _, part := range parts {
		if part == "" || strings.ContainsAny(part[:1]+part[len(part)-1:], "._-") || strings.Contains(part, "..") || strings.Contains(part, "._") || strings.Contains(part, "-_") {
			c.add(r.code, n.at("repository"), "In the repository's name %q each part between slashes begins and ends with a letter or a digit, and marks stand alone.", name)
			return
		}
	}
}
