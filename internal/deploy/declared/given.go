package declared

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclparse"
)

// Given are the variables that the files of values in a folder set, those that
// Terraform reads by itself.
//
// https://developer.hashicorp.com/terraform/language/values/variables#variable-definitions-tfvars-files
func Given(dir string) map[string]bool {
	set := map[string]bool{}
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		name := strings.TrimSuffix(e.Name(), ".json")
		if name != "terraform.tfvars" && !strings.HasSuffix(name, ".auto.tfvars") {
			continue
		}
		for variable := range values(filepath.Join(dir, e.Name())) {
			set[variable] = true
		}
	}
	return set
}

// values are what a file of values sets. Of one that cannot be read, Terraform
// says what is wrong.
func values(file string) hcl.Attributes {
	parse := hclparse.NewParser().ParseHCLFile
	if filepath.Ext(file) == ".json" {
		parse = hclparse.NewParser().ParseJSONFile
	}
	parsed, _ := parse(file)
	if parsed == nil || parsed.Body == nil {
		return nil
	}
	attributes, _ := parsed.Body.JustAttributes()
	return attributes
}
