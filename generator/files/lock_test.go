//go:build unix

package files

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func TestHeld(t *testing.T) {
	dir, opts := t.TempDir(), options()
	cmd := started(t, "hold", dir)
	opts.Wait = -1
	err := mustDiff(t, dir, parseSet("a.tf=1"), opts).Write(t.Context())
	if _, ok := errors.AsType[*HeldError](err); !ok {
		t.Fatalf("Write: %v, want a HeldError", err)
	}
	want := fmt.Sprintf(`^infra/\.tfgen\.lock is held by another run of tfgen: process %d on ".+" since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC;`, cmd.Process.Pid)
	if !regexp.MustCompile(want).MatchString(err.Error()) {
		t.Errorf("got  %s\nwant %s", err, want)
	}
	must(t, cmd.Process.Kill())
	_ = cmd.Wait()
	repaired(t, dir, setA) // the dead hold nothing
}

// The second run tells who it waits for, and goes on when that has ended.
func TestWaits(t *testing.T) {
	dir, opts := t.TempDir(), options()
	cmd := started(t, "hold", dir)
	var told []string
	opts.Waiting = func(holder string) {
		told = append(told, holder)
		time.AfterFunc(5*retryEvery, func() { _ = cmd.Process.Kill() })
	}
	mustWrite(t, dir, parseSet("a.tf=1"), opts)
	if len(told) != 1 {
		t.Errorf("told %q, want one holder", told)
	}
	_ = cmd.Wait()
	equal(t, "disk", onTheDisk(t, dir), "a.tf=1")
}

func TestWaitingCanBeCancelled(t *testing.T) {
	dir, opts := t.TempDir(), options()
	started(t, "hold", dir)
	ctx, cancel := context.WithCancel(t.Context())
	opts.Waiting = func(string) { cancel() }
	if err := mustDiff(t, dir, parseSet("a.tf=1"), opts).Write(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("Write: %v, want it cancelled", err)
	}
}

// A lock file that says nothing, or lies, is a lock file all the same.
func TestUnsignedLock(t *testing.T) {
	dir, opts := t.TempDir(), options()
	started(t, "hold", dir)
	must(t, os.WriteFile(filepath.Join(dir, "infra/.tfgen.lock"), []byte("\x1b[31m"), 0o644))
	opts.Wait = -1
	checkRefusal(t, mustDiff(t, dir, parseSet("a.tf=1"), opts).Write(t.Context()), "a process that left no name")
}

// Many runs with two sets: they take turns, so in the end one of the sets is
// there, whole, and neither lock nor temporary file.
func TestManyAtOnce(t *testing.T) {
	for range 5 {
		dir := t.TempDir()
		errs := make([]error, 16)
		var all sync.WaitGroup
		for i := range errs {
			all.Go(func() { errs[i] = write(dir, parseSet([]string{setA, setB}[i%2]), options()) })
		}
		all.Wait()
		must(t, errors.Join(errs...))
		freshA := len(mustDiff(t, dir, parseSet(setA), options()).List) == 0
		freshB := len(mustDiff(t, dir, parseSet(setB), options()).List) == 0
		if freshA == freshB {
			t.Fatalf("neither set is whole: %s", onTheDisk(t, dir))
		}
		repaired(t, dir, setC)
	}
}

// Only one holds the lock at a time, though each removes the file at its end.
// They ask without a pause, so that each order of steps is met.
func TestLockExcludes(t *testing.T) {
	const runs, turns = 8, 150
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	must(t, err)
	defer root.Close()
	var inside, entered atomic.Int32
	var all sync.WaitGroup
	errs := make([]error, runs)
	for i := range errs {
		all.Go(func() {
			for errs[i] == nil && entered.Load() < turns {
				errs[i] = turn(newTree(root), dir, &inside, &entered)
			}
		})
	}
	all.Wait()
	must(t, errors.Join(errs...))
	equal(t, "disk", onTheDisk(t, dir), "")
}

// turn takes the lock, if it can, and looks whether somebody else has it.
func turn(tr *tree, dir string, inside, entered *atomic.Int32) error {
	l := newLock(tr, dir, options())
	ok, err := l.try()
	if !ok || err != nil {
		return err
	}
	entered.Add(1)
	if inside.Add(1) != 1 {
		return errors.New("two hold the lock")
	}
	time.Sleep(100 * time.Microsecond)
	inside.Add(-1)
	return l.release()
}
