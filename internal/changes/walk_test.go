package changes

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Each change is one apply, which destroys nothing but what it says, cuts
// nobody off, and leaves nothing to change.
func TestChanges(t *testing.T) {
	t.Parallel()
	for _, walk := range walks() {
		t.Run(walk.spec, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, walk.spec)
			for _, s := range walk.steps {
				play := w.apply
				if s.refused {
					play = w.refuse
				}
				if !t.Run(s.name, func(t *testing.T) { play(t, s) }) && !s.refused {
					return // what follows begins where this ends
				}
			}
		})
	}
}

// apply applies changes.
func (w *world) apply(t *testing.T, s step) {
	t.Helper()
	w.change(t, s.rows)
	w.must(t, "generate")
	before := w.resources(t)
	w.move(t, s.rows)
	text := w.must(t, append([]string{"apply", "-auto-approve"}, w.removes(t, s.rows)...)...)
	var destroys []string
	for _, r := range s.rows {
		destroys = append(destroys, r.destroys...)
	}
	slices.Sort(destroys)
	if got := gone(before, w.resources(t)); !slices.Equal(got, slices.Compact(destroys)) {
		t.Errorf("destroyed %q, want %q\n%s", got, destroys, text)
	}
	saysAll(t, s.rows, text)
	since := w.since(t)
	faults := cuts(since)
	if s.calm {
		faults = append(faults, rolls(since)...)
	}
	for _, fault := range faults {
		if !s.tells(fault) {
			t.Error(fault)
		}
	}
	if again := w.tfgen(t, "plan", "-detailed-exitcode"); again.code != 0 || strings.Contains(again.text, "nobody should have") {
		t.Errorf("the plan after it: exit code %d\n%s", again.code, again.text)
	}
}

// move writes the moved blocks that a plan shows, as its reader would.
func (w *world) move(t *testing.T, rows []row) {
	t.Helper()
	var blocks strings.Builder
	for _, r := range rows {
		if from, to, found := strings.Cut(r.moved, " => "); found {
			fmt.Fprintf(&blocks, "moved {\n  from = %s\n  to   = %s\n}\n", from, to)
		}
	}
	if blocks.Len() == 0 {
		return
	}
	shown := w.must(t, "plan")
	if words := strings.Fields; !strings.Contains(strings.Join(words(shown), " "), strings.Join(words(blocks.String()), " ")) {
		t.Errorf("the plan does not show\n%s\n%s", blocks.String(), shown)
	}
	if err := os.WriteFile(filepath.Join(w.dir, "infra/environments/production/extra_moved.tf"), []byte(blocks.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// removes are the flags without which what holds data stays, and so all else.
func (w *world) removes(t *testing.T, rows []row) (flags []string) {
	t.Helper()
	for _, r := range rows {
		for _, address := range r.removes {
			flags = append(flags, "-remove="+address)
		}
	}
	if len(flags) > 0 {
		w.refused(t, nil, w.tfgen(t, "apply", "-auto-approve"))
	}
	return flags
}

// tells reports whether somebody is cut off as a row says.
func (s step) tells(fault string) bool {
	return slices.ContainsFunc(s.rows, func(r row) bool {
		return slices.ContainsFunc(r.cuts, func(words string) bool { return regexp.MustCompile(words).MatchString(fault) })
	})
}

// refuse applies changes that are refused, if not before that when their code is
// written, and takes them back.
func (w *world) refuse(t *testing.T, s step) {
	t.Helper()
	spec := w.spec(t)
	w.change(t, s.rows)
	got := w.tfgen(t, "generate")
	if got.code == 0 {
		got = w.tfgen(t, "apply", "-auto-approve")
	}
	w.refused(t, s.rows, got)
	w.write(t, spec)
	w.must(t, "generate")
}

// refused wants a command to have said what rows want, and touched nothing.
func (w *world) refused(t *testing.T, rows []row, got said) {
	t.Helper()
	if got.code != 1 {
		t.Errorf("exit code %d\n%s", got.code, got.text)
	}
	saysAll(t, rows, got.text)
	if calls := w.read(t)[w.seen+1:]; len(calls) > 0 {
		t.Errorf("something was touched: %s", calls[0].Call)
	}
}

// change changes the spec. Each row must change its code.
func (w *world) change(t *testing.T, rows []row) {
	t.Helper()
	for _, r := range rows {
		before := w.code(t)
		for line := range strings.Lines(r.change) {
			w.write(t, edit(t, w.spec(t), w.given.Replace(strings.TrimSuffix(line, "\n"))))
		}
		if maps.EqualFunc(w.code(t), before, bytes.Equal) {
			t.Errorf("%s: %s changes nothing", r.argument, r.change)
		}
	}
}

func saysAll(t *testing.T, rows []row, text string) {
	t.Helper()
	for _, r := range rows {
		for _, words := range r.says {
			if !regexp.MustCompile(words).MatchString(text) {
				t.Errorf("%s: it does not say %q\n%s", r.argument, words, text)
			}
		}
	}
}
