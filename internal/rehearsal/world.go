package rehearsal

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"tfgen/generator/spec"
	"tfgen/internal/deploy"
	"tfgen/internal/operate"
	"tfgen/internal/rehearsal/localaws"
)

// A world is a rehearsal while it goes on.
type world struct {
	Options
	revisions revisions
	server    *localaws.Server
	dir       string // all files of the rehearsal
	listen    func(Event)
	note      func(format string, args ...any)
	prove     func(text string) // that a step proves something else than it says

	doubt func(format string, args ...any) // that a step proves what it says
	leave func(format string, args ...any) // open, beside what a step proves

	spec      *spec.Spec // of the scratch copy
	commit    commit     // that the pipeline builds
	admin     *operate.Client
	terraform *deploy.Terraform
	empty     inventory // of the account, before anything was made

	code         playedCode        // that is played
	certificates map[string]string // made-up ones by the spec's

	pipelines []*operate.Pipeline
	builds    map[string]*outcome // by pipeline: the last build
	elsewhere []string            // images that builds pushed to other registries than ECR
	first     map[string]string   // by service: the revision that the first run deployed
}

// open prepares the scratch copy, and the account that a project finds.
func (w *world) open(ctx context.Context) error {
	if err := w.copyProject(ctx); err != nil {
		return err
	}
	if err := w.load(); err != nil {
		return err
	}
	w.builds, w.first = map[string]*outcome{}, map[string]string{}
	w.admin = operate.At(w.server.URL, w.spec.Project.Region, administrator(w.server, w.account()))
	config := w.Terraform
	config.Env = w.terraformEnv()
	terraform, err := deploy.Find(ctx, config)
	w.terraform = terraform
	if err != nil {
		return err
	}
	return w.server.Enforce(ctx, true)
}

// project is the folder of the scratch copy in which the spec stands.
func (w *world) project() string { return filepath.Join(w.dir, "project") }

func (w *world) account() string {
	if w.spec == nil {
		return localaws.DefaultAccount
	}
	return cmp.Or(w.spec.Project.Account, writtenAccount(w.spec), localaws.DefaultAccount)
}

// writtenAccount is the account that a buildspec pushes to by its number, or "".
func writtenAccount(s *spec.Spec) string {
	for _, service := range s.Services {
		if service.Build != nil && service.Build.Needs != nil && service.Build.Needs.Account != "" {
			return service.Build.Needs.Account
		}
	}
	return ""
}

// load reads the spec of the scratch copy.
func (w *world) load() error {
	s, problems := spec.Load(filepath.Join(w.project(), filepath.Base(w.SpecFile)))
	if s == nil {
		return fmt.Errorf("the spec has errors in the copy, which has only what git would commit: %w", problems)
	}
	if s.State.Kind == "hcp" {
		s.State = spec.State{Kind: "local"} // HCP Terraform keeps states of real accounts alone.
	}
	w.spec = s
	return nil
}

// administrator returns the keys of an account's administrator.
func administrator(server *localaws.Server, account string) operate.Keys {
	var keys operate.Keys
	for _, pair := range server.EnvFor(account) {
		switch name, value, _ := strings.Cut(pair, "="); name {
		case "AWS_ACCESS_KEY_ID":
			keys.ID = value
		case "AWS_SECRET_ACCESS_KEY":
			keys.Secret = value
		}
	}
	return keys
}

// as returns a client with the permissions of a role, assumed by a service of
// AWS on behalf of what the ARN names.
func (w *world) as(ctx context.Context, role, service, source string) (*operate.Client, error) {
	return w.admin.Assume(ctx, role, service, source)
}

// roots are the project's root modules in the scratch copy.
func (w *world) roots() []deploy.Root {
	var roots []deploy.Root
	for _, r := range spec.Roots(w.spec) {
		roots = append(roots, deploy.Root{Name: r.Name, Dir: rootDir(w.project(), r)})
	}
	return roots
}

// runtimes are the roots that hold services.
func (w *world) runtimes() []deploy.Root {
	var runtimes []deploy.Root
	for _, r := range w.roots() {
		if r.Name != "delivery" {
			runtimes = append(runtimes, r)
		}
	}
	return runtimes
}

// fresh makes an empty folder of the rehearsal's own.
func (w *world) fresh(name string) (string, error) {
	return os.MkdirTemp(w.dir, name+"-")
}
