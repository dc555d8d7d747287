package generator_test

import (
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// TestUnused asserts that a module declares nothing that it does not use,
// whichever of its parts a spec leaves out.
func TestUnused(t *testing.T) {
	for spec, set := range generateAll(t) {
		modules := map[string]*uses{}
		for name, src := range set {
			if strings.HasSuffix(name, ".tf") {
				dir := path.Dir(name)
				if modules[dir] == nil {
					modules[dir] = &uses{declared: map[string]bool{}, used: map[string]bool{}}
				}
				modules[dir].add(parseTerraform(t, name, src))
			}
		}
		for dir, module := range modules {
			for _, name := range slices.Sorted(maps.Keys(module.declared)) {
				if !module.used[name] {
					t.Errorf("%s: %s: %s is declared and not used", spec, dir, name)
				}
			}
		}
	}
}

// TestOutputs asserts that somebody reads each output of a module: a root of some
// spec, or a file of a user's own that the docs show.
func TestOutputs(t *testing.T) {
	written := map[[2]string]bool{}
	readers := page(t, "own-files.md") + page(t, "database.md")
	for _, f := range terraformFiles(t) {
		if !strings.Contains(f.name, "/modules/") {
			readers += string(f.src)
			continue
		}
		for _, block := range f.body.Blocks {
			if block.Type == "output" {
				written[[2]string{path.Base(path.Dir(f.name)), block.Labels[0]}] = true
			}
		}
	}
	for output := range written {
		if !readsOutput(readers, output[0], output[1]) {
			t.Errorf("nobody reads the output %s of %s", output[1], output[0])
		}
	}
}

func page(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile("../docs/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// readsOutput reports whether a text has an output of a module, one of its
// instances, or what a for expression calls one: module.registry["shop"].arn,
// registry.arn. The docs also name outputs by themselves.
func readsOutput(text, module, output string) bool {
	of := module
	switch {
	case strings.HasSuffix(module, "service"), strings.HasSuffix(module, "worker"): // one template
		of = "(service|worker)"
	case module == "load_balancer":
		of = "(load_balancer|listeners)" // those that exist already among them
	}
	return regexp.MustCompile(`\b` + of + `(\[[^\n]*?\])?\.` + output + `\b` + "|`" + output + "`").MatchString(text)
}

// uses are the variables, locals and data sources of a module, by what refers
// to them, such as "local.region".
type uses struct{ declared, used map[string]bool }

func (u *uses) add(body *hclsyntax.Body) {
	for _, block := range body.Blocks {
		switch block.Type {
		case "variable":
			u.declared["var."+block.Labels[0]] = true
		case "data":
			u.declared["data."+block.Labels[0]+"."+block.Labels[1]] = true
		case "locals":
			for name := range block.Body.Attributes {
				u.declared["local."+name] = true
			}
		}
	}
	visit(body, func(node hclsyntax.Node) {
		if x, ok := node.(*hclsyntax.ScopeTraversalExpr); ok {
			u.use(x)
		}
	})
}

func (u *uses) use(x *hclsyntax.ScopeTraversalExpr) {
	name := x.Traversal.RootName()
	for _, step := range x.Traversal[1:] {
		if attribute, ok := stepName(step); ok {
			name += "." + attribute
			u.used[name] = true
		}
	}
}
