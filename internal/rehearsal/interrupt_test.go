package rehearsal

import (
	"context"
	"errors"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A build that is interrupted takes all its processes with it.
func TestInterruptedBuild(t *testing.T) {
	t.Parallel()
	const text = "version: 0.2\nphases:\n  build:\n    commands:\n      - (sleep 4711 | cat) & sleep 4711\n"
	b := testWorld(t, server(t), map[string]string{"buildspec.yml": text}).furnishTest(t, "interrupted", "")
	ctx, cancel := context.WithCancelCause(t.Context())
	reason := errors.New("interrupted")
	go func() {
		for !running("sleep 4711") && ctx.Err() == nil {
			time.Sleep(10 * time.Millisecond)
		}
		cancel(reason)
	}()
	if _, err := b.play(ctx); !errors.Is(err, reason) {
		t.Errorf("error %v, want that it was interrupted", err)
	}
	for range 100 {
		if !running("sleep 4711") {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	if running("sleep 4711") {
		t.Error("a process of the build goes on")
	}
	if left, _ := filepath.Glob(filepath.Join(b.world.dir, "*")); len(left) > 0 {
		t.Errorf("left: %q", left)
	}
}

func running(command string) bool {
	out, err := exec.Command("ps", "-eo", "args").Output()
	return err == nil && strings.Contains("\n"+string(out), "\n"+command+"\n")
}
