package spec

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSnippets(t *testing.T) {
	for _, c := range []struct {
		name, spec string
		want       Snippet
	}{
		{"an argument", "service \"web\" {\n  port = \"80\"\n  image { first = \"x\" }\n}\n",
			Snippet{Context: `service "web"`, Code: `  port = "80"`, StartLine: 2, HighlightStart: 9, HighlightEnd: 13}},
		{"CRLF", "service \"web\" {\r\n  port = \"80\"\r\n  image { first = \"x\" }\r\n}\r\n",
			Snippet{Context: `service "web"`, Code: `  port = "80"`, StartLine: 2, HighlightStart: 9, HighlightEnd: 13}},
		{"a masked value", "service \"web\" {\n  environment = { A_KEY = \"abcd\" }\n  image { first = \"x\" }\n}\n",
			Snippet{Context: `service "web"`, Code: `  environment = { A_KEY = ****** }`, StartLine: 2, HighlightStart: 18, HighlightEnd: 23}},
		{"several lines", "service \"web\" {\n  port = [\n    80,\n  ]\n  image { first = \"x\" }\n}\n",
			Snippet{Context: `service "web"`, Code: "  port = [\n    80,\n  ]", StartLine: 2, HighlightStart: 9, HighlightEnd: 22}},
		{"too many lines", "service \"web\" {\n  port = [" + strings.Repeat("\n", 10) + "]\n  image { first = \"x\" }\n}\n",
			Snippet{Context: `service "web"`, Code: "  port = [", StartLine: 2, HighlightStart: 9, HighlightEnd: 10}},
		{"a long line", "service \"web\" {\n  port = /*" + strings.Repeat("é", 300) + "*/ \"80\"\n  image { first = \"x\" }\n}\n",
			Snippet{Context: `service "web"`, Code: strings.Repeat("é", 49) + "*/ \"80\"", StartLine: 2, HighlightStart: 101, HighlightEnd: 105}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, problems := Parse(withBase([]byte(c.spec)), "tfgen.hcl")
			if len(problems) == 0 || problems[0].Snippet == nil {
				t.Fatal(problems)
			}
			if diff := cmp.Diff(c.want, *problems[0].Snippet); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestProblemsOfJSONHaveSnippets(t *testing.T) {
	_, problems := Parse([]byte(`{"project": {"shop": {"region": 5}}, "source": {"codecommit": {"repository": "a"}}}`), "a/tfgen.hcl.json")
	if len(problems) == 0 || problems[0].Snippet == nil || !strings.Contains(problems[0].Snippet.Code, `"region": 5`) {
		t.Errorf("%+v", problems)
	}
	if want := "a/tfgen.hcl.json:1,33: Wrong type; region must be a string, not a number. Put it in quotes."; problems[0].Error() != want {
		t.Errorf("got %q", problems[0].Error())
	}
}
