package readme_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"golang.org/x/tools/txtar"

	"tfgen/generator/readme"
)

func TestRender(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no testdata", err)
	}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			m, want, wantErr := module(t, name)
			got, err := readme.Render(m)
			if message := errorText(err); message != wantErr {
				t.Fatalf("got error\n%s\nwant\n%s", message, wantErr)
			}
			if string(got) != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// module returns the module in an archive and what Render makes of it.
func module(t *testing.T, name string) (m readme.Module, want, wantErr string) {
	t.Helper()
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	m = readme.Module{Name: strings.TrimSuffix(filepath.Base(name), ".txtar"), Files: map[string][]readme.Block{}}
	for _, file := range archive.Files {
		switch file.Name {
		case "about.md":
			m.About = string(file.Data)
		case "usage.hcl":
			m.Usage = file.Data
		case "README.md":
			want = string(file.Data)
		case "error":
			wantErr = string(file.Data)
		default:
			m.Files[file.Name] = blocks(t, file.Name, file.Data)
		}
	}
	return m, want, wantErr
}

// blocks returns the blocks of a file, none if it is no Terraform.
func blocks(t *testing.T, name string, src []byte) (all []readme.Block) {
	t.Helper()
	if filepath.Ext(name) != ".tf" {
		return nil
	}
	file, diags := hclsyntax.ParseConfig(src, name, hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	for _, block := range file.Body.(*hclsyntax.Body).Blocks {
		all = append(all, readme.Block{Block: block, Src: src})
	}
	return all
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error() + "\n"
}

func TestUsageWithTicks(t *testing.T) {
	got, err := readme.Render(readme.Module{Name: "x", Usage: []byte("a = \"```\"\n")})
	if err != nil || !strings.Contains(string(got), "````hcl\na = \"```\"\n````\n") {
		t.Errorf("got %s, %v", got, err)
	}
}

func TestLoneTick(t *testing.T) {
	files := map[string][]readme.Block{"a.tf": blocks(t, "a.tf", []byte("output \"a\" {\n  description = \"a ` lone <tick>\"\n}\n"))}
	got, err := readme.Render(readme.Module{Name: "x", Files: files})
	if err != nil || !strings.Contains(string(got), "| a ` lone \\<tick> |") {
		t.Errorf("got %s, %v", got, err)
	}
}
