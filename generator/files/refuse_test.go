//go:build unix

package files

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestRefusedPaths(t *testing.T) {
	for _, row := range []struct {
		paths string // separated by spaces, quoted as in Go
		want  string
	}{
		{"../a.tf", `path "../a.tf": must be relative`},
		{"infra/../../a.tf", "must be relative"},
		{"infra/../a.tf", "must be relative"},
		{"/etc/a.tf", "must be relative"},
		{"infra//a.tf", "must be relative"},
		{"./a.tf", "must be relative"},
		{"infra/", "must be relative"},
		{".", "must be relative"},
		{"infra/\xff.tf", "must be relative"},
		{"", "a path is empty"},
		{`infra\a.tf`, "holds a backslash or a colon"},
		{"C:/a.tf", "holds a backslash or a colon"},
		{"infra/a\n.tf", "holds a control character"},
		{"infra/a\x00.tf", "holds a control character"},
		{".git/hooks/pre-commit", "git's own folder"},
		{"app/.GIT/config", "git's own folder"},
		{"infra/.tfgen.json", "is tfgen's own"},
		{"infra/.TFGEN.lock", "is tfgen's own"},
		{"app/.tfgen-1.tmp", "looks like a temporary file"},
		{"infra/a.tf infra/A.tf", `"infra/A.tf" and "infra/a.tf" are the same file`},
		{"infra/a infra/a/b.tf", `"infra/a" is both a file and the folder of "infra/a/b.tf"`},
		{"infra/a infra/A/b/c.tf", "is both a file and the folder"},
		{"../b.tf /c.tf", `path "/c.tf"`},
		{"../b.tf /c.tf", `path "../b.tf"`},
	} {
		t.Run(row.paths, func(t *testing.T) {
			dir, set := t.TempDir(), Set{}
			for name := range strings.SplitSeq(row.paths, " ") {
				set[name] = []byte("1")
			}
			_, err := Diff(dir, set, options())
			checkRefusal(t, err, row.want)
			equal(t, "disk", onTheDisk(t, dir), "")
		})
	}
}

func TestRefusedOutput(t *testing.T) {
	for _, output := range []string{"", "..", "/infra", "../infra", `C:\infra`, ".git"} {
		t.Run(output, func(t *testing.T) {
			opts := options()
			opts.Output = output
			if _, err := Diff(t.TempDir(), Set{}, opts); err == nil {
				t.Errorf("output %q was accepted", output)
			}
		})
	}
}

// Each row puts something into a project in which infra/net/a.tf and
// ci/b.yml are generated, and says what is refused because of it.
func TestRefusedKinds(t *testing.T) {
	for _, row := range []struct {
		name string
		put  func(dir string) error
		want string
	}{
		{"a link in place of a file", link("infra/net/a.tf", "own.tf"), "infra/net/a.tf is a symbolic link where a file must be"},
		{"a link to nowhere", link("infra/net/a.tf", "nowhere"), "infra/net/a.tf is a symbolic link"},
		{"a link out", link("infra/net/a.tf", "/etc/hostname"), "infra/net/a.tf is a symbolic link"},
		{"a link in place of a folder", link("infra/net", "../own"), "infra/net is a symbolic link where a folder must be"},
		{"a link in place of the output folder", link("infra", "own"), "infra is a symbolic link where a folder must be"},
		{"a link out in place of the output folder", link("infra", ".."), "infra is a symbolic link where a folder must be"},
		{"a link out in the middle", link("infra/net", "/tmp"), "infra/net is a symbolic link where a folder must be"},
		{"a link to a device", link("infra/net/a.tf", "/dev/null"), "infra/net/a.tf is a symbolic link where a file must be"},
		{"a link to itself", link("infra/net/a.tf", "a.tf"), "infra/net/a.tf is a symbolic link where a file must be"},
		{"a link in place of the manifest", link("infra/.tfgen.json", "../own/x.json"), "infra/.tfgen.json is a symbolic link"},
		{"a link in place of the lock", link("infra/.tfgen.lock", "../own/made"), "infra/.tfgen.lock is a symbolic link"},
		{"a link beside the output folder", link("ci", "own"), "ci is a symbolic link"},
		{"a pipe", pipe("infra/net/a.tf"), "infra/net/a.tf is a named pipe where a file must be"},
		{"a pipe in place of the manifest", pipe("infra/.tfgen.json"), "infra/.tfgen.json is a named pipe"},
		{"a pipe in place of the lock", pipe("infra/.tfgen.lock"), "infra/.tfgen.lock is a named pipe"},
		{"a pipe in place of a folder", pipe("ci"), "ci is a named pipe where a folder must be"},
		{"a socket", socket("infra/net/a.tf"), "infra/net/a.tf is a socket"},
		{"a folder in place of a file", folder("infra/net/a.tf"), "infra/net/a.tf is a folder where a file must be"},
		{"a folder in place of the manifest", folder("infra/.tfgen.json"), "infra/.tfgen.json is a folder"},
		{"a file in place of a folder", file("infra/net"), "infra/net is a file where a folder must be"},
		{"a file in place of the output folder", file("infra"), "infra is a file where a folder must be"},
	} {
		for _, force := range []bool{false, true} {
			t.Run(row.name, func(t *testing.T) {
				dir, opts := t.TempDir(), options()
				opts.Force = force
				put(t, dir, "/own/net/own.tf=x /own/x.json=x")
				must(t, row.put(dir))
				before := onTheDisk(t, dir)
				c, err := Diff(dir, parseSet("net/a.tf=1 /ci/b.yml=1"), opts)
				if err == nil {
					err = c.Write(t.Context())
				}
				checkRefusal(t, err, row.want)
				equal(t, "disk", onTheDisk(t, dir), before)
			})
		}
	}
}

// Only root can make a device, so its mode stands for one.
func TestRefusedDevices(t *testing.T) {
	for _, mode := range []fs.FileMode{fs.ModeDevice, fs.ModeDevice | fs.ModeCharDevice} {
		equal(t, "kind", kind(mode), "device")
		if mode.IsRegular() {
			t.Errorf("%v is a file", mode)
		}
	}
}

func at(name string, make func(string) error) func(string) error {
	return func(dir string) error {
		name := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		return make(name)
	}
}

func link(name, target string) func(string) error {
	return at(name, func(name string) error { return os.Symlink(target, name) })
}

func pipe(name string) func(string) error {
	return at(name, func(name string) error { return syscall.Mkfifo(name, 0o644) })
}

func socket(name string) func(string) error {
	return at(name, func(name string) error { return syscall.Mknod(name, syscall.S_IFSOCK|0o644, 0) })
}

func folder(name string) func(string) error {
	return at(name, func(name string) error { return os.Mkdir(name, 0o755) })
}

func file(name string) func(string) error {
	return at(name, func(name string) error { return os.WriteFile(name, []byte("x"), 0o644) })
}

// What is no longer generated is not removed through a link either.
func TestRemovesNothingThroughALink(t *testing.T) {
	dir := t.TempDir()
	mustWrite(t, dir, parseSet("a.tf=1 net/b.tf=1"), options())
	must(t, os.Rename(filepath.Join(dir, "infra/net"), filepath.Join(dir, "own")))
	must(t, os.Symlink("../own", filepath.Join(dir, "infra/net")))
	_, err := Diff(dir, parseSet("a.tf=1"), options())
	checkRefusal(t, err, "infra/net is a symbolic link")
	equal(t, "disk", onTheDisk(t, dir), "/own/b.tf=1 a.tf=1 net!")
}

// Many files in one refused folder are one complaint.
func TestRefusedOnce(t *testing.T) {
	dir := t.TempDir()
	must(t, link("infra/net", "..")(dir))
	_, err := Diff(dir, parseSet("net/a.tf=1 net/b.tf=1 net/c/d.tf=1"), options())
	if err == nil || strings.Count(err.Error(), "infra/net") != 1 {
		t.Errorf("want one complaint, got %v", err)
	}
}

func TestNoProject(t *testing.T) {
	_, err := Diff(filepath.Join(t.TempDir(), "absent"), Set{}, options())
	checkRefusal(t, err, "no such file")
}

func TestModes(t *testing.T) {
	dir := t.TempDir()
	mustWrite(t, dir, parseSet("net/a.tf=1"), options())
	must(t, os.Chmod(filepath.Join(dir, "infra/net/a.tf"), 0o444))
	mustWrite(t, dir, parseSet("net/a.tf=2"), options())
	for name, want := range map[string]fs.FileMode{"infra": 0o755, "infra/net": 0o755, "infra/net/a.tf": 0o644, "infra/.tfgen.json": 0o644} {
		info, err := os.Stat(filepath.Join(dir, name))
		must(t, err)
		if info.Mode().Perm() != want {
			t.Errorf("%s: mode %v, want %v", name, info.Mode().Perm(), want)
		}
	}
}
