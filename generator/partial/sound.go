package partial

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// checkDynamics finds the dynamic blocks below body that can never describe
// blocks.
func checkDynamics(body *hclsyntax.Body) (diags hcl.Diagnostics) {
	for _, block := range body.Blocks {
		if block.Type == "dynamic" {
			diags = append(diags, checkDynamic(block)...)
		}
		diags = append(diags, checkDynamics(block.Body)...)
	}
	return diags
}

func checkDynamic(block *hclsyntax.Block) (diags hcl.Diagnostics) {
	if len(block.Labels) != 1 || !hclsyntax.ValidIdentifier(block.Labels[0]) {
		diags = append(diags, newError(block.DefRange(), "A dynamic block needs one label, the type of the blocks it describes."))
	}
	if len(block.Body.Blocks) != 1 || block.Body.Blocks[0].Type != "content" || len(block.Body.Blocks[0].Labels) > 0 {
		diags = append(diags, newError(block.DefRange(), "A dynamic block needs one content block."))
	}
	if block.Body.Attributes["for_each"] == nil {
		diags = append(diags, newError(block.DefRange(), "A dynamic block needs a for_each."))
	}
	for _, attr := range attributes(block.Body) {
		switch attr.Name {
		case "for_each", "labels":
		case "iterator":
			if hcl.ExprAsKeyword(attr.Expr) == "" {
				diags = append(diags, newError(attr.Expr.Range(), "The iterator needs to be a name."))
			}
		default:
			diags = append(diags, newError(attr.NameRange, "A dynamic block has no argument %q.", attr.Name))
		}
	}
	return diags
}
