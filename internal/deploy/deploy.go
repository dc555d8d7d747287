// Package deploy drives Terraform: it plans a root module, applies exactly
// that plan, and reads outputs.
//
// It promises:
//   - To apply is a method of a plan. What nobody planned, nobody can apply,
//     and the bytes that were planned are the bytes that are applied.
//   - What would change a plan behind a reader's back (TF_CLI_ARGS*,
//     TF_WORKSPACE, TF_REATTACH_PROVIDERS) never reaches Terraform, and is
//     warned about by name, and so it is with what would mix a log with its
//     messages (TF_LOG*). Everything else in the environment does.
//   - What Terraform and its providers say is passed on without the values of
//     variables that the code declares sensitive or ephemeral.
//   - Terraform is interrupted, and then waited for. It is never killed while
//     it writes a state, unless a person asks a second time.
//   - Each run of Terraform has its reason: no init where nothing changed
//     since the last, no validate before a plan that validates, no show of a
//     plan that the JSON stream has told in full.
//
// It knows no spec and no generator, prints nothing, and decides no exit code.
package deploy

import (
	"io"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"tfgen/internal/deploy/report"
)

// Config says which Terraform to drive, and how.
type Config struct {
	// Terraform is a path, or a name to look for on PATH; "" is "terraform".
	Terraform string
	// PluginDir is a folder with providers to install from instead of the
	// registry, in the layout of "terraform providers mirror"; or "".
	PluginDir string
	// Env is the environment to start from, as os.Environ returns it.
	Env []string
	// Verbose receives Terraform's own text, a line at a time, byte for byte but
	// for secrets; nil for none. The roots then run one after the other, and there
	// are no events.
	Verbose io.Writer
	// LogFile is a file for Terraform's log at level TRACE, or "". The values of
	// variables in Env are taken out of it. It may hold other secrets, so it is
	// made readable for its owner alone.
	LogFile string
	// LockTimeout is how long to wait for a state's lock that somebody else
	// holds, in whole seconds; 0 to fail at once.
	LockTimeout time.Duration
	// TakesOver are the types, such as aws_iam_role, that whoever plans looks up
	// and takes over by itself where they are there already.
	TakesOver []string
}

// A Root is a root module: a folder with a state of its own.
type Root struct {
	Name   string // what a person calls it: "delivery", "production"
	Dir    string // relative paths are relative to the working directory
	Region string // that its code names, or "": then nobody compares it with the state's
}

// Terraform is a binary that was found, and asked for its version once for
// all roots. Its methods may be used from several goroutines; the functions
// that receive events are never called at the same time.
type Terraform struct {
	Path     string   // absolute path of the binary
	Product  string   // "Terraform" or "OpenTofu"
	Version  string   // "1.11.4"
	Warnings []string // what in the environment was ignored, or will be missed

	config Config
	env    map[string]string
	events sync.Mutex
}

// Command is how a person would call this Terraform in a root's folder, for
// advice such as "run terraform -chdir=infra/delivery init".
func (t *Terraform) Command(root Root, args ...string) string {
	name := t.program()
	if dir := t.dataDir(root); filepath.IsAbs(t.env["TF_DATA_DIR"]) {
		name = "TF_DATA_DIR=" + quote(dir) + " " + name
	}
	return strings.Join(append([]string{name, "-chdir=" + quote(root.Dir)}, args...), " ")
}

// program is what a shell calls the product.
func (t *Terraform) program() string {
	if t.Product == openTofu {
		return "tofu"
	}
	return "terraform"
}

// quote makes a path safe to paste into a shell.
func quote(path string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("_-./:@%+=,", r)
	}
	if path != "" && strings.TrimFunc(path, plain) == "" {
		return path
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}

// dataDir is where Terraform keeps what init prepared for a root. It writes
// there where the root's state is: two roots in one folder would find each
// other's, and be advised to move it. So each has a folder of its own in one
// that is absolute.
func (t *Terraform) dataDir(root Root) string { return dataDir(t.env, root) }

func dataDir(env map[string]string, root Root) string {
	dir := env["TF_DATA_DIR"]
	switch {
	case dir == "":
		return filepath.Join(root.Dir, ".terraform")
	case filepath.IsAbs(dir):
		from, _ := filepath.Abs(root.Dir) // which fails where Terraform cannot start either
		return filepath.Join(dir, root.Name+"-"+digest(from)[:8])
	}
	return filepath.Join(root.Dir, dir)
}

// tell hands an event to a listener, one at a time over all roots.
func (t *Terraform) tell(listen func(report.Event), e report.Event) {
	if listen == nil {
		return
	}
	t.events.Lock()
	defer t.events.Unlock()
	listen(e)
}
