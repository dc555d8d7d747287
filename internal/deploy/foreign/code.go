package foreign

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclparse"

	"tfgen/internal/deploy/report"
)

// code is the code that a plan was made of, as the saved plan keeps it: the
// files of each module in a folder that is called after its module calls.
type code struct{ files fs.FS }

// says reports whether the code of a resource itself says, in an argument, what
// it holds: then Terraform compares it, and takes away what is foreign. What is
// in the code no longer goes, and all that it holds with it.
func (c code) says(r resource, argument string) bool {
	blocks := c.blocks(r)
	return len(blocks) == 0 || slices.ContainsFunc(blocks, func(b *hcl.Block) bool { return has(b.Body, argument) })
}

// blocks are the code of a resource: one, and those that override it.
func (c code) blocks(r resource) (found hcl.Blocks) {
	dir := "tfconfig/m-" + strings.Join(report.Calls(r.Module), ".")
	entries, _ := fs.ReadDir(c.files, dir) // which is not there where nothing calls the module any more
	for _, e := range entries {
		within, _, _ := c.body(path.Join(dir, e.Name())).PartialContent(&hcl.BodySchema{Blocks: []hcl.BlockHeaderSchema{{Type: "resource", LabelNames: []string{"type", "name"}}}})
		found = append(found, within.Blocks...)
	}
	return slices.DeleteFunc(found, func(b *hcl.Block) bool { return !slices.Equal(b.Labels, []string{r.Type, r.Name}) })
}

// body reads a file, of which Terraform has read each byte already.
func (c code) body(file string) hcl.Body {
	text, err := fs.ReadFile(c.files, file)
	if err != nil {
		return hcl.EmptyBody()
	}
	parse := hclparse.NewParser().ParseHCL
	if path.Ext(file) == ".json" {
		parse = hclparse.NewParser().ParseJSON
	}
	parsed, _ := parse(text, file)
	if parsed == nil {
		return hcl.EmptyBody()
	}
	return parsed.Body
}

// has reports whether a resource has an argument: as an attribute, as a block
// or as a dynamic one.
func has(body hcl.Body, argument string) bool {
	found, _, _ := body.PartialContent(&hcl.BodySchema{
		Attributes: []hcl.AttributeSchema{{Name: argument}},
		Blocks:     []hcl.BlockHeaderSchema{{Type: argument}, {Type: "dynamic", LabelNames: []string{"type"}}},
	})
	return found.Attributes[argument] != nil || slices.ContainsFunc(found.Blocks, func(b *hcl.Block) bool {
		return b.Type == argument || b.Labels[0] == argument
	})
}
