package generator

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/zclconf/go-cty/cty"

	"tfgen/generator/files"
	"tfgen/generator/partial"
	"tfgen/generator/spec"
	"tfgen/internal/terraformtest"
	"tfgen/templates"
)

// TestTemplateFormat asks Terraform whether the templates are as it would
// write them: they are Terraform, as far as an editor or a linter can tell.
func TestTemplateFormat(t *testing.T) {
	terraformtest.Find(t).Run(t, "../templates", os.Environ(), "fmt", "-check", "-diff", "-recursive")
}

// TestTemplateNames finds names that no spec has, in the parts too that no
// spec of the tests makes anything of.
func TestTemplateNames(t *testing.T) {
	views := viewTypes(t)
	for folder, types := range views {
		for name, tmpl := range sources(t, folder) {
			if problem := check(t, folder, tmpl, types); problem != "" {
				t.Errorf("%s/%s: %s", folder, name, problem)
			}
		}
	}
	for _, folder := range folders(t) {
		if views[folder] == nil {
			t.Errorf("no spec of the tests makes a module of %s", folder)
		}
	}
}

// TestMisspelling misspells each name of the spec in turn, and wants it found.
func TestMisspelling(t *testing.T) {
	name := regexp.MustCompile(`\b(?:spec|(?:group|backend)\.value)(?:\.[a-z_0-9]+)+`)
	found := 0
	for folder, types := range viewTypes(t) {
		for file, src := range sources(t, folder) {
			for _, at := range name.FindAllStringIndex(src, -1) {
				found++
				misspelt := src[:at[1]] + "x" + src[at[1]:]
				if check(t, folder, misspelt, types) == "" {
					t.Errorf("%s/%s: nothing is wrong with %sx", folder, file, src[at[0]:at[1]])
				}
			}
		}
	}
	if found < 100 {
		t.Errorf("only %d names in the templates", found)
	}
}

// TestViews asserts that a template is shown nothing that it does not look at.
func TestViews(t *testing.T) {
	for folder, types := range viewTypes(t) {
		var all strings.Builder
		for _, src := range sources(t, folder) {
			all.WriteString(src)
		}
		for name := range types[0].AttributeTypes() {
			if !regexp.MustCompile(`\bspec\.` + name + `\b`).MatchString(all.String()) {
				t.Errorf("%s does not mention spec.%s", folder, name)
			}
		}
	}
}

// viewTypes returns, by template folder, the types that spec has there in the
// modules of all specs, each once.
func viewTypes(t *testing.T) map[string][]cty.Type {
	t.Helper()
	names, err := filepath.Glob("testdata/specs/*.hcl")
	if err != nil {
		t.Fatal(err)
	}
	types := map[string][]cty.Type{}
	for _, name := range append(names, "../examples/complete/tfgen.hcl") {
		s, problems := spec.Load(name)
		if s == nil {
			t.Fatal(problems)
		}
		g := &generation{spec: s, set: files.Set{}}
		for _, m := range g.modules() {
			types[m.template] = addType(types[m.template], cty.ObjectVal(m.view()).Type())
		}
	}
	return types
}

func addType(types []cty.Type, ty cty.Type) []cty.Type {
	for _, known := range types {
		if known.Equals(ty) {
			return types
		}
	}
	return append(types, ty)
}

// check returns the first problem that a template of a folder has with any of the
// types, whether or not the variables that have a default are passed.
func check(t *testing.T, folder, src string, types []cty.Type) string {
	t.Helper()
	tmpl, diags := partial.Parse([]byte(src), "template.tf")
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	for _, ty := range types {
		known := map[string]cty.Type{"spec": ty}
		if diags := tmpl.Check(known); diags.HasErrors() {
			return diags.Error()
		}
		for name := range moduleDefaults(folder) {
			known[partial.Variable(name)] = cty.DynamicPseudoType
		}
		if diags := tmpl.Check(known); diags.HasErrors() {
			return diags.Error()
		}
	}
	return ""
}

// sources returns the Terraform files of a template folder by name.
func sources(t *testing.T, folder string) map[string]string {
	t.Helper()
	names, err := fs.Glob(templates.FS, folder+"/*.tf")
	if err != nil || len(names) == 0 {
		t.Fatal("no templates in "+folder, err)
	}
	all := map[string]string{}
	for _, name := range names {
		src, err := fs.ReadFile(templates.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		all[path.Base(name)] = string(src)
	}
	return all
}

// folders returns the template folders that have Terraform files.
func folders(t *testing.T) []string {
	t.Helper()
	names, err := fs.Glob(templates.FS, "*/terraform.tf")
	if err != nil {
		t.Fatal(err)
	}
	for i, name := range names {
		names[i] = path.Dir(name)
	}
	return names
}
