package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Somebody edits generated code by hand. Neither a plan nor an apply may go on
// as if that were the spec's: on AWS the edit would be made, and be undone by
// the next who generates.
func TestEditedCode(t *testing.T) {
	t.Parallel()
	p := bare(t, "minimal")
	p.must(t, "generate")
	name := filepath.Join("infra", "modules", "service", "main.tf")
	p.change(t, name, "wait_for_steady_state = var.wait_for_steady_state", "wait_for_steady_state = false")
	p.refuses(t, name)
	if text, err := os.ReadFile(filepath.Join(p.dir, name)); err != nil || !strings.Contains(string(text), "wait_for_steady_state = false") {
		t.Errorf("the edit is gone: %v", err)
	}
}

// The spec says something else than the code does.
func TestStaleCode(t *testing.T) {
	t.Parallel()
	p := bare(t, "minimal")
	p.must(t, "generate")
	p.edit(t, "port = 80", "port = 80\n  desired_count = 2")
	p.refuses(t, filepath.Join("infra", "environments", "production", "main.tf"))
}

func (p *project) change(t *testing.T, name, old, new string) {
	t.Helper()
	file := filepath.Join(p.dir, name)
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Count(string(text), old) != 1 {
		t.Fatalf("%q does not stand in %s once", old, name)
	}
	if err := os.WriteFile(file, []byte(strings.Replace(string(text), old, new, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
}

// refuses fails the test unless plan and apply name the file and the command
// that helps, and start no Terraform.
func (p *project) refuses(t *testing.T, name string) {
	t.Helper()
	for _, args := range [][]string{{"plan"}, {"plan", "-detailed-exitcode"}, {"apply", "-auto-approve"}} {
		s := p.tfgen(t, args...)
		if s.code != 1 || !strings.Contains(s.err, name) || !strings.Contains(s.err, "tfgen generate") {
			t.Errorf("tfgen %v: exit code %d, without %s or the command\n%s%s", args, s.code, name, s.out, s.err)
		}
	}
	if _, err := os.Stat(p.log); err == nil {
		t.Errorf("Terraform was started: %q", p.witnessed(t))
	}
}

// The credentials are of another account than the spec names: production's
// shell is open, and dev's spec is applied. Nothing may be made there.
func TestWrongAccount(t *testing.T) {
	t.Parallel()
	p := newProject(t, "minimal", "eu-central-1")
	p.edit(t, `region = "eu-central-1"`, "region = \"eu-central-1\"\n  account = \"999999999999\"")
	p.must(t, "generate")
	s := p.tfgen(t, "apply", "-auto-approve")
	if s.code != 1 || !strings.Contains(s.err, account) {
		t.Errorf("exit code %d, and the error does not name the account\n%s%s", s.code, s.out, s.err)
	}
	nothingLeft(t, p.aws)
	for _, run := range p.witnessed(t) {
		if strings.HasSuffix(run, " apply") {
			t.Errorf("Terraform ran %s", run)
		}
	}
}
