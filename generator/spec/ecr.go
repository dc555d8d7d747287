package spec

import (
	"regexp"
	"strings"
)

// A Repository is a repository of a private ECR registry.
type Repository struct{ Account, Region, Name string }

// ECRImage returns the repository of an image that is in a private ECR registry
// of any account and region, and reports whether it is in one.
//
// https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html
func ECRImage(image string) (Repository, bool) {
	parts := regexp.MustCompile(`^(\d{12})\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|amazonaws\.eu|on\.aws)/([^:@]+)`).FindStringSubmatch(image)
	if parts == nil {
		return Repository{}, false
	}
	return Repository{Account: parts[1], Region: parts[2], Name: parts[3]}, true
}

// dockerHubHost is the registry of an image that names none.
const dockerHubHost = "docker.io"

// Registry returns the registry that an image is pulled from: a host, or
// docker.io.
//
// https://docs.docker.com/reference/cli/docker/image/tag/
func Registry(image string) string {
	host, _, slashed := strings.Cut(image, "/")
	if slashed && (strings.ContainsAny(host, ".:") || host == "localhost") {
		return host
	}
	return dockerHubHost
}
