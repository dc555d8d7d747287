// Package declared reads what the code of a module declares, which variables its
// files of values set, and what the value of a variable holds.
//
// It promises to take a variable for a secret rather than not: what cannot be
// read is an error, and a mark counts unless it is false. It does not know
// Terraform's binary.
package declared

import (
	"os"
	"path/filepath"
	"regexp"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclparse"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// Secrets are the names of the variables that the code in a folder declares
// sensitive or ephemeral.
func Secrets(dir string) (map[string]bool, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	code := regexp.MustCompile(`\.(tf|tofu)(\.json)?$`)
	found := map[string]bool{}
	for _, e := range entries {
		if !code.MatchString(e.Name()) {
			continue
		}
		if err := secrets(filepath.Join(dir, e.Name()), found); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// secrets adds the secret variables of one file.
func secrets(file string, found map[string]bool) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	variables, problems := Blocks(file, text, hcl.BlockHeaderSchema{Type: "variable", LabelNames: []string{"name"}})
	for _, block := range variables {
		secret, more := isSecret(block.Body)
		problems = append(problems, more...)
		if secret {
			found[block.Labels[0]] = true
		}
	}
	if problems.HasErrors() {
		return problems
	}
	return nil
}

// Blocks are the blocks of one kind in a file of code, HCL or JSON by its name.
// With problems they are those that could be read.
func Blocks(file string, text []byte, kind hcl.BlockHeaderSchema) (hcl.Blocks, hcl.Diagnostics) {
	parse := hclparse.NewParser().ParseHCL
	if filepath.Ext(file) == ".json" {
		parse = hclparse.NewParser().ParseJSON
	}
	parsed, problems := parse(text, file)
	if parsed == nil || parsed.Body == nil {
		return nil, problems
	}
	content, _, more := parsed.Body.PartialContent(&hcl.BodySchema{Blocks: []hcl.BlockHeaderSchema{kind}})
	return content.Blocks, append(problems, more...)
}

// isSecret reports whether a variable is marked as one.
func isSecret(variable hcl.Body) (secret bool, problems hcl.Diagnostics) {
	marks, _, problems := variable.PartialContent(&hcl.BodySchema{Attributes: []hcl.AttributeSchema{{Name: "sensitive"}, {Name: "ephemeral"}}})
	for _, mark := range marks.Attributes {
		value, _ := mark.Expr.Value(nil)
		secret = secret || !value.RawEquals(cty.False)
	}
	return secret, problems
}

// Strings are the strings in a variable's value, as an environment has it: an
// expression where the type is a list or an object. There are none where it is
// no expression, or one that needs more than itself.
func Strings(value string) []string {
	parsed, problems := hclsyntax.ParseExpression([]byte(value), "", hcl.InitialPos)
	if problems.HasErrors() {
		return nil
	}
	whole, problems := parsed.Value(nil)
	if problems.HasErrors() {
		return nil
	}
	var found []string
	_ = cty.Walk(whole, func(_ cty.Path, v cty.Value) (bool, error) {
		if v.Type() == cty.String && v.IsKnown() && !v.IsNull() {
			found = append(found, v.AsString())
		}
		return true, nil
	})
	return found
}
