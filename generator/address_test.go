package generator_test

import (
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// TestAddresses asserts that no change of a spec gives a resource another
// address unsaid: one that has keys in some modules and none in others is
// moved to where it has them.
func TestAddresses(t *testing.T) {
	all, plain := terraformFiles(t), map[string]bool{}
	for _, f := range all {
		for address, block := range resources(f) {
			plain[address] = plain[address] || block.Body.Attributes["for_each"] == nil
		}
	}
	for _, f := range all {
		for address, block := range resources(f) {
			keyed := block.Body.Attributes["for_each"] != nil
			_, name, _ := strings.Cut(address, ": ")
			if keyed && plain[address] && !strings.Contains(string(f.src), "  from = "+name+"\n") {
				t.Errorf("%s: %s has keys here and none elsewhere, and no moved block says so", f.name, name)
			}
		}
	}
}

// TestMovable asserts that a service keeps its resources when a moved block
// carries it to another module: what they are called, there and here, is the
// same.
func TestMovable(t *testing.T) {
	called := map[string]string{} // what says it, by resource and attribute
	compared := 0
	for _, f := range terraformFiles(t) {
		for address, block := range resources(f) {
			module, name, _ := strings.Cut(address, ": ")
			if !slices.Contains([]string{"service", "worker", "pipeline_owned_service", "pipeline_owned_worker"}, module) {
				continue
			}
			for _, attribute := range []string{"name", "description", "family"} {
				a := block.Body.Attributes[attribute]
				if a == nil {
					continue
				}
				said, key := string(a.Expr.Range().SliceBytes(f.src)), name+"."+attribute
				if other := called[key]; other != "" && other != said {
					t.Errorf("%s: %s is %s, and %s elsewhere", f.name, key, said, other)
				}
				called[key] = said
				compared++
			}
		}
	}
	if compared == 0 {
		t.Error("nothing was compared")
	}
}

// resources returns the resources of a file by module and address.
func resources(f terraform) map[string]*hclsyntax.Block {
	all := map[string]*hclsyntax.Block{}
	for _, block := range f.body.Blocks {
		if block.Type == "resource" {
			all[path.Base(path.Dir(f.name))+": "+strings.Join(block.Labels, ".")] = block
		}
	}
	return all
}
