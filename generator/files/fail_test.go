//go:build unix

package files

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const nobody = 65534

// A disk that is full after any number of bytes leaves everything as it was,
// and nothing beside it: no temporary file, no new folder, no promise in the
// manifest.
func TestNoSpace(t *testing.T) {
	large := " net/changed.tf=" + strings.Repeat("x", 5000)
	for _, row := range []struct {
		name, first, then string
		limit             int
		want              string
	}{
		{"none at all", setA, setB, 0, "write infra/.tfgen.json"},
		{"a part of the manifest", setA, setB, 100, "write infra/.tfgen.json"},
		{"not for a file", setA, "new/a.tf=1 changed.tf=2" + large, 4000, "write infra/net/changed.tf"},
		{"not for a first file", "", "a/b/new.tf=1" + large, 4000, "write infra/net/changed.tf"},
	} {
		t.Run(row.name, func(t *testing.T) {
			dir := t.TempDir()
			if row.first != "" {
				mustWrite(t, dir, parseSet(row.first), options())
			}
			before, manifest := onTheDisk(t, dir), readManifestFile(dir)
			out, err := play(t, "limited", dir, fmt.Sprintf("LIMIT=%d", row.limit), "WORDS="+row.then).CombinedOutput()
			if err == nil || string(out) != row.want+": file too large\n" {
				t.Errorf("%v: %s", err, out)
			}
			equal(t, "disk", onTheDisk(t, dir), before)
			equal(t, "manifest", readManifestFile(dir), manifest)
		})
	}
}

func readManifestFile(dir string) string {
	text, err := os.ReadFile(filepath.Join(dir, "infra/.tfgen.json"))
	if err != nil {
		return "none"
	}
	return string(text)
}

// The message names the file and not a temporary one.
func TestNoPermission(t *testing.T) {
	for _, row := range []struct {
		name, forbid string // forbid is what may not be written or read
		mode         os.FileMode
		want         string
	}{
		{"a folder that may not be written", "infra/net", 0o555, "write infra/net/changed.tf: permission denied"},
		{"an output folder that may not be written", "infra", 0o555, "lock infra/.tfgen.lock: permission denied"},
		{"a folder that may not be entered", "infra/net", 0, "look at infra/net/changed.tf: permission denied"},
		{"a file that may not be read", "infra/changed.tf", 0, "read infra/changed.tf: permission denied"},
		{"a manifest that may not be read", "infra/.tfgen.json", 0, "read infra/.tfgen.json: permission denied"},
		{"a project that may not be entered", ".", 0, ": permission denied"},
	} {
		t.Run(row.name, func(t *testing.T) {
			dir := t.TempDir()
			mustWrite(t, dir, parseSet(setA), options())
			before, manifest := onTheDisk(t, dir), readManifestFile(dir)
			give(t, dir)
			must(t, os.Chmod(filepath.Join(dir, row.forbid), row.mode))
			out, err := play(t, "unprivileged", dir).CombinedOutput()
			must(t, os.Chmod(filepath.Join(dir, row.forbid), 0o755))
			if err == nil || !strings.Contains(string(out), row.want) || strings.Contains(string(out), tempSuffix) {
				t.Errorf("%v: %s\nwant %s", err, out, row.want)
			}
			equal(t, "disk", onTheDisk(t, dir), before)
			equal(t, "manifest", readManifestFile(dir), manifest)
		})
	}
}

// give lets nobody reach the folder and own what is in it, if we are root.
func give(t *testing.T, dir string) {
	t.Helper()
	if os.Getuid() != 0 {
		return
	}
	must(t, os.Chmod(filepath.Dir(dir), 0o755))
	must(t, filepath.WalkDir(dir, func(name string, _ os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Chown(name, nobody, nobody)
	}))
}

// A tree that is as it should be needs no permission to write.
func TestNothingToDoInAReadOnlyTree(t *testing.T) {
	dir := t.TempDir()
	mustWrite(t, dir, parseSet(setB), options())
	give(t, dir)
	for _, name := range []string{".", "infra"} {
		must(t, os.Chmod(filepath.Join(dir, name), 0o555))
	}
	out, err := play(t, "unprivileged", dir).CombinedOutput()
	if err != nil {
		t.Errorf("%v: %s", err, out)
	}
	must(t, os.Chmod(filepath.Join(dir, "infra"), 0o755))
	must(t, os.Chmod(dir, 0o755))
}
