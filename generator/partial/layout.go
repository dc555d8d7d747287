package partial

import (
	"bytes"
	"sort"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// A layout knows the source as lines, tokens and comments, all that the
// syntax tree leaves out. It is read-only.
type layout struct {
	src    []byte
	tokens []lexeme
	lines  []line
	opened map[int]opening // by the first byte of the line that follows it
}

// A lexeme is what is left of a token: a template is kept for as long as the
// program runs, and tokens take four times the memory.
type lexeme struct {
	span
	kind   hclsyntax.TokenType
	inline bool // a comment without the line break behind it
}

// A line says what stands on it.
type line struct {
	start   int
	comment bool // comments and nothing else
	glued   bool // a comment goes on here from the line before
}

// An opening is a bracket with nothing but a comment behind it on its line.
type opening struct {
	end  int  // behind the bracket
	bare bool // there is no comment either
}

func newLayout(src []byte, filename string) *layout {
	tokens, _ := hclsyntax.LexConfig(src, filename, hcl.InitialPos) // it has been parsed already
	l := &layout{src: src, lines: []line{{}}, opened: map[int]opening{0: {}}}
	for at, c := range src {
		if c == '\n' {
			l.lines = append(l.lines, line{start: at + 1})
		}
	}
	l.markComments(tokens)
	l.keep(tokens)
	l.markOpenings()
	return l
}

func (l *layout) keep(tokens hclsyntax.Tokens) {
	l.tokens = make([]lexeme, len(tokens))
	for i, tok := range tokens {
		inline := tok.Type == hclsyntax.TokenComment && !bytes.HasSuffix(tok.Bytes, []byte("\n"))
		l.tokens[i] = lexeme{spanOf(tok.Range), tok.Type, inline}
	}
}

// markComments finds the lines that hold comments and nothing else. A
// comment that shares its first or last line with code is no such line.
func (l *layout) markComments(tokens hclsyntax.Tokens) {
	code := make([]bool, len(l.lines))
	for _, tok := range tokens {
		first, last := l.linesOf(tok)
		for i := first + 1; i <= last; i++ {
			l.lines[i].glued = true
		}
		if !isBreak(tok.Type) && tok.Type != hclsyntax.TokenComment {
			for i := first; i <= last; i++ {
				code[i] = true
			}
		}
	}
	for _, tok := range tokens {
		first, last := l.linesOf(tok)
		if tok.Type == hclsyntax.TokenComment && !code[first] && !code[last] {
			for i := first; i <= last; i++ {
				l.lines[i].comment = true
			}
		}
	}
}

func (l *layout) markOpenings() {
	for i, tok := range l.tokens[:len(l.tokens)-1] {
		if !isOpening(tok.kind) {
			continue
		}
		if next := l.tokens[i+1]; next.endsLine() {
			l.opened[next.end] = opening{tok.end, isBreak(next.kind)}
		}
	}
}

// linesOf returns the indices of the first and last line of tok.
func (l *layout) linesOf(tok hclsyntax.Token) (first, last int) {
	first, last = tok.Range.Start.Line-1, tok.Range.End.Line-1
	if last > first && bytes.HasSuffix(tok.Bytes, []byte("\n")) {
		last--
	}
	return first, last
}

// hasOwnLines reports whether nothing but comments, and the comma behind it,
// shares a line with what is in s.
func (l *layout) hasOwnLines(s span) bool {
	before, behind := l.skipComments(l.tokenAt(s.start)-1, -1), l.skipComments(l.tokenAt(s.end), 1)
	if l.tokens[behind].kind == hclsyntax.TokenComma {
		behind = l.skipComments(behind+1, 1)
	}
	return (before < 0 || l.tokens[before].endsLine()) && l.tokens[behind].endsLine()
}

// skipComments returns the index of the token at i or, in steps of step, the
// first one from there that is no comment within a line.
func (l *layout) skipComments(i, step int) int {
	for i >= 0 && i < len(l.tokens) && l.tokens[i].inline {
		i += step
	}
	return i
}

// wholeLines widens s to whole lines, with the comment above them.
func (l *layout) wholeLines(s span) span {
	first, last := l.lineAt(s.start), l.lineAt(s.end)
	for l.lines[first].glued || first > 0 && l.lines[first-1].comment {
		first--
	}
	for last+1 < len(l.lines) && l.lines[last+1].glued {
		last++
	}
	return span{l.lines[first].start, l.lineEnd(last)}
}

// tokenAt returns the index of the first token that starts at or behind at.
func (l *layout) tokenAt(at int) int {
	return sort.Search(len(l.tokens)-1, func(i int) bool { return l.tokens[i].start >= at })
}

func (l *layout) lineAt(at int) int {
	return sort.Search(len(l.lines), func(i int) bool { return l.lines[i].start > at }) - 1
}

func (l *layout) lineEnd(i int) int {
	if i+1 < len(l.lines) {
		return l.lines[i+1].start
	}
	return len(l.src)
}

func (l *layout) startsLine(at int) bool { return l.lines[l.lineAt(at)].start == at }

// pastBlanks skips the blank lines at and behind at.
func (l *layout) pastBlanks(at int) int {
	for at < len(l.src) {
		end := l.lineEnd(l.lineAt(at))
		if len(bytes.TrimSpace(l.src[at:end])) > 0 {
			break
		}
		at = end
	}
	return at
}

// beforeBlanks skips the blank lines before the start of a line.
func (l *layout) beforeBlanks(at int) int {
	for at > 0 {
		start := l.lines[l.lineAt(at-1)].start
		if len(bytes.TrimSpace(l.src[start:at])) > 0 {
			break
		}
		at = start
	}
	return at
}

func (l *layout) pastSpaces(at int) int {
	for at < len(l.src) && (l.src[at] == ' ' || l.src[at] == '\t') {
		at++
	}
	return at
}

// closes reports whether the line at at begins with a closing bracket, or
// whether the file ends.
func (l *layout) closes(at int) bool {
	at = l.pastSpaces(at)
	return at == len(l.src) || bytes.IndexByte([]byte("}])"), l.src[at]) >= 0
}

func isOpening(t hclsyntax.TokenType) bool {
	return t == hclsyntax.TokenOBrace || t == hclsyntax.TokenOBrack || t == hclsyntax.TokenOParen
}

func isBreak(t hclsyntax.TokenType) bool {
	return t == hclsyntax.TokenNewline || t == hclsyntax.TokenEOF
}

// endsLine reports whether it is a line break or a comment that includes one.
func (x lexeme) endsLine() bool {
	return isBreak(x.kind) || x.kind == hclsyntax.TokenComment && !x.inline
}
