package spec

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// A decoder turns the text of a spec into nodes, as the tables of the language
// have it. It knows no block by name, but for the order they are read in.
type decoder struct {
	*report
	language *block
	json     bool
	scope    scope
}

// spec decodes what stands at the top. The project and the environment come
// first, since the rest may refer to them.
func (d *decoder) spec(body hcl.Body) *node {
	root := newNode(d.language, d.whole())
	content := d.content(body, root)
	d.blocks(root, content.Blocks.OfType("project"))
	d.scope.readProject(root.child("project"))
	d.blocks(root, content.Blocks.OfType("environment"))
	d.scope.readEnvironment(root.child("environment"))
	for i := range root.kind.blocks {
		if name := root.kind.blocks[i].name; name != "project" && name != "environment" {
			d.blocks(root, content.Blocks.OfType(name))
		}
	}
	d.requireBlocks(root)
	return root
}

// body decodes the arguments and blocks of a node.
func (d *decoder) body(n *node, body hcl.Body) {
	content := d.content(body, n)
	for i := range n.kind.attributes {
		a := &n.kind.attributes[i]
		if written, ok := content.Attributes[a.name]; ok {
			d.argument(n, a, written.Expr, written.NameRange)
		}
	}
	d.requireArguments(n)
	d.blocks(n, content.Blocks)
	d.requireBlocks(n)
}

// content reads what a block holds, and reports what does not belong there.
func (d *decoder) content(body hcl.Body, n *node) *hcl.BodyContent {
	content, diags := body.Content(d.schema(n.kind))
	for _, diag := range diags {
		d.misplaced(n, diag)
	}
	return content
}

// schema is a block's table as HCL wants it. In JSON an argument and a block of
// one name look alike, and HCL takes them for the argument.
func (d *decoder) schema(kind *block) *hcl.BodySchema {
	s := &hcl.BodySchema{}
	for _, a := range kind.attributes {
		s.Attributes = append(s.Attributes, hcl.AttributeSchema{Name: a.name})
	}
	for _, b := range kind.blocks {
		var labels []string
		if b.label != nil {
			labels = []string{b.label.name}
		}
		s.Blocks = append(s.Blocks, hcl.BlockHeaderSchema{Type: b.name, LabelNames: labels})
	}
	return s
}

// requireArguments reports what is missing in a block.
func (d *decoder) requireArguments(n *node) {
	for _, a := range n.kind.attributes {
		if a.required && !n.has(a.name) && !n.broken[a.name] {
			n.broken[a.name] = true
			d.add(missingArgument, n.header, "%s needs %s. %s", called(n), a.name, a.doc)
		}
	}
}

func (d *decoder) requireBlocks(n *node) {
	for i := range n.kind.blocks {
		b := &n.kind.blocks[i]
		if b.required && len(n.blocks[b.name]) == 0 && !n.broken[b.name] {
			n.broken[b.name] = true
			d.add(missingBlock, n.header, "%s needs a block %s.", called(n), b.form())
		}
	}
}

// called is how messages name a node: `service "web"`, or "A spec" for the root.
func called(n *node) string {
	switch {
	case n.kind.name == "":
		return "A spec"
	case n.label != "":
		return fmt.Sprintf("%s %q", n.kind.name, n.label)
	default:
		return n.kind.name
	}
}

// form is how a block is written.
func (b *block) form() string {
	switch {
	case b.label == nil:
		return b.name + " { … }"
	case len(b.label.allowed) > 0:
		return fmt.Sprintf("%s %q { … }", b.name, b.label.allowed[0])
	default:
		return fmt.Sprintf("%s %q { … }", b.name, b.label.name)
	}
}

// hint suggests a name that a block has, or tells where the name belongs, or
// lists what the block has.
func (d *decoder) hint(name string, kind *block) string {
	known := kind.names()
	if s := suggest(name, known); s != "" {
		return s
	}
	if homes := homesOf(d.language, name); len(homes) > 0 {
		return fmt.Sprintf(" It belongs into %s.", either(homes))
	}
	if len(known) == 0 {
		return ""
	}
	return fmt.Sprintf(" It has %s.", strings.Join(known, ", "))
}

// homesOf lists the blocks that have an argument or a block of a name.
func homesOf(outer *block, name string) []string {
	var homes []string
	for i := range outer.blocks {
		b := &outer.blocks[i]
		if contains(b.names(), name) {
			homes = append(homes, b.name)
		}
		homes = append(homes, homesOf(b, name)...)
	}
	return homes
}
