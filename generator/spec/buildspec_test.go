package spec

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"tfgen/generator/buildspec"
)

// Every kind of finding has a code, also one that is added later.
func TestEveryFindingHasACode(t *testing.T) {
	src, err := os.ReadFile("../buildspec/finding.go")
	must(t, err)
	kinds := regexp.MustCompile(`Kind = "([a-z-]+)"`).FindAllStringSubmatch(string(src), -1)
	if len(kinds) < 20 {
		t.Fatalf("found %d kinds", len(kinds))
	}
	for _, k := range kinds {
		if findingCode(buildspec.Kind(k[1])) == "" {
			t.Errorf("%s has no code", k[1])
		}
	}
}

// What a person wrote is kept for the generator; what tfgen wrote is not.
func TestWrittenBuildspecs(t *testing.T) {
	dir := t.TempDir()
	spec := []byte("project \"web\" {\n  region = \"eu-west-1\"\n}\nsource \"codecommit\" {\n  repository = \"web\"\n}\nservice \"web\" {\n  build { context = \"app\" }\n}\n")
	must(t, os.WriteFile(dir+"/tfgen.hcl", spec, 0o644))
	must(t, os.Mkdir(dir+"/app", 0o755))
	for _, c := range []struct{ text, written string }{
		{buildspec.Header + "\nversion: 0.2\n", ""},
		{"version: 0.2\nphases:\n  build:\n    commands: [make]\n", "version: 0.2\nphases:\n  build:\n    commands: [make]\n"},
	} {
		must(t, os.WriteFile(dir+"/app/buildspec.yml", []byte(c.text), 0o644))
		s, problems := Load(dir + "/tfgen.hcl")
		if s == nil {
			t.Fatal(problems)
		}
		if got := string(s.Services[0].Build.Written); got != c.written {
			t.Errorf("%q gives %q", c.text, got)
		}
	}
}

// What is no buildspec at all is one problem, and waits for nobody.
func TestBadBuildspecs(t *testing.T) {
	const spec = "project \"web\" {\n  region = \"eu-west-1\"\n}\nsource \"codecommit\" {\n  repository = \"web\"\n}\nservice \"web\" {\n  build {}\n}\n"
	const written = "version: 0.2\nphases:\n  build:\n    commands: [make]\n"
	for _, c := range []struct {
		name, code string // no code where nothing is wrong
		make       func(t *testing.T, path string)
	}{
		{"missing", "", func(*testing.T, string) {}},
		{"folder", unreadable, func(t *testing.T, path string) { must(t, os.Mkdir(path, 0o755)) }},
		{"fifo", unreadable, func(t *testing.T, path string) { must(t, syscall.Mkfifo(path, 0o644)) }},
		{"device", unreadable, func(t *testing.T, path string) { must(t, os.Symlink("/dev/zero", path)) }},
		{"itself", unreadable, func(t *testing.T, path string) { must(t, os.Symlink(path, path)) }},
		{"10 MB", unreadable, text(strings.Repeat("# comment\n", 1<<20))},
		{"1 MB", specNotText, text(strings.Repeat("# comment\n", 100_000))},
		{"empty", specWrongType, text("")},
		{"byte order mark alone", specWrongType, text("\ufeff")},
		{"10,000 deep", specYAML, text(strings.Repeat("[", 10_000))},
		{"10,000 deep and closed", specWrongType, text(strings.Repeat("[", 9_000) + strings.Repeat("]", 9_000))},
		{"deep blocks", specYAML, text(strings.Repeat("- ", 20_000))},
		{"Latin-1", specNotText, text("version: caf\xe9\n")},
		{"UTF-16", specNotText, text("\xff\xfev\x00")},
		{"byte order mark", "", text("\ufeff" + written)},
		{"CRLF", "", text(strings.ReplaceAll(written, "\n", "\r\n"))},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			c.make(t, filepath.Join(dir, "buildspec.yml"))
			text(spec)(t, filepath.Join(dir, "tfgen.hcl"))
			_, problems := Load(filepath.Join(dir, "tfgen.hcl"))
			var errors []string
			for _, p := range problems {
				if p.Severity == Error {
					errors = append(errors, p.Code)
				}
			}
			if got := strings.Join(errors, " "); got != c.code {
				t.Errorf("got %q, want %q: %v", got, c.code, problems)
			}
		})
	}
}
