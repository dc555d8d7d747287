package spec

import "github.com/hashicorp/hcl/v2"

// A node is a block as it was written: what its arguments are set to, and
// where. Defaults come from the block's kind, so a node of a block that is not
// there answers too.
type node struct {
	kind   *block
	given  bool // false: the block is not in the spec
	label  string
	header hcl.Range // of the block, or of the block around one that is not given
	named  hcl.Range // of the label
	values map[string]setting
	blocks map[string][]*node
	broken map[string]bool // arguments and blocks that a problem has been reported for
}

// setting is what an argument is set to: a string, int, bool, []string,
// map[string]string, map[string]Value, []Capacity, Ports or Value, as its kind has it.
type setting struct {
	data  any
	at    hcl.Range
	items map[string]hcl.Range // of the elements of a list or a map
}

func newNode(kind *block, header hcl.Range) *node {
	return &node{
		kind: kind, header: header, named: header,
		values: map[string]setting{}, blocks: map[string][]*node{}, broken: map[string]bool{},
	}
}

// has reports whether an argument is set to something sound.
func (n *node) has(name string) bool {
	_, ok := n.values[name]
	return ok
}

// sound reports whether none of the arguments and blocks has a problem already.
func (n *node) sound(names ...string) bool {
	for _, name := range names {
		if n.broken[name] {
			return false
		}
	}
	return true
}

// at is where an argument's value stands, or the block's header.
func (n *node) at(name string) hcl.Range {
	if s, ok := n.values[name]; ok {
		return s.at
	}
	return n.header
}

// item is where an element of a list or map stands.
func (n *node) item(name, element string) hcl.Range {
	if at, ok := n.values[name].items[element]; ok {
		return at
	}
	return n.at(name)
}

// child is the block of a name, given or not.
func (n *node) child(name string) *node {
	if blocks := n.blocks[name]; len(blocks) > 0 {
		return blocks[0]
	}
	return newNode(n.kind.block(name), n.header)
}

// get returns what an argument is set to, else its default, else the zero of T.
func get[T any](n *node, name string) T {
	if s, ok := n.values[name]; ok {
		data, _ := s.data.(T)
		return data
	}
	data, _ := n.kind.attribute(name).fallback.(T)
	return data
}

func (n *node) text(name string) string    { return get[string](n, name) }
func (n *node) number(name string) int     { return get[int](n, name) }
func (n *node) flag(name string) bool      { return get[bool](n, name) }
func (n *node) texts(name string) []string { return get[[]string](n, name) }

// textOr is text for an argument whose default follows from the rest.
func (n *node) textOr(name, follows string) string {
	if n.has(name) {
		return n.text(name)
	}
	return follows
}

// flagOr is flag for an argument whose default follows from the rest.
func (n *node) flagOr(name string, follows bool) bool {
	if n.has(name) {
		return n.flag(name)
	}
	return follows
}

// variables is never nil, for the templates' sake.
func (n *node) variables(name string) map[string]Value {
	if values := get[map[string]Value](n, name); values != nil {
		return values
	}
	return map[string]Value{}
}

// tags is never nil, for the templates' sake.
func (n *node) tags(name string) map[string]string {
	if tags := get[map[string]string](n, name); tags != nil {
		return tags
	}
	return map[string]string{}
}
