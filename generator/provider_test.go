package generator_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// TestProvider asserts that the generated code says to the AWS provider only
// what both of its versions know, neither of them with a warning.
func TestProvider(t *testing.T) {
	refused, used := refusals(t), map[string]bool{}
	for _, f := range terraformFiles(t) {
		for _, problem := range misuse(f, refused, used) {
			t.Errorf("%s: %s", f.name, problem)
		}
	}
	for name := range refused {
		if !used[name] {
			t.Errorf("no spec of the tests makes use of %s", name)
		}
	}
}

// refusals reads testdata/provider.txt: what is refused, by type.
func refusals(t *testing.T) map[string][]string {
	t.Helper()
	table, err := os.ReadFile("testdata/provider.txt")
	if err != nil {
		t.Fatal(err)
	}
	refused := map[string][]string{}
	for line := range strings.Lines(string(table)) {
		if words := strings.Fields(line); len(words) > 0 && words[0] != "#" {
			refused[words[0]] = append(words[1:], "region")
		}
	}
	return refused
}

// misuse finds what a file says that is refused, and marks the types it uses.
func misuse(f terraform, refused map[string][]string, used map[string]bool) (problems []string) {
	for _, block := range f.body.Blocks {
		if block.Type != "resource" && block.Type != "data" {
			continue
		}
		name := strings.TrimPrefix(block.Type+"."+block.Labels[0], "resource.")
		used[name] = true
		if refused[name] == nil {
			problems = append(problems, name+" is not in testdata/provider.txt")
		}
		for _, said := range saidIn(block.Body) {
			if slices.Contains(refused[name], said) {
				problems = append(problems, fmt.Sprintf("line %d: %s.%s", block.Range().Start.Line, name, said))
			}
		}
	}
	visit(f.body, func(node hclsyntax.Node) {
		x, ok := node.(*hclsyntax.ScopeTraversalExpr)
		if !ok {
			return
		}
		name, attributes := reads(x.Traversal)
		for _, read := range attributes {
			if slices.Contains(refused[name], read) {
				problems = append(problems, fmt.Sprintf("line %d: %s.%s is read", x.SrcRange.Start.Line, name, read))
			}
		}
	})
	return problems
}

// saidIn returns the arguments and blocks of a resource, dynamic ones too.
func saidIn(body *hclsyntax.Body) (names []string) {
	for name := range body.Attributes {
		names = append(names, name)
	}
	for _, block := range body.Blocks {
		name := block.Type
		if name == "dynamic" {
			name = block.Labels[0]
		}
		names = append(names, name)
	}
	return names
}

// reads returns the type that a traversal is about and the attributes that it
// reads.
func reads(t hcl.Traversal) (name string, attributes []string) {
	names := []string{t.RootName()}
	for _, step := range t[1:] {
		if name, ok := stepName(step); ok {
			names = append(names, name)
		}
	}
	if names[0] == "data" && len(names) > 3 {
		return "data." + names[1], names[3:]
	}
	if len(names) > 2 {
		return names[0], names[2:]
	}
	return "", nil
}

// stepName returns the attribute that a step of a traversal names.
func stepName(step hcl.Traverser) (string, bool) {
	attr, ok := step.(hcl.TraverseAttr)
	return attr.Name, ok
}
