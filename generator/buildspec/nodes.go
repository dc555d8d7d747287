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
// it were not there. What stands below a misspelt key is read all the same, so
// that nothing else is reported as missing because of it.
func (r *reader) mapping(node *yaml.Node, what string, known []string) map[string]*yaml.Node {
	m, meant := map[string]*yaml.Node{}, map[string]*yaml.Node{}
	for _, p := range r.entries(node, what) {
		name := p.key.Value
		if !slices.Contains(known, name) {
			name = r.unknown(p, what, known)
			meant[name] = p.value
		} else if !empty(p.value) {
			m[name] = p.value
		}
	}
	for name, value := range meant {
		if m[name] == nil && !empty(value) {
			m[name] = value
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
		r.lose(node, "Write it as KEY: VALUE lines.", "%s is a mapping.", what)
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

// unknown finds a key that CodeBuild does not know, and returns the one that it
// is close to. That one is a misspelling; another may be newer than this list,
// or holds what aliases elsewhere in the file stand for.
func (r *reader) unknown(p pair, what string, known []string) string {
	meant := closest(p.key.Value, known)
	switch {
	case meant != "":
		r.add(UnknownKey, Error, placeOf(p.key), didYouMean(p.key.Value, known), "CodeBuild knows no %q in %s, and what stands below it does nothing.", p.key.Value, what)
	case what != wholeFile || !anchored(p.value):
		r.add(UnknownKey, Warning, placeOf(p.key), "Known are "+strings.Join(known, ", ")+".", "CodeBuild knows no %q in %s, and what stands below it does nothing.", p.key.Value, what)
	}
	return meant
}

// anchored tells that aliases may stand for a node, or for a part of it.
func anchored(node *yaml.Node) bool {
	return node.Anchor != "" || slices.ContainsFunc(node.Content, anchored)
}

// scalar reads a single value, the empty Scalar for none.
func (r *reader) scalar(node *yaml.Node, what string) Scalar {
	if node = follow(node); empty(node) {
		return Scalar{}
	}
	if node.Kind != yaml.ScalarNode {
		r.lose(node, "Write one value, in quotes.", "%s is a single value.", what)
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

// items reads a list. A lone value is a list of one: AWS's own tutorial for ECS
// ends in "files: imagedefinitions.json".
// https://docs.aws.amazon.com/codepipeline/latest/userguide/ecs-cd-pipeline.html
func (r *reader) items(node *yaml.Node, what string) []*yaml.Node {
	switch node = follow(node); {
	case empty(node):
		return nil
	case node.Kind == yaml.SequenceNode:
		return node.Content
	case node.Kind == yaml.ScalarNode:
		return []*yaml.Node{node}
	}
	r.lose(node, "Begin each item with a dash.", "%s is a list.", what)
	return nil
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
	if node = follow(node); !empty(node) && node.Kind == yaml.ScalarNode {
		r.add(WrongType, Warning, placeOf(node), "Begin each command with a dash.", "The commands of %s are one text, and AWS documents a list.", phase)
	}
	var out []Command
	for _, item := range r.items(node, "commands of "+phase) {
		switch item = follow(item); {
		case item.Kind == yaml.ScalarNode && !empty(item):
			out = append(out, r.command(item))
		case item.Kind == yaml.MappingNode:
			r.add(WrongType, Error, placeOf(item), "Put the command in single quotes, or on a line of its own after \"- |\".", "YAML reads this command as a mapping, since a colon is followed by a space.")
			out = append(out, r.meant(item)...)
		default:
			r.add(WrongType, Error, placeOf(item), "Remove the item, or write one command.", "A command is a single line of text or a block.")
		}
	}
	return out
}

// meant is the command that YAML took for a mapping, if it stands on one line.
func (r *reader) meant(item *yaml.Node) []Command {
	c := Command{Place: placeOf(item), follows: true}
	if line := r.lines[c.Line-1]; c.Column <= len(line) {
		c.Text = strings.TrimRight(line[c.Column-1:], "\r")
	}
	if _, err := parseShell(c.Text); err != nil || len(c.Text) > maxCommand || item.Style&yaml.FlowStyle != 0 {
		r.lost = true
		return nil
	}
	return []Command{c}
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
