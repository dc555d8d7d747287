// Package partial evaluates the parts of a Terraform file that are
// already known.
//
// It has one rule. What depends only on known variables is evaluated, and
// every other byte of the file, comments included, is copied:
//
//   - An expression that mentions known variables and nothing else becomes
//     its value. Function calls are Terraform's and stay; their known
//     arguments are evaluated.
//   - A known condition picks its branch, whatever the other branch mentions.
//   - A dynamic block whose for_each is known becomes the blocks it
//     describes; null describes none.
//   - A known attribute or object item that is null goes away with the
//     comment above it, and so do the null items of objects and maps within
//     a known value. A null in a list stays, since places count there, and
//     so does one in the middle of a computation: an operand, the collection
//     of a for expression, the for_each of a dynamic block.
//   - Objects and lists that the template spells out keep their layout; only
//     their parts are evaluated.
//   - A string is known whole or not at all.
//   - The module's own variables are known one by one. One that is known is
//     its value, and is not declared.
//
// A value enters the output as the tokens hclwrite makes of it, as a whole
// expression in a place the parser has already fixed, so no value can change
// what a file means.
//
// The output has LF line endings and is formatted as terraform fmt would.
// The package knows Terraform's syntax, and neither its functions, nor AWS,
// nor what the known variables stand for.
package partial

import (
	"bytes"
	"sync"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"
)

// A Template is a parsed file. It may be evaluated any number of times, also
// concurrently.
type Template struct {
	*layout
	filename  string
	root      *hclsyntax.Body
	facts     map[hclsyntax.Node]*facts
	items     []span // the attributes and blocks of the file
	breaks    []int  // where it can be taken apart to be formatted
	formatted func() formatted
}

// Parse reads a template. A byte order mark is dropped and CRLF read as LF.
// The diagnostics name filename, and every dynamic block that can never
// describe blocks.
func Parse(src []byte, filename string) (*Template, hcl.Diagnostics) {
	src = bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))
	root, diags := parse(src, filename)
	if diags.HasErrors() {
		return nil, diags
	}
	diags = checkDynamics(root)
	if diags.HasErrors() {
		return nil, diags
	}
	l, items := newLayout(src, filename), items(root)
	return &Template{
		layout:    l,
		filename:  filename,
		root:      root,
		facts:     survey(root),
		items:     items,
		breaks:    l.breaksOf(items),
		formatted: sync.OnceValue(func() formatted { return linesOf(hclwrite.Format(src)) }),
	}, nil
}

// ParseFormatted is Parse for a source that is formatted already, and has
// neither a byte order mark nor CRLF. It saves the time of formatting it.
func ParseFormatted(src []byte, filename string) (*Template, hcl.Diagnostics) {
	t, diags := Parse(src, filename)
	if t != nil {
		t.formatted = sync.OnceValue(func() formatted { return linesOf(src) })
	}
	return t, diags
}

// Eval evaluates the template for known values by their names, those of the
// module's variables as Variable has them, formatted. The output is empty
// when nothing but comments is left, or when there is any error. The values
// must be known all through: an unknown, marked or capsule value in a place
// where it would be written is an error.
func (t *Template) Eval(known map[string]cty.Value) (Output, hcl.Diagnostics) {
	e := &evaluator{Template: t}
	edits := e.body(t.root, scope{known: known})
	if len(e.problems) > 0 {
		return Output{}, e.problems.sorted()
	}
	return e.finish(edits)
}

func parse(src []byte, filename string) (*hclsyntax.Body, hcl.Diagnostics) {
	file, diags := hclsyntax.ParseConfig(src, filename, hcl.InitialPos)
	if diags.HasErrors() {
		return nil, diags
	}
	return file.Body.(*hclsyntax.Body), nil
}
