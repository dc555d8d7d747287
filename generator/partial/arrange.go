package partial

import (
	"slices"
	"unicode"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
)

// A cell is the equals sign of a line, and the width of what stands before it.
type cell struct {
	equals *hclwrite.Token
	width  int
}

// arrange sets the spaces of items of an object as hclwrite.Format would, in a
// tenth of the time: it knows that a style wrote them, so that a line opens or
// closes one bracket at most and only indents and equals signs are missing.
func arrange(items hclwrite.Tokens) {
	var column []cell
	depth := 0
	for len(items) > 0 {
		end := slices.IndexFunc(items, isNewline)
		line := items[:end]
		items = items[end+1:]
		change := openings(line)
		line[0].SpacesBefore = 2 * (depth + min(change, 0))
		depth += change
		equals := slices.IndexFunc(line, func(tok *hclwrite.Token) bool { return tok.Type == hclsyntax.TokenEqual })
		if equals < 0 || openings(line[equals:]) != 0 {
			alignColumn(column)
			column = column[:0]
			continue
		}
		column = append(column, cell{line[equals], width(line[:equals])})
	}
	alignColumn(column)
}

// alignColumn puts equals signs below each other.
func alignColumn(column []cell) {
	widest := 0
	for _, c := range column {
		widest = max(widest, c.width)
	}
	for _, c := range column {
		c.equals.SpacesBefore = widest - c.width + 1
	}
}

// openings counts the brackets that open and do not close in tokens. Of those
// that only close the count is negative.
func openings(tokens hclwrite.Tokens) (n int) {
	for _, tok := range tokens {
		switch tok.Type {
		case hclsyntax.TokenOBrace, hclsyntax.TokenOBrack:
			n++
		case hclsyntax.TokenCBrace, hclsyntax.TokenCBrack:
			n--
		}
	}
	return n
}

// width is the number of columns that a key takes.
func width(key hclwrite.Tokens) int {
	text := key.Bytes()
	if slices.ContainsFunc(text, func(c byte) bool { return c > unicode.MaxASCII }) {
		return key.Columns()
	}
	return len(text)
}

func isNewline(tok *hclwrite.Token) bool { return tok.Type == hclsyntax.TokenNewline }
