package faults

import (
	"os"
	"slices"
	"testing"
)

// Two applies at once: the second waits for the first, says so, and then sees
// what it made. The first is interrupted meanwhile, and gives the lock back.
func TestTwoAtOnce(t *testing.T) {
	t.Parallel()
	p := newProject(t, slow)
	first := start(t, p.witnessed(t, "apply", "-auto-approve"))
	p.begun(t)
	second := start(t, p.command(t, "apply", "-auto-approve", "-lock-timeout=10m"))
	second.says(t, "Waiting for the lock of the state of delivery.")
	p.goOn(t)
	if got := first.end(t); got != 0 {
		t.Errorf("the first: exit code %d", got)
	}
	if got := second.end(t); got != 0 {
		t.Errorf("the second: exit code %d", got)
	}
	demand(t, second.out.String(), `^delivery  No changes\.`)
	if _, err := os.Stat(p.log); err != nil || p.locked(t) {
		t.Errorf("witness %v, locked %v", err, p.locked(t))
	}
	if got := p.signals(t); !slices.Equal(got, nil) {
		t.Errorf("Terraform got %q", got)
	}
}
