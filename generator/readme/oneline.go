package readme

import (
	"bytes"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
)

// oneLine returns the source of an expression on one line, without comments.
// A heredoc becomes the string that it is.
func oneLine(x hclsyntax.Expression, src []byte) string {
	text := x.Range().SliceBytes(src)
	tokens, _ := hclsyntax.LexExpression(text, "", hcl.InitialPos) // it has been parsed already
	if hasHeredoc(tokens) {
		if val, diags := x.Value(nil); !diags.HasErrors() {
			text = hclwrite.TokensForValue(val).Bytes()
			tokens, _ = hclsyntax.LexExpression(text, "", hcl.InitialPos)
		}
	}
	var j joiner
	for _, tok := range tokens {
		j.add(tok)
	}
	return j.out.String()
}

func hasHeredoc(tokens hclsyntax.Tokens) bool {
	for _, tok := range tokens {
		if tok.Type == hclsyntax.TokenOHeredoc {
			return true
		}
	}
	return false
}

// A joiner writes tokens one after the other, and between the items of an
// object a comma where there was a line break.
type joiner struct {
	out   bytes.Buffer
	last  hclsyntax.Token       // the last one written
	open  []hclsyntax.TokenType // the brackets around it
	comma bool                  // one is due, unless a bracket closes
	space bool                  // so is a space
}

func (j *joiner) add(tok hclsyntax.Token) {
	switch tok.Type {
	case hclsyntax.TokenEOF:
		return
	case hclsyntax.TokenComment, hclsyntax.TokenNewline:
		j.pause(bytes.HasSuffix(tok.Bytes, []byte("\n")))
		return
	case hclsyntax.TokenComma:
		j.comma = true
		return
	}
	j.separate(tok)
	j.out.Write(tok.Bytes)
	j.last, j.comma, j.space = tok, false, false
	j.nest(tok.Type)
}

// pause notes a comment or a line break, which ends an item of an object.
func (j *joiner) pause(ends bool) {
	j.space = true
	inObject := len(j.open) > 0 && j.open[len(j.open)-1] == hclsyntax.TokenOBrace
	if ends && inObject && !isOpening(j.last.Type) {
		j.comma = true
	}
}

// separate writes what belongs between the last token and tok.
func (j *joiner) separate(tok hclsyntax.Token) {
	apart := j.space || tok.Range.Start.Byte > j.last.Range.End.Byte
	switch {
	case j.out.Len() == 0:
	case isClosing(tok.Type) || isOpening(j.last.Type):
		// Braces have spaces within, unless they are empty.
		brace := tok.Type == hclsyntax.TokenCBrace || j.last.Type == hclsyntax.TokenOBrace
		if brace && !(isClosing(tok.Type) && isOpening(j.last.Type)) {
			j.out.WriteByte(' ')
		}
	case j.comma:
		j.out.WriteString(", ")
	case apart:
		j.out.WriteByte(' ')
	}
}

func (j *joiner) nest(t hclsyntax.TokenType) {
	switch {
	case isOpening(t):
		j.open = append(j.open, t)
	case isClosing(t) && len(j.open) > 0:
		j.open = j.open[:len(j.open)-1]
	}
}

func isOpening(t hclsyntax.TokenType) bool {
	return t == hclsyntax.TokenOBrace || t == hclsyntax.TokenOBrack || t == hclsyntax.TokenOParen
}

func isClosing(t hclsyntax.TokenType) bool {
	return t == hclsyntax.TokenCBrace || t == hclsyntax.TokenCBrack || t == hclsyntax.TokenCParen
}
