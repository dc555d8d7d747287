//go:build unix

package files

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Two sets that differ in every way in which two can.
const (
	setA = `same.tf=1 changed.tf=A net/changed.tf=AAAA old.tf=A old/a/b.tf=A /ci/build.yml=A /old/build.yml=A`
	setB = `same.tf=1 changed.tf=B net/changed.tf=BBBB nil.tf new.tf=B new/a/b.tf=B /ci/build.yml=B /new/build.yml=B`
	setC = `same.tf=2 changed.tf=C net/changed.tf=CCCC nil.tf=C third.tf=C /ci/build.yml=C`
)

// eachOldOrNew checks that every file on the disk is whole, and of one of the sets.
func eachOldOrNew(t *testing.T, dir string, sets ...Set) {
	t.Helper()
	for word := range strings.FieldsSeq(onTheDisk(t, dir)) {
		name, text, isFile := strings.Cut(word, "=")
		if !isFile || isTemp(filepath.Base(name)) || strings.HasSuffix(name, ".tfgen.lock") {
			continue
		}
		found := false
		for _, set := range sets {
			want, ok := set[place(name)]
			found = found || ok && string(want) == text
		}
		if !found {
			t.Errorf("%s holds %q, which is in no set", name, text)
		}
	}
	for name := range sets[0] {
		_, kept := sets[len(sets)-1][name]
		if _, err := os.Stat(filepath.Join(dir, name)); kept && err != nil {
			t.Errorf("%s is in every set and not on the disk", name)
		}
	}
}

// repaired checks that the next run needs no force and leaves the set and
// nothing else.
func repaired(t *testing.T, dir, words string) {
	t.Helper()
	mustWrite(t, dir, parseSet(words), options())
	equal(t, "repaired disk", onTheDisk(t, dir), inWords(parseSet(words)))
	c := mustDiff(t, dir, parseSet(words), options())
	equal(t, "left to do", lines(c.List)+lines(c.litter), "")
}

// halt begins to write a set and stops for good after n steps, as if killed.
// It tells whether there were more.
func halt(t *testing.T, dir, words string, n int) bool {
	t.Helper()
	if conflicts := mustDiff(t, dir, parseSet(words), options()).Conflicts(); len(conflicts) > 0 {
		t.Fatalf("conflicts: %v", conflicts)
	}
	return haltForced(t, dir, words, n)
}

func haltForced(t *testing.T, dir, words string, n int) bool {
	t.Helper()
	root, err := os.OpenRoot(dir)
	must(t, err)
	defer root.Close()
	tr := newTree(root)
	l, err := acquire(t.Context(), tr, dir, options())
	must(t, err)
	defer l.flock.Unlock() // which leaves the file, as a death does
	c := &Changes{dir: dir, set: parseSet(words), opts: options()}
	must(t, c.read(tr))
	prepare := c.prepare(t.Context(), tr)
	must(t, run(prepare[:min(n, len(prepare))]))
	n -= len(prepare)
	if n <= 0 {
		return true
	}
	steps := c.place(tr)
	must(t, run(steps[:min(n, len(steps))]))
	return n < len(steps)
}

// Killed after every single step, and then asked for the same, for what was
// before, or for something else.
func TestKilledAfterEachStep(t *testing.T) {
	for _, then := range []string{setA, setB, setC} {
		for n, more := 0, true; more; n++ {
			dir := t.TempDir()
			mustWrite(t, dir, parseSet(setA), options())
			more = halt(t, dir, setB, n)
			eachOldOrNew(t, dir, parseSet(setA), parseSet(setB))
			if more && n > 0 && !mustDiff(t, dir, parseSet(setA), options()).Stale() {
				t.Errorf("step %d: a write that was not finished is not stale", n)
			}
			repaired(t, dir, then)
			if t.Failed() {
				t.Fatalf("killed after step %d, then %q", n, then)
			}
		}
	}
}

// Killed in the first run of all, and again in the next with another set.
func TestKilledTwice(t *testing.T) {
	for first, more := 0, true; more; first += 5 {
		for second, again := 0, true; again; second += 3 {
			dir := t.TempDir()
			more = halt(t, dir, setA, first)
			again = halt(t, dir, setB, second)
			eachOldOrNew(t, dir, Set{}, parseSet(setA), parseSet(setB))
			repaired(t, dir, setC)
			if t.Failed() {
				t.Fatalf("killed after steps %d and %d", first, second)
			}
		}
	}
}

// A forced run that was killed has not made a person's file ours: neither for
// the next run nor for the one after that was killed as well.
func TestKilledForced(t *testing.T) {
	dir := t.TempDir()
	mustWrite(t, dir, parseSet("a.tf=1"), options())
	put(t, dir, "b.tf=mine")
	haltForced(t, dir, "a.tf=2 b.tf=2", 4)
	equal(t, "conflicts", lines(mustDiff(t, dir, parseSet("a.tf=1 b.tf=2"), options()).Conflicts()),
		"update infra/b.tf (not written by tfgen)\n")
	halt(t, dir, "a.tf=3", 4)
	equal(t, "conflicts", lines(mustDiff(t, dir, parseSet("a.tf=1 b.tf=2"), options()).Conflicts()),
		"update infra/b.tf (not written by tfgen)\n")
	mustWrite(t, dir, parseSet("a.tf=1"), options())
	equal(t, "disk", onTheDisk(t, dir), "a.tf=1 b.tf=mine")
}

// A process that writes without end is killed at moments it does not choose.
func TestKilledAnywhere(t *testing.T) {
	dir := t.TempDir()
	mustWrite(t, dir, parseSet(setA), options())
	for range 60 {
		cmd := started(t, "alternate", dir)
		time.Sleep(time.Duration(rand.IntN(12_000)) * time.Microsecond)
		must(t, cmd.Process.Kill())
		_ = cmd.Wait()
		eachOldOrNew(t, dir, parseSet(setA), parseSet(setB))
		if conflicts := mustDiff(t, dir, parseSet(setC), options()).Conflicts(); len(conflicts) > 0 {
			t.Fatalf("conflicts: %v", conflicts)
		}
	}
	repaired(t, dir, setC)
}
