// Package readme describes a Terraform module in the form that terraform-docs
// made known: what it requires, what it calls and creates, its inputs and its
// outputs, read from the module's own files.
//
// The same module gives the same bytes, and the Markdown has no HTML but two
// comments. The package knows Terraform's blocks, and no provider.
package readme

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// A Module is what is described.
type Module struct {
	Name  string // the heading
	About string // Markdown that says what the module is for; may be empty
	Usage []byte // an example in HCL, such as a call of the module; may be nil

	// Files are the blocks of the module's files, by the files' names.
	Files map[string][]Block
}

// A Block is a block of a file, and the source that the places in it are in.
type Block struct {
	*hclsyntax.Block
	Src []byte
}

// Render returns the README of m. It fails on blocks that are no Terraform,
// with every such block in the error.
func Render(m Module) ([]byte, error) {
	inv, err := read(m.Files)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, "# %s\n", m.Name)
	if about := strings.TrimSpace(m.About); about != "" {
		fmt.Fprintf(&out, "\n%s\n", about)
	}
	if len(m.Usage) > 0 {
		fmt.Fprintf(&out, "\n## Usage\n\n%s", fence("hcl", m.Usage))
	}
	out.WriteString("\n<!-- BEGIN_TF_DOCS -->\n\n")
	for _, t := range inv.tables() {
		t.write(&out)
	}
	out.WriteString("<!-- END_TF_DOCS -->\n")
	return out.Bytes(), nil
}

// tables returns what is described, in the order of the README.
func (inv *inventory) tables() []table {
	return []table{
		{"Requirements", []string{"Name", "Version"}, slices.Concat(inv.terraform, sorted(inv.providers))},
		{"Modules", []string{"Name", "Source"}, sorted(inv.modules)},
		{"Resources", []string{"Name", "File"}, sorted(inv.resources)},
		{"Data Sources", []string{"Name", "File"}, sorted(inv.dataSources)},
		{"Inputs", []string{"Name", "Description", "Type", "Default", "Required"}, sorted(inv.inputs)},
		{"Outputs", []string{"Name", "Description"}, sorted(inv.outputs)},
	}
}

func sorted(rows [][]string) [][]string {
	slices.SortFunc(rows, slices.Compare)
	return rows
}
