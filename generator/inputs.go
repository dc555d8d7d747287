package generator

import "github.com/zclconf/go-cty/cty"

// inputs returns the variables of a root by name, and of which kind each is: the
// "flag" that lets go of what holds data, if there is such, a "sensitive" text, or
// an "ephemeral" one that Terraform hands on and does not keep.
func inputs(flag bool, sensitive, ephemeral []string) cty.Value {
	kinds := map[string]string{}
	if flag {
		kinds["force_destroy"] = "flag"
	}
	for _, name := range sensitive {
		kinds[name] = "sensitive"
	}
	for _, name := range ephemeral {
		kinds[name] = "ephemeral"
	}
	return dictionary(kinds)
}
