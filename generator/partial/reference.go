package partial

import (
	"fmt"
	"reflect"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"
)

// Reference returns a value that is written as a reference to something that
// is known later: Reference("var", "name") as var.name. Each part must be an
// identifier, or writing it is an error. A template can put it in a place and
// index it with what is unknown; it is no string and has no attributes.
func Reference(parts ...string) cty.Value {
	return cty.CapsuleVal(referenceType, &reference{parts})
}

type reference struct{ parts []string }

// referenceType is a constant: cty tells capsule types apart by identity.
var referenceType = cty.Capsule("reference", reflect.TypeFor[reference]()) //nolint:gochecknoglobals // never changed

func referenceTokens(val cty.Value) (hclwrite.Tokens, error) {
	var traversal hcl.Traversal
	for i, name := range val.EncapsulatedValue().(*reference).parts {
		if !hclsyntax.ValidIdentifier(name) {
			return nil, fmt.Errorf("a reference cannot have the part %q", name)
		}
		if i == 0 {
			traversal = append(traversal, hcl.TraverseRoot{Name: name})
			continue
		}
		traversal = append(traversal, hcl.TraverseAttr{Name: name})
	}
	return hclwrite.TokensForTraversal(traversal), nil
}
