package spec

import (
	"os"
	"regexp"
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
