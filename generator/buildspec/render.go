package buildspec

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"text/template"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// Params is what differs between one generated buildspec and another.
type Params struct {
	Container    string   // name of the container in the task definition
	Registry     string   // "ecr" or "dockerhub"
	Repository   string   // in Docker Hub without a slash: one of ${DOCKERHUB_USER}'s own
	Tag          string   // "commit" (its first 8 characters) or "latest"
	Immutable    bool     // the repository takes each tag once (ECR only)
	Logins       []string // for base images: "dockerhub", "ecr_public"
	Context      string   // folder of the Dockerfile's files, relative to the repository, "." for its root
	Dockerfile   string   // relative to Context
	Test         []string // shell commands that run before the build, in the repository's root
	Deploy       bool     // hand the image over in imagedefinitions.json
	Mark         *Mark    // nil unless the repository lets old images go (ECR only)
	Architecture string   // "X86_64", "ARM64", or "" for the build host's own
}

// A Mark says whose images get a second tag before another is pushed: what runs
// must not be among the old images that go.
type Mark struct {
	Cluster, Service string // names in ECS
}

// A Template becomes buildspecs, and is parsed once for all of them.
type Template struct{ tmpl *template.Template }

// Parse reads a text/template whose only function is quote: a value becomes a
// YAML scalar in double quotes.
func Parse(text []byte) (*Template, error) {
	tmpl, err := template.New("buildspec").Funcs(template.FuncMap{"quote": quote}).Parse(string(text))
	return &Template{tmpl}, err
}

// Render fills in the template. The buildspec decodes to exactly the values of
// p, and no command mentions one but by the name of its variable, in quotes; the
// exception is Test, which is commands.
//
// It fails on a value of Params that is not among those listed there, on text
// that YAML or the environment of a process cannot hold, and on a latest tag in
// an immutable repository, which would take one build and no more.
func (t *Template) Render(p Params) ([]byte, error) {
	if err := p.check(); err != nil {
		return nil, fmt.Errorf("render buildspec: %w", err)
	}
	var out bytes.Buffer
	if err := t.tmpl.Execute(&out, newView(p)); err != nil {
		return nil, err
	}
	return bytes.Clone(out.Bytes()), nil // There may be thousands: without the buffer's spare room.
}

// view is what the template decides by: each condition has its name here.
type view struct {
	Params
	Dockerfile     string // relative to the repository
	Platform       string // as Docker calls the architecture
	ECR            bool
	Commit         bool
	LookFirst      bool // is the image there already?
	LoginDockerHub bool
	LoginECRPublic bool
	OwnNamespace   bool // the repository is one of the Docker Hub user's own
}

func newView(p Params) view {
	hub := p.Registry == "dockerhub"
	return view{
		Params:         p,
		Dockerfile:     path.Join(p.Context, p.Dockerfile),
		Platform:       platform(p.Architecture),
		ECR:            !hub,
		Commit:         p.Tag == "commit",
		LookFirst:      !hub && p.Immutable,
		LoginDockerHub: hub || slices.Contains(p.Logins, "dockerhub"),
		LoginECRPublic: slices.Contains(p.Logins, "ecr_public"),
		OwnNamespace:   !strings.Contains(p.Repository, "/"),
	}
}

// platform names an architecture of ECS as Docker does.
func platform(architecture string) string {
	switch architecture {
	case "X86_64":
		return "linux/amd64"
	case "ARM64":
		return "linux/arm64"
	}
	return ""
}

// check reports everything that is wrong at once.
func (p Params) check() error {
	errs := []error{
		oneOf("registry", p.Registry, "ecr", "dockerhub"),
		oneOf("tag", p.Tag, "commit", "latest"),
		oneOf("architecture", p.Architecture, "", "X86_64", "ARM64"),
		inRepository("context", p.Context),
		inRepository("dockerfile", path.Join(p.Context, p.Dockerfile)),
		holdable("repository", p.Repository),
	}
	for _, login := range p.Logins {
		errs = append(errs, oneOf("login", login, "dockerhub", "ecr_public"))
	}
	for _, command := range p.Test {
		errs = append(errs, holdable("test", command))
	}
	if p.Deploy {
		errs = append(errs, holdable("container", p.Container))
	}
	if p.Mark != nil {
		errs = append(errs, oneOf("registry of marked images", p.Registry, "ecr"), holdable("cluster", p.Mark.Cluster), holdable("service", p.Mark.Service))
	}
	if p.Registry == "ecr" && p.Immutable && p.Tag == "latest" {
		errs = append(errs, errors.New("an immutable repository takes the tag latest once, and refuses the next build"))
	}
	return errors.Join(errs...)
}

func oneOf(name, value string, allowed ...string) error {
	if slices.Contains(allowed, value) {
		return nil
	}
	return fmt.Errorf("%s %q is none of %q", name, value, allowed)
}

// inRepository refuses a path that leaves the repository, and one that docker
// would read as an option.
func inRepository(name, p string) error {
	if !filepath.IsLocal(filepath.FromSlash(p)) || strings.HasPrefix(p, "-") {
		return fmt.Errorf("%s %q is not a path inside the repository", name, p)
	}
	return holdable(name, p)
}

// holdable refuses what would change on its way through YAML and a process's
// environment.
func holdable(name, value string) error {
	if value == "" || !utf8.ValidString(value) || strings.ContainsRune(value, 0) {
		return fmt.Errorf("%s %q is empty or not text", name, value)
	}
	return nil
}

// quote writes a value as one YAML scalar in double quotes, on one line.
func quote(value string) (string, error) {
	out, err := yaml.Marshal(&yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value, Style: yaml.DoubleQuotedStyle})
	return strings.TrimSuffix(string(out), "\n"), err
}
