package rehearsal

import (
	"context"
	"errors"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tfgen/internal/rehearsal/localaws"
)

// A build leaves no process behind: not when it is interrupted, and not when it
// ends while some run on, which are not waited for.
func TestLeftRunning(t *testing.T) {
	t.Parallel()
	aws := server(t)
	t.Run("interrupted", func(t *testing.T) { testInterrupted(t, aws) })
	t.Run("background", func(t *testing.T) { testBackground(t, aws) })
}

func testInterrupted(t *testing.T, aws *localaws.Server) {
	const text = "version: 0.2\nphases:\n  build:\n    commands:\n      - (sleep 4711 | cat) & setsid sleep 4711 & sleep 4711\n"
	b := testWorld(t, aws, map[string]string{"buildspec.yml": text}).furnishTest(t, "interrupted", "")
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
	ends(t, "sleep 4711")
	if left, _ := filepath.Glob(filepath.Join(b.world.dir, "*")); len(left) > 0 {
		t.Errorf("left: %q", left)
	}
}

func testBackground(t *testing.T, aws *localaws.Server) {
	const text = "version: 0.2\nphases:\n  build:\n    commands:\n      - nohup sleep 4712 &\n      - setsid sleep 4712 &\n      - echo done\n"
	b := testWorld(t, aws, map[string]string{"buildspec.yml": text}).furnishTest(t, "background", "")
	if out, err := b.play(t.Context()); err != nil {
		t.Error(told(out, err))
	}
	ends(t, "sleep 4712")
}

func ends(t *testing.T, command string) {
	t.Helper()
	for range 100 {
		if !running(command) {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Error("a process of the build goes on")
}

func running(command string) bool {
	out, err := exec.Command("ps", "-eo", "args").Output()
	return err == nil && strings.Contains("\n"+string(out), "\n"+command+"\n")
}
