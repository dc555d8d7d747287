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
// it holds: then Terraform compares it, and takes away what is foreign.
func (c code) says(r resource, argument string) bool {
	dir := "tfconfig/m-" + strings.Join(report.Calls(r.Module), ".")
	entries, err := fs.ReadDir(c.files, dir)
	return err == nil && slices.ContainsFunc(entries, func(e fs.DirEntry) bool {
		return mentions(c.body(path.Join(dir, e.Name())), r, argument)
	})
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

// mentions reports whether a file has the argument in the resource: as an
// attribute, as a block or as a dynamic one.
func mentions(file hcl.Body, r resource, argument string) bool {
	within, _, _ := file.PartialContent(&hcl.BodySchema{Blocks: []hcl.BlockHeaderSchema{{Type: "resource", LabelNames: []string{"type", "name"}}}})
	return slices.ContainsFunc(within.Blocks, func(b *hcl.Block) bool {
		return slices.Equal(b.Labels, []string{r.Type, r.Name}) && has(b.Body, argument)
	})
}

func has(body hcl.Body, argument string) bool {
	found, _, _ := body.PartialContent(&hcl.BodySchema{
		Attributes: []hcl.AttributeSchema{{Name: argument}},
		Blocks:     []hcl.BlockHeaderSchema{{Type: argument}, {Type: "dynamic", LabelNames: []string{"type"}}},
	})
	return found.Attributes[argument] != nil || slices.ContainsFunc(found.Blocks, func(b *hcl.Block) bool {
		return b.Type == argument || b.Labels[0] == argument
	})
}
