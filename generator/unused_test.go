package generator_test

import (
	"maps"
	"path"
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
