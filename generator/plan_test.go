package generator_test

import (
	"bytes"
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

// TestPlan plans the roots of all specs. The provider is the real one, which
// knows each argument and says which are deprecated, but AWS's answers are made
// up (testdata/plan). One configuration calls all roots, since most of the time
// goes by until the provider has started.
func TestPlan(t *testing.T) {
	tf, dir := terraformtest.Find(t), t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/plan")); err != nil {
		t.Fatal(err)
	}
	calls := hclwrite.NewEmptyFile()
	sets := generateAll(t)
	for _, name := range slices.Sorted(maps.Keys(sets)) {
		for _, root := range roots(sets[name]) {
			sets[name][root+"/providers.tf"] = withoutProvider(t, sets[name][root+"/providers.tf"])
			addCall(calls.Body(), name+"/"+root, parseTerraform(t, root, sets[name][root+"/variables.tf"]).Blocks)
		}
		for _, policy := range []string{"build", "web", "writer"} {
			sets[name]["policies/"+policy+".json"] = []byte("{}")
		}
		writeSet(t, filepath.Join(dir, name), sets[name])
	}
	if err := os.WriteFile(filepath.Join(dir, "calls.tf"), calls.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	tf.Run(t, dir, os.Environ(), "init", "-backend=false", "-no-color")
	out, _ := tf.Code(t, dir, os.Environ(), "test", "-json", "-test-directory=.")
	passed := false
	for line := range strings.Lines(out) {
		passed = readEvent(t, line) || passed
	}
	if !passed {
		t.Error("not all roots could be planned")
	}
}

// event is a line that terraform test -json prints, as far as it matters here.
type event struct {
	Type       string
	Diagnostic struct {
		Severity, Summary, Detail string
		Range                     struct {
			Filename string
			Start    struct{ Line int }
		}
	}
	Summary struct {
		Status string `json:"status"`
	} `json:"test_summary"`
}

// readEvent reports what is wrong, and whether the line says that all passed.
func readEvent(t *testing.T, line string) bool {
	t.Helper()
	var e event
	if err := json.Unmarshal([]byte(line), &e); err != nil {
		t.Fatalf("%v\n%s", err, line)
	}
	d := e.Diagnostic
	// A backend is its root's business, and here all roots are called.
	if e.Type == "diagnostic" && d.Summary != "Backend configuration ignored" {
		t.Errorf("%s %s:%d: %s. %s", d.Severity, d.Range.Filename, d.Range.Start.Line, d.Summary, d.Detail)
	}
	return e.Summary.Status == "pass"
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

// withoutProvider removes the provider blocks: only the one at the top can be
// made up.
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
	return bytes.TrimSpace(file.Bytes())
}

// addCall adds a call of a module with a value for each variable that needs one.
func addCall(body *hclwrite.Body, dir string, variables hclsyntax.Blocks) {
	call := body.AppendNewBlock("module", []string{strings.NewReplacer("/", "-").Replace(dir)}).Body()
	call.SetAttributeValue("source", cty.StringVal("./"+dir))
	for _, variable := range variables {
		if variable.Body.Attributes["default"] == nil {
			call.SetAttributeValue(variable.Labels[0], cty.StringVal("x"))
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
