package files

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The tests write sets in words: "main.tf=1 net/main.tf=2" is two files below
// infra; "/app.yml=3" lies beside it; a name alone has nil for a text. \r and
// \n in a text are what they say.
func parseSet(words string) Set {
	set := Set{}
	for word := range strings.FieldsSeq(words) {
		name, text, found := strings.Cut(word, "=")
		if set[place(name)] = nil; found {
			set[place(name)] = []byte(strings.NewReplacer(`\r`, "\r", `\n`, "\n").Replace(text))
		}
	}
	return set
}

// inWords is the set as onTheDisk shows it.
func inWords(set Set) string {
	var words []string
	for name, text := range set {
		words = append(words, shown(name)+"="+string(text))
	}
	slices.Sort(words)
	return strings.Join(words, " ")
}

func place(name string) string {
	if beside, ok := strings.CutPrefix(name, "/"); ok {
		return beside
	}
	return "infra/" + name
}

// shown is the reverse of place.
func shown(name string) string {
	if below, ok := strings.CutPrefix(name, "infra/"); ok {
		return below
	}
	return "/" + name
}

func options() Options {
	return Options{Output: "infra", Version: "1.0.0", SpecHash: Hash([]byte("spec"))}
}

func mustDiff(t *testing.T, dir string, set Set, opts Options) *Changes {
	t.Helper()
	c, err := Diff(dir, set, opts)
	if err != nil {
		t.Fatalf("Diff: %v", err)
	}
	return c
}

func mustWrite(t *testing.T, dir string, set Set, opts Options) *Changes {
	t.Helper()
	c := mustDiff(t, dir, set, opts)
	if err := c.Write(t.Context()); err != nil {
		t.Fatalf("Write: %v", err)
	}
	return c
}

// put lays files on the disk by hand; "name=" without a text removes one.
func put(t *testing.T, dir, words string) {
	t.Helper()
	for name, text := range parseSet(words) {
		name = filepath.Join(dir, name)
		if len(text) == 0 {
			must(t, os.Remove(name))
			continue
		}
		must(t, os.MkdirAll(filepath.Dir(name), 0o755))
		must(t, os.WriteFile(name, text, 0o644))
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// onTheDisk is everything below dir but the manifest, folders that are empty too,
// in the words of parseSet.
func onTheDisk(t *testing.T, dir string) string {
	t.Helper()
	var words []string
	must(t, filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || name == filepath.Join(dir, "infra", ".tfgen.json") {
			return err
		}
		word, err := describe(dir, name, d)
		if word != "" {
			words = append(words, word)
		}
		return err
	}))
	slices.Sort(words)
	return strings.Join(words, " ")
}

func describe(dir, name string, d fs.DirEntry) (string, error) {
	rel, err := filepath.Rel(dir, name)
	word := shown(filepath.ToSlash(rel))
	switch {
	case err != nil:
		return "", err
	case d.IsDir():
		entries, err := os.ReadDir(name)
		if len(entries) > 0 || rel == "." {
			return "", err
		}
		return word + "/", err
	case !d.Type().IsRegular():
		return word + "!", nil
	}
	text, err := os.ReadFile(name)
	return word + "=" + strings.NewReplacer("\r", `\r`, "\n", `\n`).Replace(string(text)), err
}

func lines[T any](list []T) string {
	var b strings.Builder
	for _, v := range list {
		fmt.Fprintln(&b, v)
	}
	return b.String()
}

// Each row: first is written, then the disk is changed by hand, then another
// set is compared and written.
func TestWrite(t *testing.T) {
	for _, row := range []struct {
		name, first, disk, then string
		force                   bool
		want                    string // the changes, a line each
		problems                string
		after                   string // the disk
		refused                 string // part of the error of Write
	}{
		{
			name: "nothing there yet", then: "main.tf=1 net/main.tf=2 /ci/build.yml=3",
			want:     "create ci/build.yml\ncreate infra/.tfgen.json\ncreate infra/main.tf\ncreate infra/net/main.tf\n",
			problems: "ci/build.yml: missing\ninfra/.tfgen.json: missing\ninfra/main.tf: missing\ninfra/net/main.tf: missing\n",
			after:    "/ci/build.yml=3 main.tf=1 net/main.tf=2",
		},
		{
			name: "as it was", first: "main.tf=1 net/main.tf=2", then: "main.tf=1 net/main.tf=2",
			after: "main.tf=1 net/main.tf=2",
		},
		{
			name: "one changed, one new, one gone", first: "a.tf=1 b.tf=1", then: "a.tf=2 c.tf=1",
			want:     "update infra/.tfgen.json\nupdate infra/a.tf\nremove infra/b.tf\ncreate infra/c.tf\n",
			problems: "infra/.tfgen.json: does not record these files\ninfra/a.tf: out of date\ninfra/b.tf: no longer generated\ninfra/c.tf: missing\n",
			after:    "a.tf=2 c.tf=1",
		},
		{
			name: "removed by hand", first: "a.tf=1 b.tf=1", disk: "a.tf=", then: "a.tf=1 b.tf=1",
			want: "create infra/a.tf\n", problems: "infra/a.tf: missing\n", after: "a.tf=1 b.tf=1",
		},
		{
			name: "a person's files stay, and their folders", first: "a/a.tf=1 b/b.tf=1", disk: "a/extra_a.tf=x b/extra_b.tf=x", then: "a/a.tf=1",
			want:     "update infra/.tfgen.json\nremove infra/b/b.tf\n",
			problems: "infra/.tfgen.json: does not record these files\ninfra/b/b.tf: no longer generated\n",
			after:    "a/a.tf=1 a/extra_a.tf=x b/extra_b.tf=x",
		},
		{
			name: "empty folders go", first: "a.tf=1 b/c/d/e.tf=1 /ci/x/y.yml=1", disk: "b/own.tf=1", then: "a.tf=1",
			want:     "remove ci/x/y.yml\nupdate infra/.tfgen.json\nremove infra/b/c/d/e.tf\n",
			problems: "ci/x/y.yml: no longer generated\ninfra/.tfgen.json: does not record these files\ninfra/b/c/d/e.tf: no longer generated\n",
			after:    "a.tf=1 b/own.tf=1",
		},
		{
			name: "gone already", first: "a.tf=1 b/b.tf=1", disk: "b/b.tf=", then: "a.tf=1",
			want:     "update infra/.tfgen.json\n",
			problems: "infra/.tfgen.json: does not record these files\n",
			after:    "a.tf=1",
		},
		{
			name: "edited", first: "a.tf=1 b.tf=1", disk: "a.tf=x", then: "a.tf=2 b.tf=2",
			want:     "update infra/.tfgen.json\nupdate infra/a.tf (edited by hand)\nupdate infra/b.tf\n",
			problems: "infra/.tfgen.json: does not record these files\ninfra/a.tf: edited by hand\ninfra/b.tf: out of date\n",
			after:    "a.tf=x b.tf=1",
			refused:  "infra/a.tf: edited by hand",
		},
		{
			name: "edited, and nothing else to do", first: "a.tf=1", disk: "a.tf=x", then: "a.tf=1",
			want: "update infra/a.tf (edited by hand)\n", problems: "infra/a.tf: edited by hand\n",
			after: "a.tf=x", refused: "extra_*.tf",
		},
		{
			name: "edited into what we would write", first: "a.tf=1", disk: "a.tf=2", then: "a.tf=2",
			want:     "update infra/.tfgen.json\n",
			problems: "infra/.tfgen.json: does not record these files\n",
			after:    "a.tf=2",
		},
		{
			name: "edited, forced", first: "a.tf=1 b.tf=1", disk: "a.tf=x", then: "a.tf=2 b.tf=1", force: true,
			want:     "update infra/.tfgen.json\nupdate infra/a.tf (edited by hand)\n",
			problems: "infra/.tfgen.json: does not record these files\ninfra/a.tf: edited by hand\n",
			after:    "a.tf=2 b.tf=1",
		},
		{
			name: "edited and no longer generated", first: "a.tf=1 b.tf=1", disk: "b.tf=x", then: "a.tf=1",
			want:     "update infra/.tfgen.json\nremove infra/b.tf (edited by hand)\n",
			problems: "infra/.tfgen.json: does not record these files\ninfra/b.tf: edited by hand\n",
			after:    "a.tf=1 b.tf=x", refused: "infra/b.tf: edited by hand, and no longer generated",
		},
		{
			name: "edited and no longer generated, forced", first: "a.tf=1 b.tf=1", disk: "b.tf=x", then: "a.tf=1", force: true,
			want:     "update infra/.tfgen.json\nremove infra/b.tf (edited by hand)\n",
			problems: "infra/.tfgen.json: does not record these files\ninfra/b.tf: edited by hand\n",
			after:    "a.tf=1",
		},
		{
			name: "somebody else's", disk: "a.tf=x /build.yml=x", then: "a.tf=1 /build.yml=1",
			want:     "update build.yml (not written by tfgen)\ncreate infra/.tfgen.json\nupdate infra/a.tf (not written by tfgen)\n",
			problems: "build.yml: not written by tfgen\ninfra/.tfgen.json: missing\ninfra/a.tf: not written by tfgen\n",
			after:    "/build.yml=x a.tf=x", refused: "  build.yml: not written by tfgen\n  infra/a.tf: not written by tfgen\n",
		},
		{
			name: "somebody else's, forced", disk: "a.tf=x", then: "a.tf=1", force: true,
			want:     "create infra/.tfgen.json\nupdate infra/a.tf (not written by tfgen)\n",
			problems: "infra/.tfgen.json: missing\ninfra/a.tf: not written by tfgen\n",
			after:    "a.tf=1",
		},
		{
			name: "the same already there", disk: "a.tf=1", then: "a.tf=1",
			want: "create infra/.tfgen.json\n", problems: "infra/.tfgen.json: missing\n", after: "a.tf=1",
		},
		{
			name: "CRLF checkout", first: `a.tf=1\n2\n`, disk: `a.tf=1\r\n2\r\n`, then: `a.tf=1\n2\n`,
			after: `a.tf=1\r\n2\r\n`,
		},
		{
			name: "CRLF checkout, and a change", first: `a.tf=1\n2\n`, disk: `a.tf=1\r\n2\r\n`, then: `a.tf=1\n3\n`,
			want:     "update infra/.tfgen.json\nupdate infra/a.tf\n",
			problems: "infra/.tfgen.json: does not record these files\ninfra/a.tf: out of date\n",
			after:    `a.tf=1\n3\n`,
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			dir, opts := t.TempDir(), options()
			if row.first != "" {
				mustWrite(t, dir, parseSet(row.first), opts)
			}
			put(t, dir, row.disk)
			opts.Force = row.force
			c := mustDiff(t, dir, parseSet(row.then), opts)
			equal(t, "changes", lines(c.List), row.want)
			equal(t, "problems", lines(c.Problems()), row.problems)
			checkRefusal(t, c.Write(t.Context()), row.refused)
			equal(t, "disk", onTheDisk(t, dir), row.after)
			if row.refused == "" {
				equal(t, "left to do", lines(mustDiff(t, dir, parseSet(row.then), opts).List), "")
			}
		})
	}
}

func checkRefusal(t *testing.T, err error, want string) {
	t.Helper()
	switch {
	case want == "" && err != nil:
		t.Errorf("Write: %v", err)
	case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
		t.Errorf("Write: %v, want an error with %q", err, want)
	}
}

func equal(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s:\n got %q\nwant %q", what, got, want)
	}
}

func TestManifestText(t *testing.T) {
	dir := t.TempDir()
	mustWrite(t, dir, parseSet(`b.tf=1 a&b.tf=1\r\n /build.yml=`), options())
	text, err := os.ReadFile(filepath.Join(dir, "infra", ".tfgen.json"))
	must(t, err)
	equal(t, "manifest", string(text), `{
  "tfgen": "1.0.0",
  "spec": "sha256:d4f02eaafd1a9e9de7d10972ca8e47fa7a985825c3c9c1e249c72683cb3e4f19",
  "output": "infra",
  "files": {
    "build.yml": "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "infra/a&b.tf": "sha256:4355a46b19d348dc2f57c046f8ef63d4538ebb936000f3c9ee954a27460dd865",
    "infra/b.tf": "sha256:6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b"
  }
}
`)
}

// A patch release, or a comment in the spec: the manifest changes and no code,
// so nothing that was reviewed is out of date.
func TestOnlyTheManifestChanges(t *testing.T) {
	for _, row := range []struct {
		name   string
		change func(*Options)
	}{
		{"version", func(o *Options) { o.Version = "1.0.1" }},
		{"spec", func(o *Options) { o.SpecHash = Hash([]byte("spec # reworded")) }},
	} {
		t.Run(row.name, func(t *testing.T) {
			dir, opts, set := t.TempDir(), options(), parseSet("a.tf=1")
			mustWrite(t, dir, set, opts)
			row.change(&opts)
			c := mustDiff(t, dir, set, opts)
			equal(t, "changes", lines(c.List), "update infra/.tfgen.json\n")
			if c.Stale() {
				t.Errorf("stale: %q", c.Problems())
			}
			equal(t, "diff", string(c.Unified()), "")
			must(t, c.Write(t.Context()))
			equal(t, "left to do", lines(mustDiff(t, dir, set, opts).List), "")
		})
	}
}

// A manifest from a CRLF checkout is the same manifest.
func TestManifestWithCRLF(t *testing.T) {
	dir, set := t.TempDir(), parseSet("a.tf=1")
	mustWrite(t, dir, set, options())
	name := filepath.Join(dir, "infra", ".tfgen.json")
	text, err := os.ReadFile(name)
	must(t, err)
	must(t, os.WriteFile(name, []byte(strings.ReplaceAll(string(text), "\n", "\r\n")), 0o644))
	equal(t, "changes", lines(mustDiff(t, dir, set, options()).List), "")
}

func TestBrokenManifest(t *testing.T) {
	for _, row := range []struct{ name, text, want string }{
		{"a merge", "<<<<<<< ours\n{}\n", "infra/.tfgen.json: not a manifest"},
		{"empty", "", "infra/.tfgen.json: not a manifest"},
		{"cut short", `{"tfgen": "1", "files": {"infra/a.tf": "sha`, "not a manifest"},
		{"another shape", `{"files": ["infra/a.tf"]}`, "not a manifest"},
		{"a path that leads out", `{"files": {"../a.tf": "sha256:00"}}`, `path "../a.tf"`},
		{"a pending path that leads out", `{"pending": {"/etc/a.tf": "sha256:00"}}`, `path "/etc/a.tf"`},
		{"BOM", "\ufeff{}", "not a manifest"},
		{"not UTF-8", "\xff\xfe{\x00}\x00", "not a manifest"},
		{"10,000 deep", strings.Repeat("[", 10_000), "not a manifest"},
		{"10,000 deep and closed", `{"files": ` + strings.Repeat("[", 9000) + strings.Repeat("]", 9000) + "}", "not a manifest"},
		{"10 objects deep and closed", strings.Repeat(`{"files":`, 10) + "1" + strings.Repeat("}", 10), "not a manifest"},
		{"a list", "[]", "not a manifest"},
		{"itself", `{"files": {"infra/.tfgen.json": "sha256:00"}}`, "is tfgen's own"},
	} {
		t.Run(row.name, func(t *testing.T) {
			dir, opts := t.TempDir(), options()
			must(t, os.Mkdir(filepath.Join(dir, "infra"), 0o755))
			must(t, os.WriteFile(filepath.Join(dir, "infra/.tfgen.json"), []byte(row.text), 0o644))
			_, err := Diff(dir, parseSet("a.tf=1"), opts)
			checkRefusal(t, err, row.want)
			opts.Force = true
			mustWrite(t, dir, parseSet("a.tf=1"), opts)
			equal(t, "disk", onTheDisk(t, dir), "a.tf=1")
			equal(t, "left to do", lines(mustDiff(t, dir, parseSet("a.tf=1"), options()).List), "")
		})
	}
}

// A file that is too large to be ours is not read whole, whether it stands for
// the manifest or for a file that is generated.
func TestTooLarge(t *testing.T) {
	for _, name := range []string{"infra/.tfgen.json", "infra/a.tf"} {
		for _, force := range []bool{false, true} {
			dir, opts := t.TempDir(), options()
			opts.Force = force
			mustWrite(t, dir, parseSet("a.tf=1"), opts)
			must(t, os.Truncate(filepath.Join(dir, name), 100<<30)) // which takes no room
			_, err := Diff(dir, parseSet("a.tf=1"), opts)
			checkRefusal(t, err, name+" is larger than 8 MiB, and so not what tfgen wrote: move it away")
		}
	}
}

// What is as it should be is not touched, so nobody's build begins anew. Where
// all is, nothing is touched, neither the manifest nor a folder.
func TestUnchangedFilesAreNotRewritten(t *testing.T) {
	for _, test := range []struct {
		second string
		same   []string
	}{
		{"a.tf=1 b.tf=2", []string{"infra/a.tf"}},
		{"a.tf=1 b.tf=1", []string{".", "infra", "infra/a.tf", "infra/b.tf", "infra/.tfgen.json"}},
	} {
		dir := t.TempDir()
		mustWrite(t, dir, parseSet("a.tf=1 b.tf=1"), options())
		before := map[string]os.FileInfo{}
		for _, name := range test.same {
			before[name] = stat(t, dir, name)
		}
		mustWrite(t, dir, parseSet(test.second), options())
		for _, name := range test.same {
			if after := stat(t, dir, name); !os.SameFile(before[name], after) || before[name].ModTime() != after.ModTime() {
				t.Errorf("after %q, %s was written again", test.second, name)
			}
		}
	}
}

func stat(t *testing.T, dir, name string) os.FileInfo {
	t.Helper()
	info, err := os.Stat(filepath.Join(dir, name))
	must(t, err)
	return info
}

func TestWriteLooksAgain(t *testing.T) {
	dir := t.TempDir()
	mustWrite(t, dir, parseSet("a.tf=1"), options())
	c := mustDiff(t, dir, parseSet("a.tf=2"), options())
	put(t, dir, "a.tf=x")
	checkRefusal(t, c.Write(t.Context()), "edited by hand")
	equal(t, "disk", onTheDisk(t, dir), "a.tf=x")
}

func TestCancelled(t *testing.T) {
	dir := t.TempDir()
	mustWrite(t, dir, parseSet("a.tf=1"), options())
	before, err := os.ReadFile(filepath.Join(dir, "infra/.tfgen.json"))
	must(t, err)
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(fmt.Errorf("told to stop"))
	checkRefusal(t, mustDiff(t, dir, parseSet("a.tf=2 b/b.tf=1"), options()).Write(ctx), "told to stop")
	equal(t, "disk", onTheDisk(t, dir), "a.tf=1")
	after, err := os.ReadFile(filepath.Join(dir, "infra/.tfgen.json"))
	must(t, err)
	equal(t, "manifest", string(after), string(before))
}

// meddling does something on the disk whenever it is asked whether to go on.
type meddling struct {
	context.Context
	meddle func()
}

func (m meddling) Err() error {
	m.meddle()
	return nil
}

// What goes wrong once files are being put in place leaves no temporary file,
// and the next run goes on.
func TestPlacingFails(t *testing.T) {
	dir := t.TempDir()
	mustWrite(t, dir, parseSet("a.tf=1 b.tf=1 c.tf=1"), options())
	inTheWay := filepath.Join(dir, "infra/b.tf")
	err := mustDiff(t, dir, parseSet("a.tf=2 b.tf=2 c.tf=2"), options()).Write(meddling{t.Context(), func() {
		_ = os.Remove(inTheWay)
		_ = os.Mkdir(inTheWay, 0o755)
	}})
	checkRefusal(t, err, "write infra/b.tf: ")
	equal(t, "disk", onTheDisk(t, dir), "a.tf=2 b.tf/ c.tf=1")
	must(t, os.Remove(inTheWay))
	mustWrite(t, dir, parseSet("a.tf=3 b.tf=3 c.tf=3"), options())
	equal(t, "disk", onTheDisk(t, dir), "a.tf=3 b.tf=3 c.tf=3")
}

func TestOutputIsTheProjectItself(t *testing.T) {
	dir, opts := t.TempDir(), options()
	opts.Output = "."
	set := Set{"main.tf": []byte("1"), "a/b.tf": []byte("1")}
	mustWrite(t, dir, set, opts)
	equal(t, "left to do", lines(mustDiff(t, dir, set, opts).List), "")
	mustWrite(t, dir, Set{"main.tf": []byte("1")}, opts)
	must(t, os.Remove(filepath.Join(dir, ".tfgen.json")))
	equal(t, "disk", onTheDisk(t, dir), "/main.tf=1")
}
