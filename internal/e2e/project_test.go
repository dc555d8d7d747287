package e2e

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tfgen/internal/outside"
	"tfgen/internal/rehearsal/localaws"
	"tfgen/internal/terraformtest"
)

// account is the one that everything is made in.
const account = localaws.DefaultAccount

// A project is an example of ours in a folder of its own, with an account at
// a local AWS that nobody else uses.
type project struct {
	dir       string
	region    string
	env       []string
	log       string // What the witness noted.
	terraform terraformtest.Terraform
	server    *localaws.Server
	aws       *client // The account's administrator.
}

// bare copies an example without the code that was generated from it. There is
// no account: what only reads and writes files needs none.
func bare(t *testing.T, example string) *project {
	t.Helper()
	p := &project{dir: t.TempDir(), log: filepath.Join(t.TempDir(), "witness"), terraform: terraformtest.Find(t)}
	if err := os.CopyFS(p.dir, os.DirFS(filepath.Join("..", "..", "examples", example))); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(p.dir, "infra")); err != nil {
		t.Fatal(err)
	}
	p.env = append(p.terraform.Environ(os.Environ()), "TMPDIR="+t.TempDir())
	return p
}

// newProject is a bare project with an empty account. region is where the spec
// puts everything.
func newProject(t *testing.T, example, region string) *project {
	t.Helper()
	p := bare(t, example)
	server, err := localaws.Start(t.Context(), localaws.Options{Progress: t.Output()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Log(server.Log())
		}
		server.Stop()
	})
	p.server, p.region = server, region
	p.env = append(server.Environ(p.env, account), "AWS_REGION="+region)
	p.aws = p.client(t, p.env)
	return p
}

// edit replaces texts of the spec, each of which must stand there once.
func (p *project) edit(t *testing.T, replace ...string) {
	t.Helper()
	file := filepath.Join(p.dir, "tfgen.hcl")
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text := string(src)
	for i := 0; i < len(replace); i += 2 {
		if n := strings.Count(text, replace[i]); n != 1 {
			t.Fatalf("%q stands %d times in the spec", replace[i], n)
		}
		text = strings.Replace(text, replace[i], replace[i+1], 1)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// said is what a command said, and its exit code.
type said struct {
	out, err string
	code     int
}

// command is tfgen in the project's folder, before it is started.
func (p *project) command(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "tfgen", args...)
	cmd.Dir = p.dir
	cmd.Env = append(slices.Clone(p.env), outside.Witnessed(t, p.terraform.Path, p.log)...)
	return cmd
}

// witnessed returns what Terraform was run with since the last time: the root
// and the subcommand, as in "delivery plan", or the root and a signal.
func (p *project) witnessed(t *testing.T) (runs []string) {
	t.Helper()
	for _, n := range outside.Notes(t, p.log) {
		runs = append(runs, n.Root+" "+n.Run+n.Signal)
	}
	return runs
}

// tfgen runs tfgen in the project's folder.
func (p *project) tfgen(t *testing.T, args ...string) said {
	t.Helper()
	cmd := p.command(t, args...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return said{out.String(), errs.String(), cmd.ProcessState.ExitCode()}
}

// must runs tfgen and fails the test unless it succeeds.
func (p *project) must(t *testing.T, args ...string) said {
	t.Helper()
	s := p.tfgen(t, args...)
	if s.code != 0 {
		t.Fatalf("tfgen %s: exit code %d\n%s%s", strings.Join(args, " "), s.code, s.out, s.err)
	}
	return s
}

// changesNothing fails the test unless a plan, of all roots or of the one that
// a flag names, is empty.
func (p *project) changesNothing(t *testing.T, flags ...string) {
	t.Helper()
	s := p.tfgen(t, append([]string{"plan", "-detailed-exitcode"}, flags...)...)
	if s.code != 0 {
		t.Errorf("the plan is not empty: exit code %d\n%s%s", s.code, s.out, s.err)
	}
	blames(t, s.out)
}

// blames fails the test where a plan says that somebody did by hand what the
// delivery did itself.
func blames(t *testing.T, plan string) {
	t.Helper()
	if strings.Contains(plan, "nobody should have") {
		t.Errorf("the plan blames somebody:\n%s", plan)
	}
}

// plain runs Terraform itself in a root, as somebody does who has no tfgen, and
// returns what it said and its exit code.
func (p *project) plain(t *testing.T, root string, args ...string) (string, int) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), p.terraform.Path, args...)
	cmd.Dir = filepath.Join(p.dir, "infra", root)
	cmd.Env = p.env
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return string(out), cmd.ProcessState.ExitCode()
}
