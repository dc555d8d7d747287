// Package layout holds the tests of how this repository is put together.
package layout

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestImports asserts that imports run one way: the command knows everything, the
// generator its parts, and the parts nothing of ours.
func TestImports(t *testing.T) {
	allowed := map[string][]string{
		"tfgen/cmd/tfgen":                       {"tfgen/"},
		"tfgen/examples":                        {},
		"tfgen/generator":                       {"tfgen/generator/", "tfgen/templates"},
		"tfgen/generator/buildspec":             {},
		"tfgen/generator/files":                 {},
		"tfgen/generator/partial":               {},
		"tfgen/generator/readme":                {},
		"tfgen/generator/spec":                  {"tfgen/generator/buildspec"},
		"tfgen/internal/changes":                {},
		"tfgen/internal/cutoff":                 {"tfgen/internal/rehearsal/localaws", "tfgen/internal/terraformtest"},
		"tfgen/internal/deploy":                 {"tfgen/internal/deploy/declared", "tfgen/internal/deploy/foreign", "tfgen/internal/deploy/report"},
		"tfgen/internal/deploy/bundle":          {"tfgen/internal/deploy/report"},
		"tfgen/internal/deploy/declared":        {},
		"tfgen/internal/deploy/foreign":         {"tfgen/internal/deploy/declared", "tfgen/internal/deploy/report"},
		"tfgen/internal/deploy/report":          {},
		"tfgen/internal/docs":                   {"tfgen/generator/spec", "tfgen/generator/buildspec"},
		"tfgen/internal/e2e":                    {},
		"tfgen/internal/faults":                 {},
		"tfgen/internal/layout":                 {},
		"tfgen/internal/outside":                {},
		"tfgen/internal/operate":                {},
		"tfgen/internal/operate/existing":       {"tfgen/internal/operate"},
		"tfgen/internal/performance":            {"tfgen/internal/rehearsal/localaws"},
		"tfgen/internal/rehearsal":              {"tfgen/generator", "tfgen/templates", "tfgen/internal/deploy", "tfgen/internal/operate", "tfgen/internal/rehearsal/localaws"},
		"tfgen/internal/rehearsal/localaws":     {},
		"tfgen/internal/rehearsal/localaws/cmd": {"tfgen/internal/rehearsal/localaws"},
		"tfgen/internal/terminal":               {"tfgen/internal/deploy/report"},
		"tfgen/internal/terraformtest":          {},
		"tfgen/internal/terraformtest/thin":     {},
		"tfgen/templates":                       {},
	}
	for pkg, deps := range packages(t, "Deps") {
		may, known := allowed[pkg]
		if !known {
			t.Errorf("%s is new: say here what of ours it may import", pkg)
		}
		for _, dep := range deps {
			if strings.HasPrefix(dep, "tfgen/") && !hasAnyPrefix(dep, may) {
				t.Errorf("%s imports %s", pkg, dep)
			}
		}
	}
}

// TestLibraries asserts that a library which shapes code has one home.
func TestLibraries(t *testing.T) {
	homes := map[string][]string{
		"github.com/aws/aws-sdk-go-v2":        {"tfgen/internal/operate", "tfgen/internal/operate/existing"},
		"github.com/hashicorp/hcl/v2":         {"tfgen/generator/spec", "tfgen/generator/partial", "tfgen/generator/readme", "tfgen/internal/deploy/declared", "tfgen/internal/deploy/foreign"},
		"github.com/hashicorp/terraform-exec": {"tfgen/internal/deploy"},
	}
	for pkg, imports := range packages(t, "Imports") {
		for library, may := range homes {
			uses := slices.ContainsFunc(imports, func(path string) bool {
				return path == library || strings.HasPrefix(path, library+"/")
			})
			if uses && !slices.Contains(may, pkg) {
				t.Errorf("%s imports %s", pkg, library)
			}
		}
	}
}

// TestPure asserts that what is between a spec and its code has no effects, and
// that nothing but the spec can change what it gives.
func TestPure(t *testing.T) {
	pure := []string{"tfgen/generator", "tfgen/generator/buildspec", "tfgen/generator/partial", "tfgen/generator/readme", "tfgen/templates"}
	effects := []string{"crypto/rand", "io/ioutil", "math/rand", "math/rand/v2", "net", "net/http", "os", "os/exec", "os/user", "syscall", "time"}
	imports := packages(t, "Imports")
	for _, pkg := range pure {
		if imports[pkg] == nil {
			t.Errorf("%s is not there", pkg)
		}
		for _, path := range imports[pkg] {
			if slices.Contains(effects, path) {
				t.Errorf("%s imports %s", pkg, path)
			}
		}
	}
}

// packages returns, for all of ours, a list that go list knows of each.
func packages(t *testing.T, list string) map[string][]string {
	t.Helper()
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .`+list+` " "}}`, "tfgen/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	all := map[string][]string{}
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		all[words[0]] = words[1:]
	}
	return all
}

func hasAnyPrefix(text string, prefixes []string) bool {
	return slices.ContainsFunc(prefixes, func(prefix string) bool { return strings.HasPrefix(text, prefix) })
}
