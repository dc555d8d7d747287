package e2e

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// smallest is a spec whose code makes little.
const smallest = `project "app" { region = "eu-west-1" }

cluster "app" {
  capacity "FARGATE" {}
}
`

// TestStateMoves takes a project's state from a file into a bucket, from there
// into another one, and back. On no way is a resource lost.
func TestStateMoves(t *testing.T) {
	t.Parallel()
	p := newProject(t, "minimal", "eu-west-1")
	p.says(t, "")
	p.must(t, "apply", "-auto-approve")
	held := p.resources(t)
	if len(held) == 0 {
		t.Fatal("nothing was made")
	}

	p.says(t, `state "s3" { bucket = "app-states" }`)
	p.fails(t, "the bucket that is to keep the state is not there. To make it, and take the state along: tfgen bootstrap -migrate-state", "plan")
	if s := p.must(t, "bootstrap", "-auto-approve"); !strings.Contains(s.out, "Next\n  tfgen bootstrap -migrate-state\n") {
		t.Errorf("bootstrap does not say that a state is elsewhere:\n%s", s.out)
	}
	p.fails(t, "initialize production: its state is not where the spec says now. To take it along: tfgen bootstrap -migrate-state", "plan")
	p.moves(t, "~ production  ", " resources in infra/environments/production/terraform.tfstate → s3://app-states/app/production/terraform.tfstate",
		"  rm infra/environments/production/terraform.tfstate\n  rm infra/environments/production/terraform.tfstate.backup\n")
	p.holds(t, held)

	p.says(t, `state "s3" { bucket = "other-states" }`)
	p.fails(t, "To take it along: tfgen bootstrap -migrate-state", "apply", "-auto-approve")
	p.moves(t, "+ bucket            other-states in eu-west-1", " resources in s3://app-states/app/production/terraform.tfstate → s3://other-states/app/production/terraform.tfstate")
	p.holds(t, held)
	p.elsewhere(t).changesNothing(t)

	// In the first bucket the state is as it was, which is older from here on.
	p.plainly(t, "state", "mv", held[0], held[0]+"_renamed")
	p.plainly(t, "state", "mv", held[0]+"_renamed", held[0])
	p.says(t, `state "s3" { bucket = "app-states" }`)
	p.fails(t, "the state of production is in two places", "bootstrap", "-migrate-state", "-auto-approve")

	p.says(t, "")
	p.fails(t, "To take it along: terraform -chdir=infra/environments/production init -migrate-state", "plan")
	p.plainly(t, "init", "-migrate-state", "-force-copy")
	p.holds(t, held)
}

// says writes the smallest spec with a place for the state, and its code.
func (p *project) says(t *testing.T, state string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(p.dir, "tfgen.hcl"), []byte(smallest+state+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	p.must(t, "generate")
}

// fails fails the test unless tfgen does, and says why in its error's first line.
func (p *project) fails(t *testing.T, line string, args ...string) {
	t.Helper()
	s := p.tfgen(t, args...)
	_, told, _ := strings.Cut("\n"+s.err, "\nError: ") // Signs of life may come first.
	if first, _, _ := strings.Cut(told, "\n"); s.code != 1 || !strings.Contains(first, line) {
		t.Errorf("tfgen %v: exit code %d, want %s\n%s%s", args, s.code, line, s.out, s.err)
	}
}

// moves takes states to the bucket, and fails the test unless that is said so.
func (p *project) moves(t *testing.T, lines ...string) {
	t.Helper()
	s := p.must(t, "bootstrap", "-migrate-state", "-auto-approve")
	for _, line := range lines {
		if !strings.Contains(s.out, line) {
			t.Errorf("it is not said: %s\n%s", line, s.out)
		}
	}
}

// resources are the addresses that Terraform itself finds in the state.
func (p *project) resources(t *testing.T) []string {
	t.Helper()
	return strings.Fields(p.plainly(t, "state", "list"))
}

// plainly runs Terraform itself in the one root, which must succeed.
func (p *project) plainly(t *testing.T, args ...string) string {
	t.Helper()
	out, code := p.plain(t, "environments/production", args...)
	if code != 0 {
		t.Fatalf("terraform %v: %s", args, out)
	}
	return out
}

func (p *project) holds(t *testing.T, want []string) {
	t.Helper()
	if got := p.resources(t); !slices.Equal(got, want) {
		t.Errorf("the state holds %v, and held %v", got, want)
	}
}

// elsewhere is the project as somebody else has it, or a CI: what is checked in,
// and nothing that Terraform keeps beside it.
func (p *project) elsewhere(t *testing.T) *project {
	t.Helper()
	other := *p
	other.dir = t.TempDir()
	if err := os.CopyFS(other.dir, os.DirFS(p.dir)); err != nil {
		t.Fatal(err)
	}
	root := filepath.Join(other.dir, "infra", "environments", "production")
	for _, name := range []string{".terraform", "terraform.tfstate", "terraform.tfstate.backup"} {
		if err := os.RemoveAll(filepath.Join(root, name)); err != nil {
			t.Fatal(err)
		}
	}
	return &other
}
