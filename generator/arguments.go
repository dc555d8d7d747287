package generator

import (
	"path"

	"github.com/zclconf/go-cty/cty"

	"tfgen/generator/readme"
)

// arguments are the names of the arguments that roots pass to modules, by the
// module's folder.
type arguments map[string]map[string]bool

// add adds what the module calls of a root pass.
func (a arguments) add(root string, blocks map[string][]readme.Block) {
	for _, file := range blocks {
		for _, block := range file {
			if block.Type == "module" {
				a.addCall(root, block)
			}
		}
	}
}

func (a arguments) addCall(root string, call readme.Block) {
	source, diags := call.Body.Attributes["source"].Expr.Value(nil)
	if diags.HasErrors() || source.Type() != cty.String {
		return
	}
	dir := path.Join(root, source.AsString())
	if a[dir] == nil {
		a[dir] = map[string]bool{}
	}
	for name := range call.Body.Attributes {
		a[dir][name] = true
	}
}
