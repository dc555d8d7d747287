package foreign

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"tfgen/internal/deploy/declared"
	"tfgen/internal/deploy/report"
)

// sources are the code that a plan was made of, as the saved plan keeps it: the
// files of each module in a folder that is called after its module calls.
type sources struct{ files fs.FS }

// says reports whether the code of a resource itself says, in an argument, what
// it holds: then Terraform compares it, and takes away what is foreign. What is
// in the code no longer goes, and all that it holds with it.
func (s sources) says(r resource, argument string) bool {
	blocks := s.blocks(r)
	return len(blocks) == 0 || slices.ContainsFunc(blocks, func(b *hcl.Block) bool { return has(b.Body, argument) })
}

// blocks are the code of a resource: one, and those that override it. They can
// be read, since Terraform has read them already.
func (s sources) blocks(r resource) (found hcl.Blocks) {
	dir := "tfconfig/m-" + strings.Join(report.Calls(r.Module), ".")
	entries, _ := fs.ReadDir(s.files, dir) // which is not there where nothing calls the module any more
	for _, e := range entries {
		file := path.Join(dir, e.Name())
		text, _ := fs.ReadFile(s.files, file)
		blocks, _ := declared.Blocks(file, text, hcl.BlockHeaderSchema{Type: "resource", LabelNames: []string{"type", "name"}})
		found = append(found, blocks...)
	}
	return slices.DeleteFunc(found, func(b *hcl.Block) bool { return !slices.Equal(b.Labels, []string{r.Type, r.Name}) })
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
