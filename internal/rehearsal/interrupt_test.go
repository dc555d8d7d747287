//go:build linux

package rehearsal

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tfgen/internal/outside"
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
	command := fmt.Sprintf("sleep 4711.%d", os.Getpid())
	text := strings.ReplaceAll("version: 0.2\nphases:\n  build:\n    commands:\n      - (SLEEP | cat) & setsid SLEEP & SLEEP\n", "SLEEP", command)
	b := testWorld(t, aws, map[string]string{"buildspec.yml": text}).furnishTest(t, "interrupted", "")
	ctx, cancel := context.WithCancelCause(t.Context())
	reason := errors.New("interrupted")
	go func() {
		for running(command) < 3 && ctx.Err() == nil {
			time.Sleep(10 * time.Millisecond)
		}
		cancel(reason)
	}()
	if _, err := b.play(ctx); !errors.Is(err, reason) {
		t.Errorf("error %v, want that it was interrupted", err)
	}
	ends(t, command)
	if left, _ := filepath.Glob(filepath.Join(b.world.dir, "*")); len(left) > 0 {
		t.Errorf("left: %q", left)
	}
}

func testBackground(t *testing.T, aws *localaws.Server) {
	command := fmt.Sprintf("sleep 4712.%d", os.Getpid())
	text := strings.ReplaceAll("version: 0.2\nphases:\n  build:\n    commands:\n      - nohup SLEEP &\n      - setsid SLEEP &\n      - echo done\n", "SLEEP", command)
	b := testWorld(t, aws, map[string]string{"buildspec.yml": text}).furnishTest(t, "background", "")
	if out, err := b.play(t.Context()); err != nil {
		t.Error(told(out, err))
	}
	ends(t, command)
}

func ends(t *testing.T, command string) {
	t.Helper()
	for running(command) > 0 {
		if outside.Late(t) {
			t.Fatal("a process of the build goes on")
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// running is how many processes there are of a command.
func running(command string) (count int) {
	out, _ := exec.Command("ps", "-eo", "args").Output()
	for line := range strings.Lines(string(out)) {
		if strings.TrimSpace(line) == command {
			count++
		}
	}
	return count
}
