package e2e

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Somebody presses Ctrl-C in the middle of the first apply. On AWS half of the
// project is there by then, and whether it can be found again hangs on the
// state: Terraform must be asked once to stop, and left alone until it has
// written that.
func TestInterrupt(t *testing.T) {
	t.Parallel()
	p := newProject(t, "minimal", "eu-central-1")
	p.must(t, "generate")
	text := p.interrupted(t, "aws_ecs_cluster.this created")
	if !strings.Contains(text, "what runs was asked to end") {
		t.Errorf("nobody says that Terraform is waited for:\n%s", text)
	}
	interrupts := slices.DeleteFunc(p.witnessed(t), func(run string) bool { return !strings.HasSuffix(run, " interrupt") })
	slices.Sort(interrupts)
	if want := []string{"delivery interrupt", "production interrupt"}; !slices.Equal(interrupts, want) {
		t.Errorf("Terraform was interrupted %q, want %q", interrupts, want)
	}
	if services := get[[]string](t, p.aws, "ecs.list_services", with{"cluster": "hello"}, "serviceArns"); len(services) > 0 {
		t.Errorf("Terraform went on to make %q", services)
	}
	for _, root := range []string{"delivery", "environments/production"} {
		p.written(t, root)
	}
	// What is left can be reviewed before it is made.
	p.must(t, "plan", "-out=left.tfplan")
	p.must(t, "apply", "left.tfplan")
	p.changesNothing(t)
}

// interrupted starts an apply, interrupts it as soon as it has said something,
// waits for its end, and returns what it said.
func (p *project) interrupted(t *testing.T, moment string) string {
	t.Helper()
	cmd := p.command(t, "apply", "-auto-approve")
	pipe, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	for lines := bufio.NewScanner(io.TeeReader(pipe, &text)); lines.Scan(); {
		if strings.Contains(lines.Text(), moment) {
			cmd.Process.Signal(os.Interrupt)
		}
	}
	cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != 130 {
		t.Fatalf("exit code %d, want 130\n%s", code, text.String())
	}
	return text.String()
}

// written fails the test unless the root's state knows what was made, and
// nobody holds its lock.
func (p *project) written(t *testing.T, root string) {
	t.Helper()
	dir := filepath.Join(p.dir, "infra", root)
	src, err := os.ReadFile(filepath.Join(dir, "terraform.tfstate"))
	if err != nil {
		t.Fatal(err)
	}
	var state struct{ Resources []struct{ Mode string } }
	if err := json.Unmarshal(src, &state); err != nil {
		t.Fatal(err)
	}
	managed := slices.DeleteFunc(state.Resources, func(r struct{ Mode string }) bool { return r.Mode != "managed" })
	if len(managed) < 5 {
		t.Errorf("the state of %s knows %d resources", root, len(managed))
	}
	if _, err := os.Stat(filepath.Join(dir, ".terraform.tfstate.lock.info")); err == nil {
		t.Errorf("the state of %s is still locked", root)
	}
}
