package generator_test

import (
	"encoding/json"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"

	"tfgen/generator/files"
	"tfgen/internal/terraformtest"
)

// TestValidate asks Terraform, with the real provider, about the roots of all
// specs and the modules below them. One configuration calls them all, since
// most of the time goes by until the provider has started.
func TestValidate(t *testing.T) {
	tf, dir := terraformtest.Find(t), t.TempDir()
	calls := hclwrite.NewEmptyFile()
	sets := generateAll(t)
	for _, name := range slices.Sorted(maps.Keys(sets)) {
		for _, root := range roots(sets[name]) {
			if name != withProvider {
				sets[name][root+"/providers.tf"] = withoutProvider(t, sets[name][root+"/providers.tf"])
			}
			addCall(t, calls.Body(), name+"/"+root, parseTerraform(t, root, sets[name][root+"/variables.tf"]).Blocks)
		}
		writeSet(t, filepath.Join(dir, name), sets[name])
	}
	if err := os.WriteFile(filepath.Join(dir, "main.tf"), calls.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	tf.Run(t, dir, os.Environ(), "init", "-backend=false", "-no-color")
	out, _ := tf.Code(t, dir, os.Environ(), "validate", "-json")
	var answer validation
	if err := json.Unmarshal([]byte(out), &answer); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, d := range answer.Diagnostics {
		// A backend is the root's, and here all but one are called.
		if d.Summary != "Backend configuration ignored" {
			t.Errorf("%s %s:%d: %s. %s", d.Severity, d.Range.Filename, d.Range.Start.Line, d.Summary, d.Detail)
		}
	}
}

// withProvider is the spec whose roots keep their provider blocks. Each such
// block is two processes of the provider, so the others go without.
const withProvider = "state"

func withoutProvider(t *testing.T, src []byte) []byte {
	t.Helper()
	file, diags := hclwrite.ParseConfig(src, "providers.tf", hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	for _, block := range file.Body().Blocks() {
		if block.Type() == "provider" {
			file.Body().RemoveBlock(block)
		}
	}
	return file.Bytes()
}

// validation is what terraform validate -json prints.
type validation struct {
	Diagnostics []struct {
		Severity, Summary, Detail string
		Range                     struct {
			Filename string
			Start    struct{ Line int }
		}
	}
}

func writeSet(t *testing.T, dir string, set files.Set) {
	t.Helper()
	for name, text := range set {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// roots returns the folders of a set that hold root modules, sorted.
func roots(set files.Set) (dirs []string) {
	for name := range set {
		if path.Base(name) == "providers.tf" {
			dirs = append(dirs, path.Dir(name))
		}
	}
	slices.Sort(dirs)
	return dirs
}

// addCall adds a call of a module with a value for each variable that needs one.
func addCall(t *testing.T, body *hclwrite.Body, dir string, variables hclsyntax.Blocks) {
	t.Helper()
	call := body.AppendNewBlock("module", []string{strings.NewReplacer("/", "-").Replace(dir)}).Body()
	call.SetAttributeValue("source", cty.StringVal("./"+dir))
	for _, variable := range variables {
		if variable.Body.Attributes["default"] == nil {
			call.SetAttributeValue(variable.Labels[0], cty.StringVal("x"))
		}
	}
}
