package buildspec

import (
	"regexp"
	"slices"
	"strings"
)

// registry says which kind of registry an image or a login names.
type registry string

const (
	ecr            registry = "ECR"
	ecrPublic      registry = "ECR Public"
	dockerHub      registry = "Docker Hub"
	otherRegistry  registry = "another registry"
	hiddenRegistry registry = "" // its name is a variable that nobody sets here
)

// An image is a reference taken apart; a variable that is not known stays in it
// by name.
type image struct {
	registry   registry
	host       string // "" for Docker Hub
	repository string
	tag        string // "latest" if none is written
}

// image takes a reference apart and tells its registry, by its host or else by
// the logins that came before.
func (t *trace) image(reference string) image {
	reference, _, _ = strings.Cut(reference, "@")
	img := image{repository: reference, tag: "latest"}
	if colon := strings.LastIndexByte(reference, ':'); colon > strings.LastIndexByte(reference, '/') {
		img.repository, img.tag = reference[:colon], reference[colon+1:]
	} else if strings.HasSuffix(reference, "}") {
		img.tag = mystery // The variable may end in a tag.
	}
	first, rest, found := strings.Cut(img.repository, "/")
	img.registry = t.registryOf(first, found)
	if img.registry != dockerHub && found || isDockerHub(first) {
		img.host, img.repository = first, rest
	}
	return img
}

// registryOf tells a registry by the first part of a reference. In a reference
// of several parts that is a host if it looks like one, and an account of Docker
// Hub otherwise.
func (t *trace) registryOf(first string, parts bool) registry {
	kind := serverKind(first)
	switch {
	case parts && kind != hiddenRegistry:
		return kind
	case parts && known(first), !parts && !strings.HasPrefix(first, "${"):
		return dockerHub
	}
	for _, l := range t.logins {
		if l.server == first {
			return l.registry()
		}
		if l.user == first {
			return dockerHub
		}
	}
	return t.onlyRegistry()
}

// onlyRegistry is the registry of all logins, if they agree.
func (t *trace) onlyRegistry() registry {
	var kinds []registry
	for _, l := range t.logins {
		if kind := l.registry(); kind != ecrPublic && !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
	}
	if len(kinds) == 1 {
		return kinds[0]
	}
	return hiddenRegistry
}

// registry tells which registry a login is for: by where the password came from,
// or by the server.
func (l login) registry() registry {
	switch {
	case l.input.hold(ecrPassword):
		return ecr
	case l.input.hold(ecrPublicPassword):
		return ecrPublic
	case l.server == "" || isDockerHub(l.server):
		return dockerHub
	}
	return serverKind(l.server)
}

// serverKind tells a registry by its host. One whose name is wholly a variable
// stays hidden.
func serverKind(server string) registry {
	server = strings.TrimPrefix(server, "https://")
	host, _, _ := strings.Cut(server, "/")
	switch {
	case isDockerHub(host):
		return dockerHub
	case host == "public.ecr.aws":
		return ecrPublic
	case regexp.MustCompile(`\.dkr[.-]ecr(-fips)?\.`).MatchString(host):
		return ecr
	case strings.ContainsAny(host, ".:") || host == "localhost":
		return otherRegistry
	}
	return hiddenRegistry
}

func isDockerHub(host string) bool {
	return slices.Contains([]string{"docker.io", "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com"}, host)
}

// resource is the repository of ECR as IAM calls it, behind "arn:PARTITION:",
// and whether account, region and name are all known.
func (i image) resource(w Want) (string, bool) {
	m := ecrHost().FindStringSubmatch(i.host)
	if m == nil || !plainResource(i.repository) {
		return "", false
	}
	account, region := m[1], m[2]
	if account == w.Account {
		account = thisAccount
	}
	return "ecr:" + region + ":" + account + ":repository/" + i.repository, true
}

// ecrHost matches a registry of ECR whose account and region are known.
// https://docs.aws.amazon.com/general/latest/gr/ecr.html
func ecrHost() *regexp.Regexp {
	return regexp.MustCompile(`^(\d{12}|` + thisAccount + `)\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|on\.aws)$`)
}
