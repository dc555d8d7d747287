package buildspec

import (
	"slices"
	"strings"
)

// liveTag begins the second tag of an image that runs, by which the repository
// knows it.
const liveTag = "live-"

// marks finds that nothing keeps the image that runs from going with the old
// ones. A script that nobody reads here may do it, and so it is a warning.
func (c *checker) marks() {
	if c.want.Mark != nil && !(c.asksWhatRuns() && c.putsLiveTag()) {
		c.missing(KeepUnmarked, Warning, c.end(), "Add to pre_build:\n"+c.markLines(),
			"The repository lets old images go, and no command gives the one that runs a tag that begins with %s: it may go too.", liveTag)
	}
}

func (c *checker) asksWhatRuns() bool {
	return slices.ContainsFunc(c.calls, func(made call) bool { return made.name() == "ecs describe-services" })
}

// putsLiveTag tells that a command tags an image as one that runs.
func (c *checker) putsLiveTag() bool {
	put := func(made call) bool {
		return made.name() == "ecr put-image" && strings.HasPrefix(made.options["--image-tag"], liveTag)
	}
	pushed := func(p imageUse) bool {
		return slices.ContainsFunc(p.images, func(reference string) bool { return strings.HasPrefix(c.image(reference).tag, liveTag) })
	}
	return slices.ContainsFunc(c.calls, put) || slices.ContainsFunc(c.trace.pushes, pushed)
}

// markLines are the least that marks what a service runs. Where the mark is
// there already, putting it fails, and looking for it does not.
func (c *checker) markLines() string {
	return strings.NewReplacer("CLUSTER", c.want.Mark.Cluster, "SERVICE", c.want.Mark.Service, "CONTAINER", c.want.Container, "REPOSITORY", c.want.Repository).Replace(
		`- REVISION="$(aws ecs describe-services --cluster CLUSTER --services SERVICE --query "services[?status != 'INACTIVE'].taskDefinition" --output text)"
- |
  if [ -n "${REVISION}" ]; then
    RUNS="$(aws ecs describe-task-definition --task-definition "${REVISION}" --query "taskDefinition.containerDefinitions[?name == 'CONTAINER'].image" --output text)" &&
      MANIFEST="$(aws ecr batch-get-image --repository-name REPOSITORY --image-ids "imageTag=${RUNS##*:}" --query 'images[].imageManifest' --output text)" &&
      { [ -z "${MANIFEST}" ] ||
        aws ecr put-image --repository-name REPOSITORY --image-tag "live-${RUNS##*:}" --image-manifest "${MANIFEST}" ||
        aws ecr describe-images --repository-name REPOSITORY --image-ids "imageTag=live-${RUNS##*:}"; }
  fi`)
}
