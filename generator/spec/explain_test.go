package spec

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"go.yaml.in/yaml/v3"
)

func TestEveryCodeIsExplained(t *testing.T) {
	src, err := os.ReadFile("codes.go")
	if err != nil {
		t.Fatal(err)
	}
	used := regexp.MustCompile(`TFG\d{3}`).FindAllString(string(src), -1)
	var explained []string
	for _, e := range Codes() {
		explained = append(explained, e.Code)
		if e.Title == "" || e.Why == "" || e.Fix == "" || e.Example == "" || e.Severity == "" {
			t.Errorf("%s is not explained whole", e.Code)
		}
		if !strings.HasSuffix(e.Why, ".") || !strings.HasSuffix(e.Fix, ".") || strings.HasSuffix(e.Title, ".") {
			t.Errorf("%s: a title is no sentence, and the rest is: %q %q %q", e.Code, e.Title, e.Why, e.Fix)
		}
	}
	if !slices.IsSorted(explained) {
		t.Errorf("not in order: %v", explained)
	}
	if slices.Sort(used); !slices.Equal(used, explained) {
		t.Errorf("used %v\nexplained %v", used, explained)
	}
	if len(slices.Compact(slices.Clone(explained))) != len(explained) {
		t.Errorf("a code is explained twice: %v", explained)
	}
}

// An example is something to copy, so it must at least parse.
func TestExamplesParse(t *testing.T) {
	for _, e := range Codes() {
		switch {
		case strings.HasPrefix(e.Example, "tfgen ") || strings.HasPrefix(e.Example, "iconv "):
		case e.Code >= specNotText && e.Code != specUnsetVariable && e.Code != specNotPrivileged:
			if err := yaml.Unmarshal([]byte(e.Example), new(any)); err != nil {
				t.Errorf("%s: %v", e.Code, err)
			}
		default:
			_, body := hclsyntax.ParseConfig([]byte(e.Example+"\n"), e.Code, hcl.InitialPos)
			_, expression := hclsyntax.ParseExpression([]byte(e.Example), e.Code, hcl.InitialPos)
			if body.HasErrors() && expression.HasErrors() {
				t.Errorf("%s: %v", e.Code, body)
			}
		}
	}
}
