package spec

import (
	"os"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// FuzzParse: no text makes Parse panic, a Spec comes exactly when nothing is an
// error, every problem is whole, and a planted credential is in none of them.
func FuzzParse(f *testing.F) {
	for _, path := range []string{"testdata/complete.tfgen.hcl", "testdata/complete.tfgen.hcl.json"} {
		src, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(src), strings.HasSuffix(path, ".json"))
	}
	for _, name := range []string{"language", "variables", "load_balancer", "service"} {
		archive, err := txtar.ParseFile("testdata/problems/" + name + ".txtar")
		if err != nil {
			f.Fatal(err)
		}
		for _, c := range cases(archive) {
			f.Add(string(c.spec), strings.HasSuffix(c.file, ".json"))
		}
	}
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
		_, problems = Parse([]byte(src+"\nservice \"planted\" {\n  environment = { API_TOKEN = \""+planted+"\" }\n}\n"), filename)
		without(t, problems, src)
	})
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
