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
		"tfgen/generator":           {"tfgen/generator/", "tfgen/templates"},
		"tfgen/generator/spec":      {"tfgen/generator/buildspec"},
		"tfgen/generator/buildspec": {},
		"tfgen/generator/files":     {},
		"tfgen/generator/partial":   {},
		"tfgen/generator/readme":    {},
		"tfgen/templates":           {},
		"tfgen/internal/deploy":     {"tfgen/internal/deploy/report"},
		"tfgen/internal/operate":    {},
		"tfgen/internal/terminal":   {"tfgen/internal/deploy/report"},
	}
	for pkg, may := range allowed {
		for _, dep := range deps(t, pkg) {
			ours := dep != pkg && (strings.HasPrefix(dep, "tfgen/"))
			if ours && !slices.ContainsFunc(may, func(prefix string) bool { return strings.HasPrefix(dep, prefix) }) {
				t.Errorf("%s imports %s", pkg, dep)
			}
		}
	}
}

// TestLibraries asserts that a library which shapes code has one home.
func TestLibraries(t *testing.T) {
	homes := map[string][]string{
		"github.com/hashicorp/hcl/v2":         {"tfgen/generator/spec", "tfgen/generator/partial", "tfgen/generator/readme"},
		"github.com/hashicorp/terraform-exec": {"tfgen/internal/deploy"},
		"github.com/aws/aws-sdk-go-v2":        {"tfgen/internal/operate"},
	}
	for _, line := range list(t, "-f", `{{.ImportPath}} {{join .Imports " "}}`, "tfgen/...") {
		imports := strings.Fields(line)
		for library, may := range homes {
			uses := slices.ContainsFunc(imports[1:], func(path string) bool {
				return path == library || strings.HasPrefix(path, library+"/")
			})
			if uses && !slices.Contains(may, imports[0]) {
				t.Errorf("%s imports %s", imports[0], library)
			}
		}
	}
}

func deps(t *testing.T, pkg string) []string { return list(t, "-deps", pkg) }

func list(t *testing.T, args ...string) []string {
	t.Helper()
	out, err := exec.Command("go", append([]string{"list"}, args...)...).Output()
	if err != nil {
		t.Fatalf("go list %v: %v", args, err)
	}
	return strings.Split(strings.TrimSpace(string(out)), "\n")
}
