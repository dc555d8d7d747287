package partial

import (
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
)

// brackets are what encloses a list or an object.
type brackets struct {
	open, close hclsyntax.TokenType
	padding     int  // spaces within the brackets, on one line
	commas      bool // items on lines of their own end in commas
}

func listBrackets() brackets {
	return brackets{open: hclsyntax.TokenOBrack, close: hclsyntax.TokenCBrack, commas: true}
}

func objectBrackets() brackets {
	return brackets{open: hclsyntax.TokenOBrace, close: hclsyntax.TokenCBrace, padding: 1}
}

// line writes the items on one line.
func (b brackets) line(items []hclwrite.Tokens) hclwrite.Tokens {
	out := hclwrite.Tokens{token(b.open)}
	for i, item := range items {
		space := b.padding
		if i > 0 {
			out = append(out, token(hclsyntax.TokenComma))
			space = 1
		}
		out = append(out, spaced(space, item)...)
	}
	if len(items) > 0 {
		return append(out, spaced(b.padding, hclwrite.Tokens{token(b.close)})...)
	}
	return append(out, token(b.close))
}

// lines writes each item on a line of its own.
func (b brackets) lines(items []hclwrite.Tokens) hclwrite.Tokens {
	out := hclwrite.Tokens{token(b.open), token(hclsyntax.TokenNewline)}
	for _, item := range items {
		out = append(out, spaced(0, item)...)
		if b.commas {
			out = append(out, token(hclsyntax.TokenComma))
		}
		out = append(out, token(hclsyntax.TokenNewline))
	}
	return append(out, token(b.close))
}

// token returns punctuation: the type of such a token is its character.
func token(t hclsyntax.TokenType) *hclwrite.Token {
	return &hclwrite.Token{Type: t, Bytes: []byte(string(t))}
}

// spaced sets the first token of an item off by spaces.
func spaced(spaces int, item hclwrite.Tokens) hclwrite.Tokens {
	item[0].SpacesBefore = spaces
	return item
}
