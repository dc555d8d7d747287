package spec

import "github.com/hashicorp/hcl/v2"

// blocks decodes the blocks inside of a node.
func (d *decoder) blocks(n *node, written hcl.Blocks) {
	for _, w := range written {
		inner := d.opened(n.kind.block(w.Type), w)
		if d.welcome(n, inner) {
			n.blocks[w.Type] = append(n.blocks[w.Type], inner)
			d.scope.enter(inner.kind)
			d.body(inner, w.Body)
		}
	}
}

// opened is the node of a block whose body is still to be read.
func (d *decoder) opened(kind *block, w *hcl.Block) *node {
	n := newNode(kind, w.DefRange)
	n.given = true
	if kind.label != nil {
		n.label, n.named = w.Labels[0], w.LabelRanges[0]
	}
	if d.json { // There a block has no header of its own.
		n.header = w.TypeRange
		if kind.label != nil {
			n.header = n.named
		}
	}
	return n
}

// welcome reports whether a block may be there at all: whether this version
// knows it, knows its label, and has not seen it before.
func (d *decoder) welcome(n, inner *node) bool {
	switch kind := inner.kind; {
	case kind.later != "":
		d.add(kind.later, inner.header, "%s", kind.instead)
	case d.labelKnown(inner):
		return !d.seen(n, inner)
	}
	n.broken[inner.kind.name] = true
	return false
}

// labelKnown reports whether a label is among those that a block may have.
func (d *decoder) labelKnown(inner *node) bool {
	l := inner.kind.label
	if l == nil || len(l.allowed) == 0 || contains(l.allowed, inner.label) {
		return true
	}
	if instead, ok := l.later[inner.label]; ok {
		d.add(l.code, inner.named, "%s", instead)
		return false
	}
	d.add(notAllowed, inner.named, "The label of %s is %s, not %q.%s",
		inner.kind.name, quoted(l.allowed), inner.label, suggest(inner.label, append(keys(l.later), l.allowed...)))
	return false
}

// seen reports a block that is there already.
func (d *decoder) seen(n, inner *node) bool {
	for _, other := range n.blocks[inner.kind.name] {
		line := other.header.Start.Line
		switch {
		case !inner.kind.many:
			d.add(saidTwice, inner.header, "There can be only one %s block, and line %d has it. Put both into one.", inner.kind.name, line)
			return true
		case inner.kind.label != nil && other.label == inner.label:
			d.add(saidTwice, inner.named, "Line %d has a %s %q already. Each needs a label of its own.", line, inner.kind.name, inner.label)
			return true
		}
	}
	return false
}
