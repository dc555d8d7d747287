package rehearsal

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// A link stays in a copy only if it leads nowhere else, whatever its way.
func TestCutLinks(t *testing.T) {
	t.Parallel()
	outside := t.TempDir()
	put(t, filepath.Join(outside, "f"), "theirs")
	for target, stays := range map[string]bool{
		outside:                        false,
		"/nowhere/at/all":              false,
		"../x":                         false,
		"out/f":                        false, // by way of another link
		"deep/up/../x":                 false, // "." by its letters
		"missing/../../x":              false, // once somebody makes the folder
		"deep/f":                       true,
		"deep/../deep/f":               true,
		"deep":                         true,
		"missing/f":                    true,
		"link":                         true, // to itself
		"deep/f/under/a/file":          true,
		filepath.Join(outside, "none"): false,
	} {
		dir := t.TempDir()
		put(t, filepath.Join(dir, "deep", "f"), "ours")
		for name, to := range map[string]string{"link": target, "out": outside, "deep/up": ".."} {
			if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
		}
		cut, err := cutLinks(dir)
		_, gone := os.Lstat(filepath.Join(dir, "link"))
		if err != nil || slices.Contains(cut, "link") == stays || (gone == nil) != stays || !slices.Contains(cut, "out") {
			t.Errorf("%s: cut %q, %v", target, cut, err)
		}
	}
	if text, err := os.ReadFile(filepath.Join(outside, "f")); string(text) != "theirs" {
		t.Error(string(text), err)
	}
}

// Neither the copy of the project nor what the pipeline builds of it has a way
// to the user's files, and what was left out is known.
func TestCopyProjectLinks(t *testing.T) {
	t.Parallel()
	from := t.TempDir()
	put(t, filepath.Join(from, "tfgen.hcl"), "")
	if err := os.Symlink(t.TempDir(), filepath.Join(from, "data")); err != nil {
		t.Fatal(err)
	}
	w := &world{Options: Options{SpecFile: filepath.Join(from, "tfgen.hcl")}, dir: t.TempDir()}
	if err := w.copyProject(t.Context()); err != nil || !slices.Equal(w.commit.cut, []string{"data"}) {
		t.Errorf("cut %q, %v", w.commit.cut, err)
	}
	for _, dir := range []string{w.project(), w.commit.dir} {
		if _, err := os.Lstat(filepath.Join(dir, "data")); err == nil {
			t.Errorf("%s has the link", dir)
		}
	}
}
