package rehearsal

import (
	"regexp"
	"strings"

	"tfgen/internal/operate"
)

// dockerHub is the registry of an image that names none.
const dockerHub = "docker.io"

// A reference is an image's name, taken apart.
type reference struct {
	registry string // host, or docker.io
	name     string // "library/nginx", "acme/web"
	tag      string // "latest" where none is named; "" beside a digest
}

// parseImage takes an image's name apart as docker does.
func parseImage(text string) reference {
	r := reference{registry: dockerHub, tag: "latest"}
	name, _, digested := strings.Cut(text, "@")
	if at := strings.LastIndex(name, ":"); at > strings.LastIndex(name, "/") {
		name, r.tag = name[:at], name[at+1:]
	} else if digested {
		r.tag = ""
	}
	first, rest, slashed := strings.Cut(name, "/")
	switch {
	case slashed && (strings.ContainsAny(first, ".:") || first == "localhost"):
		r.registry, r.name = first, rest
	case slashed:
		r.name = name
	default:
		r.name = "library/" + name
	}
	return r
}

func (r reference) String() string {
	name := r.name
	if r.registry != dockerHub {
		name = r.registry + "/" + r.name
	}
	if r.tag == "" {
		return name
	}
	return name + ":" + r.tag
}

// ecrHost is the address of a private ECR registry: account and region.
func ecrHost() *regexp.Regexp {
	return regexp.MustCompile(`^(\d{12})\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|amazonaws\.eu|on\.aws)$`)
}

// private reports whether an image is in ECR, where nobody pulls without a login.
func (r reference) private() bool { return ecrHost().MatchString(r.registry) }

// repository is the ECR repository of an image that is private.
func (r reference) repository() operate.Repository {
	return operate.Repository{Account: ecrHost().FindStringSubmatch(r.registry)[1], Name: r.name}
}

// region is the region of an image that is private.
func (r reference) region() string { return ecrHost().FindStringSubmatch(r.registry)[2] }

// public reports whether everybody may pull an image, as far as its registry
// says so of all that it has: ECR Public, Docker's official images, Microsoft's
// and Kubernetes' registries. Any other repository may be private.
//
// https://docs.aws.amazon.com/AmazonECR/latest/public/what-is-ecr.html,
// https://docs.docker.com/docker-hub/image-library/trusted-content/,
// https://github.com/microsoft/containerregistry, https://registry.k8s.io
func (r reference) public() bool {
	switch r.registry {
	case "public.ecr.aws", "mcr.microsoft.com", "registry.k8s.io":
		return true
	}
	return r.registry == dockerHub && strings.HasPrefix(r.name, "library/")
}
