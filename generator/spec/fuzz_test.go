package spec

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// FuzzParse: no text makes Parse panic, a Spec comes exactly when nothing is an
// error, every problem is whole, and a planted credential is in none of them.
func FuzzParse(f *testing.F) {
	for _, path := range matches(f, "testdata/*.tfgen.hcl", "../../examples/*/tfgen.hcl", "../../examples/tutorial/steps/*/tfgen.hcl") {
		src, err := os.ReadFile(path)
		must(f, err)
		f.Add(string(src), false)
		f.Add(string(asJSON(f, path)), true)
	}
	for _, path := range matches(f, "testdata/problems/*.txtar") {
		archive, err := txtar.ParseFile(path)
		must(f, err)
		for _, c := range cases(archive) {
			f.Add(string(c.spec), strings.HasSuffix(c.file, ".json"))
		}
	}
	f.Add("secret \"b\" {\n  values = { user = nothing \"22\", token = ssm(\"/hunter22\")", false)
	f.Fuzz(func(t *testing.T, src string, isJSON bool) {
		filename := "tfgen.hcl"
		if isJSON {
			filename = "tfgen.hcl.json"
		}
		s, problems := Parse([]byte(src), filename)
		if (s == nil) != problems.HasErrors() {
			t.Errorf("Spec %v with %v", s, problems)
		}
		for _, p := range problems {
			whole(t, p)
		}
		if strings.Contains(src, "hunter22") {
			return // where it may be a name, such as ssm's, which is shown
		}
		_, problems = Parse([]byte(src+"\nservice \"planted\" {\n  environment = { API_TOKEN = \""+planted+"\" }\n}\n"), filename)
		without(t, problems, src)
	})
}

func matches(f *testing.F, patterns ...string) (names []string) {
	for _, pattern := range patterns {
		found, err := filepath.Glob(pattern)
		if err != nil || len(found) == 0 {
			f.Fatalf("no files match %s: %v", pattern, err)
		}
		names = append(names, found...)
	}
	return names
}

func whole(t *testing.T, p Problem) {
	t.Helper()
	if p.Code == "" || p.Summary == "" || p.Detail == "" || p.Severity == "" {
		t.Errorf("not whole: %+v", p)
	}
	if s := p.Snippet; s != nil && (s.HighlightStart < 0 || s.HighlightStart > s.HighlightEnd || s.HighlightEnd > len(s.Code)) {
		t.Errorf("highlight outside of the snippet: %+v", s)
	}
}
