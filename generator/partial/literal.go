package partial

import (
	"errors"
	"slices"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"
)

// maxWidth is the number of characters up to which a list or a flat object
// stays on one line.
const maxWidth = 60

// A style says how a value is written.
type style struct {
	oneLine bool // break no lines, however long it gets
	nulls   bool // keep the null items of objects and maps
}

var errNoLiteral = errors.New("it is unknown, marked, infinite or opaque")

// tokens writes a value as HCL. Only hclwrite writes the values themselves.
func (s style) tokens(val cty.Value) (hclwrite.Tokens, error) {
	if val.IsMarked() || !val.IsKnown() {
		return nil, errNoLiteral
	}
	ty := val.Type()
	switch {
	case val.IsNull(), ty == cty.Bool, ty == cty.String:
		return hclwrite.TokensForValue(val), nil
	case ty == referenceType:
		return referenceTokens(val)
	case ty == cty.Number:
		return numberTokens(val)
	case ty.IsListType(), ty.IsSetType(), ty.IsTupleType():
		return s.listTokens(val)
	case ty.IsMapType(), ty.IsObjectType():
		return s.objectTokens(val)
	}
	return nil, errNoLiteral
}

func numberTokens(val cty.Value) (hclwrite.Tokens, error) {
	if val.AsBigFloat().IsInf() {
		return nil, errNoLiteral
	}
	return hclwrite.TokensForValue(val), nil
}

func (s style) listTokens(val cty.Value) (hclwrite.Tokens, error) {
	var items []hclwrite.Tokens
	for it := val.ElementIterator(); it.Next(); {
		_, elem := it.Element()
		tokens, err := s.tokens(elem)
		if err != nil {
			return nil, err
		}
		items = append(items, tokens)
	}
	return s.enclose(listBrackets(), items), nil
}

func (s style) objectTokens(val cty.Value) (hclwrite.Tokens, error) {
	var items []hclwrite.Tokens
	nested := false
	for it := val.ElementIterator(); it.Next(); {
		item, isNested, err := s.itemTokens(it.Element())
		if err != nil {
			return nil, err
		}
		if item != nil {
			nested = nested || isNested
			items = append(items, item)
		}
	}
	if nested && !s.oneLine {
		return objectBrackets().lines(items), nil
	}
	return s.enclose(objectBrackets(), items), nil
}

// enclose writes items on one line where they fit.
func (s style) enclose(b brackets, items []hclwrite.Tokens) hclwrite.Tokens {
	flat := b.line(items)
	if s.oneLine || fits(flat) {
		return flat
	}
	return b.lines(items)
}

func fits(tokens hclwrite.Tokens) bool {
	for _, tok := range tokens {
		if tok.Type == hclsyntax.TokenNewline {
			return false
		}
	}
	return utf8.RuneCount(tokens.Bytes()) <= maxWidth
}

func isObject(val cty.Value) bool {
	return val.Type().IsObjectType() || val.Type().IsMapType()
}

// itemTokens writes an item of an object, or nothing where it goes away. It
// is nested where it is an object that has items itself.
func (s style) itemTokens(key, elem cty.Value) (item hclwrite.Tokens, nested bool, err error) {
	if !elem.IsMarked() && elem.IsNull() && !s.nulls {
		return nil, false, nil
	}
	val, err := s.tokens(elem)
	if err != nil {
		return nil, false, err
	}
	equals := spaced(1, hclwrite.Tokens{token(hclsyntax.TokenEqual)})
	return slices.Concat(keyTokens(key), equals, spaced(1, val)), isObject(elem) && len(val) > 2, nil
}

// keyTokens writes the key of an item, without quotes where HCL needs none.
// It quotes the words that mean something else in front of an expression.
func keyTokens(key cty.Value) hclwrite.Tokens {
	name := key.AsString()
	switch name {
	case "for", "null", "true", "false":
	default:
		if hclsyntax.ValidIdentifier(name) {
			return hclwrite.TokensForIdentifier(name)
		}
	}
	return hclwrite.TokensForValue(key)
}
