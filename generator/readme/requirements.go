package readme

import "github.com/hashicorp/hcl/v2"

// terraform returns the version of Terraform that a terraform block asks for.
func (d declaration) terraform() [][]string {
	version := d.str("required_version")
	if version == "" {
		return nil
	}
	return [][]string{{code("terraform"), code(version)}}
}

// providers returns the versions of providers that a terraform block asks for.
func (d declaration) providers() (rows [][]string) {
	for _, block := range d.Body.Blocks {
		if block.Type != "required_providers" {
			continue
		}
		for name, attr := range block.Body.Attributes {
			rows = append(rows, []string{code(name), providerVersion(attr.Expr)})
		}
	}
	return rows
}

// providerVersion returns the version in an entry of required_providers: an
// object that may hold more than values, or a string, its older form.
func providerVersion(x hcl.Expression) string {
	if version, ok := stringOf(x); ok {
		return code(version)
	}
	pairs, _ := hcl.ExprMap(x)
	for _, pair := range pairs {
		key, _ := stringOf(pair.Key)
		if version, ok := stringOf(pair.Value); ok && key == "version" {
			return code(version)
		}
	}
	return "n/a"
}
