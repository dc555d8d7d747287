// Package templates holds what tfgen starts from.
//
// A folder is a module, a file is a concern. Every .tf file is plain Terraform
// that may mention spec; package partial says what becomes of that. An about.md
// is the prose of the module's README, and asks by has what the module has.
// Beside them stands what is not Terraform.
package templates

import "embed"

// FS holds the templates by their paths relative to this folder.
//
//go:embed */*.tf */*.md */*.tmpl overview/gitignore
var FS embed.FS
