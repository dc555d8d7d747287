package rehearsal

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// repository makes one, and returns its folder.
func repository(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		put(t, filepath.Join(dir, name), text)
	}
	must(t, dir, "init", "--quiet")
	save(t, dir)
	return dir
}

// save commits all that there is.
func save(t *testing.T, dir string) {
	t.Helper()
	must(t, dir, "add", ".")
	must(t, dir, "-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false", "commit", "--quiet", "-m", "one")
}

func must(t *testing.T, dir string, args ...string) string {
	t.Helper()
	out, err := git(t.Context(), dir, args...)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

// A commit is unpacked as a clone has it, whatever the folder holds now and
// whatever is kept from archives, and the repository is left alone.
func TestUnpackCommit(t *testing.T) {
	t.Parallel()
	from := repository(t, map[string]string{"app/a.txt": "before", "app/deep/Dockerfile": "FROM a", "app/windows.bat": "a\n", "app/infra/terraform.tfstate": "{}", "other.txt": "",
		".gitattributes": "Dockerfile export-ignore\n*.bat text eol=crlf\n"})
	head := must(t, from, "rev-parse", "HEAD")
	put(t, filepath.Join(from, "app/a.txt"), "after")
	put(t, filepath.Join(from, ".gitattributes"), "")
	index, err := os.ReadFile(filepath.Join(from, ".git/index"))
	if err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(t.TempDir(), "to")
	if err := unpackCommit(t.Context(), filepath.Join(from, "app"), head, to); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"a.txt": "before", "deep/Dockerfile": "FROM a", "windows.bat": "a\r\n"} {
		if text, err := os.ReadFile(filepath.Join(to, name)); string(text) != want {
			t.Errorf("%s: %q, want %q (%v)", name, text, want, err)
		}
	}
	if _, err := os.Stat(filepath.Join(to, "infra/terraform.tfstate")); err == nil {
		t.Error("a state was taken along")
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(to), "*")); len(left) != 1 {
		t.Errorf("left: %q", left)
	}
	if now, err := os.ReadFile(filepath.Join(from, ".git/index")); !slices.Equal(now, index) {
		t.Errorf("the repository's index has changed (%v)", err)
	}
	put(t, filepath.Join(from, "new/a.txt"), "")
	if err := unpackCommit(t.Context(), filepath.Join(from, "new"), head, to); err == nil || !strings.Contains(err.Error(), "has no folder new") {
		t.Errorf("a folder that the commit does not have: %v", err)
	}
}

// A revision is a commit, or it is refused with the words that one needs. What
// looks like an option is none.
func TestResolve(t *testing.T) {
	t.Parallel()
	dir := repository(t, map[string]string{"a.txt": ""})
	head := must(t, dir, "rev-parse", "HEAD")
	file := filepath.Join(dir, "tfgen.hcl")
	got, err := Options{SpecFile: file, From: "HEAD", Source: head[:10]}.resolve(t.Context())
	if err != nil || got != (revisions{head, head}) {
		t.Errorf("%v, %v, want %s", got, err, head)
	}
	made := filepath.Join(t.TempDir(), "made")
	for want, o := range map[string]Options{
		"-from=nope: this repository has no":   {SpecFile: file, From: "nope"},
		"-source=nope: this repository has no": {SpecFile: file, Source: "nope"},
		"-from=--output=" + made:               {SpecFile: file, From: "--output=" + made},
		"in no git repository":                 {SpecFile: filepath.Join(t.TempDir(), "tfgen.hcl"), From: "v1"},
	} {
		if _, err := o.resolve(t.Context()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	if _, err := os.Stat(made); err == nil {
		t.Error("a revision was taken for an option")
	}
}

// What the pipeline builds is called what it is.
func TestWorkingCommit(t *testing.T) {
	t.Parallel()
	dir := repository(t, map[string]string{"app/a.txt": "", "other/a.txt": ""})
	says := func(dir, want string) {
		t.Helper()
		if _, got := workingCommit(t.Context(), dir); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	app := filepath.Join(dir, "app")
	says(dir, "the working folder")
	says(app, "the working folder app, as if it were the root of the repository")
	put(t, filepath.Join(dir, "other/a.txt"), "changed")
	says(dir, "the working folder, with changes that are not committed")
	says(app, "the working folder app, as if it were the root of the repository")
	put(t, filepath.Join(app, "new.txt"), "")
	says(app, "the working folder app, as if it were the root of the repository, with changes that are not committed")
	says(t.TempDir(), "the working folder, under a made-up commit")
}
