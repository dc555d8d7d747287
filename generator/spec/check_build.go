package spec

import (
	"bytes"
	"path"
	"strings"
)

// build checks how a service's image is made.
func (c *checker) build(s service) {
	n := s.node.child("build")
	if s.Build == nil {
		return
	}
	if c.Source == nil && c.root.sound("source") {
		c.add(buildWithoutSource, n.header, "There is no source to build from. Add source \"codecommit\" { repository = \"…\" }, or take the block out.")
	}
	c.follows(s, n, buildRule(), "project", s.Build.Project)
	for _, name := range []string{"context", "dockerfile", "buildspec"} {
		c.path(n, name)
	}
	if n.has("paths") && c.Source != nil {
		c.add(pathsOnCodeCommit, n.at("paths"), "CodePipeline filters by paths only for sources with a connection, and CodeCommit has none. Take the line out.")
	}
	if n.has("image") && !imageShaped(n.text("image")) {
		c.add(badImage, n.at("image"), "%s is not the name of an image. Write one of CodeBuild's, such as %s, or your own.", quoteShort(n.text("image")), defaultBuildImage(s.Architecture))
	}
	if !s.Build.Privileged && s.Build.Written == nil {
		c.add(unprivileged, n.at("privileged"), "The build runs Docker, which CodeBuild only allows in privileged mode. Take the line out.")
	}
	c.policyARN(n, s.Build.Policy)
	c.buildImage(s, n)
	c.dockerHubVariables(s, n)
}

// path checks that a path stays in the repository.
func (c *checker) path(n *node, argument string) {
	p := n.text(argument)
	switch {
	case !n.has(argument):
	case !below(p):
		c.add(badPath, n.at(argument), "%s leads out of the repository, or is no relative path with slashes. Write it as %q.", quoteShort(p), path.Base(strings.ReplaceAll(p, `\`, "/")))
	case argument != "context" && path.Clean(p) == ".":
		c.add(badPath, n.at(argument), "%s is a file, and %q is a folder.", argument, p)
	}
}

// buildImage compares the architecture of the build with that of the tasks. A
// buildspec that a person wrote may well build for another one.
func (c *checker) buildImage(s service, n *node) {
	said := imageArchitecture(s.Build.Image)
	if !n.has("image") || said == "" || said == s.Architecture || !s.node.sound("architecture") {
		return
	}
	severity := Error
	if s.Build.Written != nil {
		severity = Warning
	}
	c.addAs(severity, otherBuildImage, n.at("image"), "The build runs on %s, and makes images that %s tasks cannot start. Take the line out, or choose an image for %s.", said, s.Architecture, s.Architecture)
}

// dockerHubVariables wants what docker login needs, wherever it is set.
func (c *checker) dockerHubVariables(s service, n *node) {
	pipeline := s.node.child("pipeline")
	if !contains(s.Build.Logins, "dockerhub") || !n.sound("environment") || !pipeline.sound("environment") || !s.node.sound("pipeline") {
		return
	}
	var missing []string
	for _, name := range []string{"DOCKERHUB_USER", "DOCKERHUB_TOKEN"} {
		_, inBuild := n.variables("environment")[name]
		_, inPipeline := pipeline.variables("environment")[name]
		if !inBuild && !inPipeline && !bytes.Contains(s.Build.Written, []byte(name)) {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		c.add(missingDockerLogin, n.item("logins", "dockerhub"), "The login to Docker Hub needs %s. Set it in the build: environment = { %s = ssm(\"/dockerhub/…\") }.", strings.Join(missing, " and "), missing[0])
	}
}

// pipelineBlock checks a pipeline that is written out.
func (c *checker) pipelineBlock(s service) {
	n := s.node.child("pipeline")
	if n.given && s.Build == nil && s.node.sound("build") {
		c.add(pipelineNoBuild, n.header, "A pipeline carries what a build makes, and this service has no build block. Add one, or take the pipeline out.")
		return
	}
	if s.Build != nil {
		c.follows(s, n, pipelineRule(), "name", n.textOr("name", c.defaultName(PipelineName, s.Service)))
	}
	if n.has("deploy") && n.flag("deploy") && c.Cluster == nil && c.root.sound("cluster") {
		c.add(deployNoCluster, n.at("deploy"), "There is no cluster to deploy to. Add a cluster block with capacity \"FARGATE\" {} inside of it, or take the line out.")
	}
}
