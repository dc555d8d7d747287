package partial

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"
)

// To format and to parse a text takes fifty times its size in memory. So an
// object of many objects is written apart from the text that it belongs to, a
// few lines at a time, and a comment holds its place there.

// many is the number of items from which on an object is written apart.
const many = 50

// placeholder is a comment that neither a template nor a value has: hclwrite
// writes a NUL as an escape sequence.
const placeholder = "#\x00%d"

// write writes a value, or all but the items of one that is written apart.
func (e *evaluator) write(val cty.Value, s style) ([]byte, error) {
	if !s.oneLine && isObject(val) && !val.IsNull() && val.LengthInt() >= many {
		items, err := s.itemsApart(val)
		if items != nil || err != nil {
			return e.hold(items), err
		}
	}
	tokens, err := s.tokens(val)
	return tokens.Bytes(), err
}

// hold keeps items for fill, and returns an object for them.
func (e *evaluator) hold(items []byte) []byte {
	if e.apart == nil {
		e.apart = map[string][]byte{}
	}
	place := fmt.Sprintf(placeholder, len(e.apart))
	e.apart[place] = items
	return []byte("{\n" + place + "\n}")
}

// fill appends a text to out, with the items that were written apart in their
// places.
func (e *evaluator) fill(out, text []byte) []byte {
	if e.apart == nil {
		return append(out, text...)
	}
	for line := range bytes.Lines(text) {
		place := bytes.TrimSpace(line)
		items, held := e.apart[string(place)]
		if !held {
			out = append(out, line...)
			continue
		}
		indent := line[:bytes.IndexByte(line, place[0])]
		for item := range bytes.Lines(items) {
			out = append(append(out, indent...), item...)
		}
	}
	return out
}

// itemsApart writes the items of an object, formatted, or nothing where the
// object may fit on a line. Behind an item that takes several lines the
// formatting begins anew, so that many such are formatted one by one.
func (s style) itemsApart(val cty.Value) ([]byte, error) {
	var out []byte
	var chunk hclwrite.Tokens
	anyNested := false
	for it := val.ElementIterator(); it.Next(); {
		item, nested, err := s.itemTokens(it.Element())
		if err != nil {
			return nil, err
		}
		if item == nil {
			continue
		}
		anyNested = anyNested || nested
		chunk = append(append(chunk, item...), token(hclsyntax.TokenNewline))
		if !slices.ContainsFunc(item, isNewline) {
			continue
		}
		if out, err = appendArranged(out, chunk); err != nil {
			return nil, err
		}
		chunk = chunk[:0]
	}
	if !anyNested {
		return nil, nil
	}
	return appendArranged(out, chunk)
}

// appendArranged appends items of an object to out. They parse by
// construction; but look.
func appendArranged(out []byte, items hclwrite.Tokens) ([]byte, error) {
	arrange(items)
	text := items.Bytes()
	if _, diags := hclsyntax.ParseExpression([]byte("{\n"+string(text)+"}"), "", hcl.InitialPos); diags.HasErrors() {
		return nil, diags
	}
	return append(out, text...), nil
}
