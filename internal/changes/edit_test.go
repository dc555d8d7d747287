package changes

import (
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
)

// set sets one argument of a spec: `service "web" / image / keep = 5`. A block
// without a label that is not there is added, and null takes an argument away.
func set(t *testing.T, spec, change string) string {
	t.Helper()
	file, diags := hclwrite.ParseConfig([]byte(spec), "tfgen.hcl", hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	where, value, _ := strings.Cut(change, " = ")
	path := strings.Split(where, " / ")
	body := file.Body()
	for _, step := range path[:len(path)-1] {
		kind, label, labelled := strings.Cut(step, " ")
		var labels []string
		if labelled {
			labels = []string{strings.Trim(label, `"`)}
		}
		found := body.FirstMatchingBlock(kind, labels)
		if found == nil && labelled {
			t.Fatalf("%s: there is no %s", change, step)
		}
		if found == nil {
			found = body.AppendNewBlock(kind, nil)
		}
		body = found.Body()
	}
	tokens, diags := hclsyntax.LexExpression([]byte(value), "value", hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatalf("%s: %v", change, diags)
	}
	raw := hclwrite.Tokens{}
	for _, token := range tokens[:len(tokens)-1] { // the last one is the end of the file
		raw = append(raw, &hclwrite.Token{Type: token.Type, Bytes: token.Bytes, SpacesBefore: 1})
	}
	if len(body.Attributes())+len(body.Blocks()) == 0 {
		body.AppendNewline() // the block may stand on one line
	}
	body.SetAttributeRaw(path[len(path)-1], raw)
	return string(hclwrite.Format(file.Bytes()))
}

// replace replaces a text that stands once: "OLD => NEW", with \n for a new line.
func replace(t *testing.T, spec, change string) string {
	t.Helper()
	from, to, _ := strings.Cut(strings.ReplaceAll(change, `\n`, "\n"), " => ")
	if n := strings.Count(spec, from); n != 1 {
		t.Fatalf("%q stands %d times in the spec", from, n)
	}
	return strings.Replace(spec, from, to, 1)
}

func edit(t *testing.T, spec, change string) string {
	t.Helper()
	if strings.Contains(change, " => ") {
		return replace(t, spec, change)
	}
	return set(t, spec, change)
}

func TestEdit(t *testing.T) {
	t.Parallel()
	spec := "service \"web\" {\n  cpu = 1\n}\n"
	for change, want := range map[string]string{
		`service "web" / cpu = 2`:          "service \"web\" {\n  cpu = 2\n}\n",
		`service "web" / image / keep = 5`: "service \"web\" {\n  cpu = 1\n  image {\n\n    keep = 5\n  }\n}\n",
		`"web" => "api"`:                   "service \"api\" {\n  cpu = 1\n}\n",
	} {
		if got := edit(t, spec, change); got != want {
			t.Errorf("%s:\n%s", change, got)
		}
	}
}
