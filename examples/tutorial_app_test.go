// Package examples_test holds the examples to what they promise a reader who
// copies them.
package examples_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const tutorialApp = "tutorial"

// TestTutorialLockFileNamesNoRegistry keeps the lock file usable wherever the
// packages come from: through a mirror, or without one.
func TestTutorialLockFileNamesNoRegistry(t *testing.T) {
	t.Parallel()
	lock := read(t, filepath.Join(tutorialApp, "package-lock.json"))
	if strings.Contains(lock, `"resolved"`) {
		t.Error(`package-lock.json has "resolved" entries: make it again with "npm install --package-lock-only" beside the .npmrc`)
	}
}

// TestTutorialLockFileKnowsEveryPlatform guards against a lock file made where
// the registry lacked some platform's package: an older npm installs from such
// a file, a newer one refuses it.
func TestTutorialLockFileKnowsEveryPlatform(t *testing.T) {
	t.Parallel()
	var lock struct {
		Packages map[string]struct {
			OptionalDependencies map[string]string `json:"optionalDependencies"`
		} `json:"packages"`
	}
	if err := json.Unmarshal([]byte(read(t, filepath.Join(tutorialApp, "package-lock.json"))), &lock); err != nil {
		t.Fatal(err)
	}

	locked := map[string]bool{}
	for path := range lock.Packages {
		parents := strings.Split(path, "node_modules/")
		locked[parents[len(parents)-1]] = true
	}
	for path, pkg := range lock.Packages {
		for name := range pkg.OptionalDependencies {
			if !locked[name] {
				t.Errorf("%s may need %s, which has no entry in package-lock.json", path, name)
			}
		}
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, entry := range entries {
		all = append(all, entry.Name())
	}
	return all
}

func copyOne(t *testing.T, from, to string) {
	t.Helper()
	info, err := os.Stat(from)
	switch {
	case err != nil:
	case info.IsDir():
		err = os.CopyFS(to, os.DirFS(from))
	default:
		err = os.WriteFile(to, []byte(read(t, from)), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}
