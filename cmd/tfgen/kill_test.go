package main

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestKilled kills generate at moments that nobody chose, once it holds its
// lock: every file is of the one spec or of the other, and the next run needs
// no force and leaves nothing of the killed ones.
func TestKilled(t *testing.T) {
	specs := []string{specText, strings.ReplaceAll(strings.Replace(specText, "port = 80", "port = 8080", 1), `service "web"`, `service "api"`)}
	var trees []map[string]string
	for _, spec := range specs {
		dir := specFolder(t, spec)
		if out, err := generation(t, dir).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		trees = append(trees, tree(t, dir))
	}
	dir := specFolder(t, specs[0])
	for i := range 20 {
		if err := os.WriteFile(filepath.Join(dir, "tfgen.hcl"), []byte(specs[i%2]), 0o644); err != nil {
			t.Fatal(err)
		}
		kill(t, dir)
		for name, text := range tree(t, dir) {
			if text != trees[0][name] && text != trees[1][name] && !ours(name) {
				t.Fatalf("%s is of neither spec:\n%s", name, text)
			}
		}
	}
	if out, err := generation(t, dir).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	wantTree(t, tree(t, dir), trees[1])
}

// ours reports whether a file is bookkeeping, which is of no spec.
func ours(name string) bool { return strings.HasPrefix(filepath.Base(name), ".tfgen") }

// specFolder is a folder with a spec.
func specFolder(t *testing.T, spec string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "tfgen.hcl"), []byte(spec), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

func generation(t *testing.T, dir string) *exec.Cmd {
	cmd := exec.CommandContext(t.Context(), "tfgen", "generate")
	cmd.Dir = dir
	return cmd
}

// kill starts generate and ends it within the time that it writes for.
func kill(t *testing.T, dir string) {
	t.Helper()
	cmd := generation(t, dir)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for pid := fmt.Sprintf(`"pid":%d,`, cmd.Process.Pid); len(ended) == 0 && !holds(dir, pid); {
		time.Sleep(100 * time.Microsecond)
	}
	time.Sleep(time.Duration(rand.IntN(20_000)) * time.Microsecond)
	_ = cmd.Process.Kill() // unless it has ended
	<-ended
}

// holds reports whether a process holds the lock; the killed have left theirs.
func holds(dir, pid string) bool {
	text, err := os.ReadFile(filepath.Join(dir, "infra", ".tfgen.lock"))
	return err == nil && strings.Contains(string(text), pid)
}

// tree reads every file below a folder but the spec.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || name == "tfgen.hcl" {
			return err
		}
		text, err := os.ReadFile(filepath.Join(dir, name))
		files[name] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func wantTree(t *testing.T, got, want map[string]string) {
	t.Helper()
	for name, text := range want {
		if got[name] != text {
			t.Errorf("%s is not as it should be:\n%s", name, got[name])
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("%s is left", name)
		}
	}
}
