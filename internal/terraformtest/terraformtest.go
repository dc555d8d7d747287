// Package terraformtest runs a real Terraform with the real AWS provider in
// tests, behind a command that keeps it from starting where nobody needs it. It promises that a test sees neither the settings of whoever runs it
// nor another test's files, and that it needs no network where Terraform and
// the provider are on the machine already. It knows nothing of what the
// configurations under test say.
package terraformtest

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
)

// Terraform is a binary and the environment that finds the provider.
type Terraform struct {
	// Path is the binary, absolute.
	Path string
	// Env is what the binary needs in its environment besides what the
	// configuration under test needs.
	Env []string
}

// Find finds Terraform and the provider, and fails the test with what to do
// where they are missing. Before the provider stands the command thin: see
// there what that changes.
func Find(t testing.TB) Terraform {
	t.Helper()
	found, err := find()
	if err != nil {
		t.Fatal(err)
	}
	config, err := writeConfig(t.TempDir(), found.provider.Mirror)
	if err != nil {
		t.Fatal(err)
	}
	return Terraform{Path: found.binary, Env: append(found.provider.Env(),
		"TF_CLI_CONFIG_FILE="+config,
		"TFGEN_TERRAFORM="+found.binary,
		"CHECKPOINT_DISABLE=1",
		// Terraform and the provider live for seconds: to collect less garbage
		// saves a fifth of the processor's time, for 40 MB each.
		"GOGC=400",
	)}
}

type found struct {
	binary   string
	provider Provider
}

// find looks once in a process.
var find = sync.OnceValues(func() (all found, err error) { //nolint:gochecknoglobals // never changed
	if all.binary, err = findBinary(os.Getenv); err != nil {
		return all, err
	}
	mirror, err := findMirror(all.binary)
	if err != nil {
		return all, err
	}
	all.provider, err = Thin(mirror)
	return all, err
})

// Environ returns base without what could change what is tested, and with Env:
// without Terraform's own variables, tfgen's, those of colours, and CI, in
// which tfgen asks nothing.
func (tf Terraform) Environ(base []string) []string {
	var env []string
	for _, variable := range base {
		name, _, _ := strings.Cut(variable, "=")
		switch {
		case name == "CI", name == "NO_COLOR", strings.HasPrefix(name, "CLICOLOR"):
		case strings.HasPrefix(name, "TF_"), strings.HasPrefix(name, "TFGEN_"):
		default:
			env = append(env, variable)
		}
	}
	return append(env, tf.Env...)
}

// Run runs Terraform in a folder and returns all that it printed. The test
// fails, with that text, unless the exit code is zero.
func (tf Terraform) Run(t testing.TB, dir string, env []string, args ...string) string {
	t.Helper()
	out, code := tf.Code(t, dir, env, args...)
	if code != 0 {
		t.Fatalf("terraform %s: exit code %d\n%s", strings.Join(args, " "), code, out)
	}
	return out
}

// Code runs Terraform in a folder and returns all that it printed and its exit
// code, of which plan -detailed-exitcode has three.
func (tf Terraform) Code(t testing.TB, dir string, env []string, args ...string) (string, int) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), tf.Path, args...)
	cmd.Dir = dir
	cmd.Env = tf.Environ(env)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatalf("terraform %s: %v", strings.Join(args, " "), err)
	}
	return out.String(), cmd.ProcessState.ExitCode()
}
