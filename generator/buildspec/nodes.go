package buildspec

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// placeOf is where a node begins.
func placeOf(node *yaml.Node) Place { return Place{node.Line, node.Column} }

// pair is an entry of a mapping.
type pair struct{ key, value *yaml.Node }

// pairs are the entries of a mapping, none for anything else.
func pairs(node *yaml.Node) []pair {
	node = follow(node)
	if node == nil || node.Kind != yaml.MappingNode {
		return nil
	}
	var out []pair
	for i := 0; i+1 < len(node.Content); i += 2 {
		out = append(out, pair{node.Content[i], follow(node.Content[i+1])})
	}
	return out
}

// follow returns what an alias stands for.
func follow(node *yaml.Node) *yaml.Node {
	if node != nil && node.Kind == yaml.AliasNode {
		return node.Alias
	}
	return node
}

// empty tells that a key has no value.
func empty(node *yaml.Node) bool { return node == nil || node.Tag == "!!null" }

// mapping reads a mapping whose keys are known. A key without a value is as if
// it were not there.
func (r *reader) mapping(node *yaml.Node, what string, known []string) map[string]*yaml.Node {
	m := map[string]*yaml.Node{}
	for _, p := range r.entries(node, what) {
		if !slices.Contains(known, p.key.Value) {
			r.unknown(p.key, what, known)
		} else if !empty(p.value) {
			m[p.key.Value] = p.value
		}
	}
	return m
}

// entries reads a mapping whose keys are anything, each at most once.
func (r *reader) entries(node *yaml.Node, what string) []pair {
	if node = follow(node); empty(node) {
		return nil
	}
	if node.Kind != yaml.MappingNode {
		r.add(WrongType, Error, placeOf(node), "Write it as KEY: VALUE lines.", "%s is a mapping.", what)
		return nil
	}
	seen := map[string]bool{}
	for _, p := range pairs(node) {
		if seen[p.key.Value] {
			r.add(DuplicateKey, Error, placeOf(p.key), "Remove one of the two.", "%q stands in %s twice.", p.key.Value, what)
		}
		seen[p.key.Value] = true
	}
	return pairs(node)
}

// unknown finds a key that CodeBuild does not know. One that is close to a known
// key is a misspelling; another may be newer than this list.
func (r *reader) unknown(key *yaml.Node, what string, known []string) {
	fix, severity := didYouMean(key.Value, known), Error
	if fix == "" {
		fix, severity = "Known are "+strings.Join(known, ", ")+".", Warning
	}
	r.add(UnknownKey, severity, placeOf(key), fix, "CodeBuild knows no %q in %s, and what stands below it does nothing.", key.Value, what)
}

// scalar reads a single value, the empty Scalar for none.
func (r *reader) scalar(node *yaml.Node, what string) Scalar {
	if node = follow(node); empty(node) {
		return Scalar{}
	}
	if node.Kind != yaml.ScalarNode {
		r.add(WrongType, Error, placeOf(node), "Write one value, in quotes.", "%s is a single value.", what)
		return Scalar{}
	}
	return Scalar{node.Value, placeOf(node)}
}

// list reads a list of single values.
func (r *reader) list(node *yaml.Node, what string) []Scalar {
	var out []Scalar
	for _, item := range r.items(node, what) {
		if s := r.scalar(item, "an item of "+what); s.Line > 0 {
			out = append(out, s)
		}
	}
	return out
}

// items reads a list. A value where a list belongs is an error, and read as a
// list of one.
func (r *reader) items(node *yaml.Node, what string) []*yaml.Node {
	switch node = follow(node); {
	case empty(node):
		return nil
	case node.Kind == yaml.SequenceNode:
		return node.Content
	}
	r.add(WrongType, Error, placeOf(node), "Begin each item with a dash.", "%s is a list.", what)
	return []*yaml.Node{node}
}

// variables reads a mapping of names to single values.
func (r *reader) variables(node *yaml.Node, what string) []Variable {
	var out []Variable
	for _, p := range r.entries(node, what) {
		value := r.scalar(p.value, what+"."+p.key.Value)
		out = append(out, Variable{p.key.Value, value.Value, placeOf(p.key)})
	}
	return out
}

// commands reads a list of shell commands. YAML takes an unquoted command that
// holds a colon and a space for a mapping: CodeBuild then says that it "found
// subkeys" and stops.
func (r *reader) commands(node *yaml.Node, phase string) []Command {
	var out []Command
	for _, item := range r.items(node, "commands of "+phase) {
		switch item = follow(item); {
		case item.Kind == yaml.ScalarNode && !empty(item):
			out = append(out, r.command(item))
		case item.Kind == yaml.MappingNode:
			r.add(WrongType, Error, placeOf(item), "Put the command in single quotes, or on a line of its own after \"- |\".", "YAML reads this command as a mapping, since a colon is followed by a space.")
		default:
			r.add(WrongType, Error, placeOf(item), "Remove the item, or write one command.", "A command is a single line of text or a block.")
		}
	}
	return out
}

// command finds out where the text of a command stands. A block begins on the
// line after its bar.
func (r *reader) command(node *yaml.Node) Command {
	c := Command{Text: node.Value, Place: placeOf(node)}
	switch {
	case node.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		c.Line, c.Column = node.Line+1, r.indent(node.Line+1, node.Value)
	case node.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0:
		c.Column++
	}
	c.follows = node.Style&yaml.LiteralStyle != 0 || r.stands(c)
	return c
}

// stands tells that a line of the file holds a command letter by letter.
func (r *reader) stands(c Command) bool {
	if c.Line > len(r.lines) {
		return false // An empty block ends the file.
	}
	line := r.lines[c.Line-1]
	return c.Column <= len(line) && strings.HasPrefix(line[c.Column-1:], c.Text)
}

// indent is the column at which the text of a block begins on a line of the file.
func (r *reader) indent(line int, text string) int {
	if line > len(r.lines) {
		return 1
	}
	first, _, _ := strings.Cut(text, "\n")
	return 1 + max(0, leadingSpaces(r.lines[line-1])-leadingSpaces(first))
}

func leadingSpaces(s string) int { return len(s) - len(strings.TrimLeft(s, " ")) }
