package localaws_test

import (
	"os"
	"path/filepath"
	"testing"

	"tfgen/internal/rehearsal/localaws"
)

// What is read-only goes too, and what is gone already is no error.
func TestRemove(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "build")
	deep := filepath.Join(dir, "go", "pkg")
	if err := os.MkdirAll(deep, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(deep, "a.go"), nil, 0o400); err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{deep, filepath.Dir(deep)} {
		if err := os.Chmod(folder, 0o500); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		if err := localaws.Remove(dir); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("it is still there")
	}
}
