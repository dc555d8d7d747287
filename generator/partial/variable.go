package partial

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
)

// Variable is the name under which the values given to Eval and Check hold one
// of the module's own variables, such as "var.port".
func Variable(name string) string { return "var." + name }

// Defaults returns the variables that the template declares with a default, by
// their names. A default is a value spelled out, or it is an error.
func (t *Template) Defaults() (map[string]cty.Value, error) {
	defaults := map[string]cty.Value{}
	for _, block := range t.root.Blocks {
		attr := block.Body.Attributes["default"]
		if block.Type != "variable" || attr == nil {
			continue
		}
		val, diags := attr.Expr.Value(&hcl.EvalContext{})
		if diags.HasErrors() {
			return nil, fmt.Errorf("default of variable %q: %w", block.Labels[0], diags)
		}
		defaults[block.Labels[0]] = val
	}
	return defaults, nil
}
