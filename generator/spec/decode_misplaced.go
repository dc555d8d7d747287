package spec

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// misplaced reports what HCL says of a block's content in our own words.
func (d *decoder) misplaced(n *node, diag *hcl.Diagnostic) {
	name := d.word(*diag.Subject)
	switch diag.Summary {
	case "Unsupported argument", "Extraneous JSON object property":
		d.unknown(n, name, *diag.Subject, false)
	case "Unsupported block type":
		d.unknown(n, name, *diag.Subject, true)
	case "Duplicate argument":
		n.broken[name] = true
		d.add(saidTwice, *diag.Subject, "%s is set already. Keep one of the two.", name)
	default:
		d.badHeader(n, diag)
	}
}

// unknown reports a name that a block does not have, or has as the other of
// argument and block.
func (d *decoder) unknown(n *node, name string, at hcl.Range, isBlock bool) {
	n.broken[name] = true
	switch {
	case !isBlock && n.kind.block(name) != nil:
		d.add(wrongForm, at, "%s is a block: write it without an equals sign, as %s.", name, n.kind.block(name).form())
	case isBlock && n.kind.attribute(name) != nil:
		d.add(wrongForm, at, "%s is an argument: write it with an equals sign, as %s = …", name, name)
	case isBlock || len(n.kind.attributes) == 0:
		d.add(unknownBlock, at, "%s has no block %s.%s", called(n), name, d.hint(name, n.kind))
	default:
		d.add(unknownArgument, at, "%s has no argument %s.%s", called(n), name, d.hint(name, n.kind))
	}
}

// badHeader reports a block whose labels or braces are wrong. What such a block
// would have said is not asked for again.
func (d *decoder) badHeader(n *node, diag *hcl.Diagnostic) {
	for i := range n.kind.blocks {
		b := &n.kind.blocks[i]
		if strings.HasSuffix(diag.Summary, " for "+b.name) {
			n.broken[b.name] = true
			d.add(wrongForm, *diag.Subject, "Write the block as %s.", b.form())
			return
		}
	}
	for i := range n.kind.blocks {
		n.broken[n.kind.blocks[i].name] = true
	}
	d.add(wrongForm, *diag.Subject, "%s", diag.Detail)
}
