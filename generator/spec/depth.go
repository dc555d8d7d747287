package spec

// Limits of what is parsed. A parser calls itself for what is inside of
// something else, and one that does so a million times ends the whole program.
const (
	maxDepth = 100  // brackets inside of brackets
	maxChain = 1000 // operators that hang on each other
)

// isDeep reports whether a text is nested deeper than either limit. It knows
// strings, what is interpolated into them, and comments well enough that no
// text that parses is far deeper than it says.
func isDeep(src []byte) bool {
	n := nesting{open: []level{{}}}
	for i := 0; i < len(src); i++ {
		if n.inString() {
			i += n.text(src[i:])
		} else {
			i += n.code(src[i:])
		}
		if len(n.open) > maxDepth+1 || n.chain > maxChain {
			return true
		}
	}
	return false
}

// A nesting is what is open at a place of a text.
type nesting struct {
	open    []level // brackets, the innermost last, above the text itself
	chain   int     // links of all levels
	comment byte    // what ends the comment that this is, or 0: a newline, or the star of */
}

// A level is a bracket, with the operators behind it that hang on each other. A
// quote counts as a bracket.
type level struct {
	bracket byte
	links   int
}

func (n *nesting) top() *level { return &n.open[len(n.open)-1] }

func (n *nesting) inString() bool { return n.top().bracket == '"' }

func (n *nesting) push(c byte) { n.open = append(n.open, level{bracket: c}) }

// pop closes a bracket, which what follows may hang on, as in a[0][0]; not so
// between the parts of a string.
func (n *nesting) pop() {
	if len(n.open) > 1 {
		n.part()
		n.open = n.open[:len(n.open)-1]
	}
	if !n.inString() {
		n.link()
	}
}

func (n *nesting) link() {
	n.top().links++
	n.chain++
}

// part ends what hangs on each other.
func (n *nesting) part() {
	n.chain -= n.top().links
	n.top().links = 0
}

// text takes the next byte of a string, and says how many more belong to it.
func (n *nesting) text(src []byte) int {
	switch c := src[0]; {
	case c == '\\':
		return 1
	case c == '"', c == '\n': // No string goes on: its quote is missing, or stands in a comment.
		n.pop()
	case opensTemplate(src):
		n.template(c)
		return 1
	}
	return 0
}

func opensTemplate(src []byte) bool {
	return len(src) > 1 && (src[0] == '$' || src[0] == '%') && src[1] == '{'
}

// template begins an interpolation or a directive. What a directive such as if
// begins is inside of it, wherever that ends.
func (n *nesting) template(c byte) {
	n.comment = 0 // it was a heredoc, which may hold what looks like a comment
	if c == '%' {
		n.chain++
	}
	n.push('{')
}

// code takes the next byte outside of strings, and says how many more belong to it.
func (n *nesting) code(src []byte) int {
	c := src[0]
	switch {
	case opensTemplate(src):
		n.template(c)
		return 1
	case n.comment != 0:
		n.inComment(src)
	case c == '\\':
		return 1
	case c == '#', c == '/' && len(src) > 1 && src[1] == '/':
		n.comment = '\n'
	case c == '/' && len(src) > 1 && src[1] == '*':
		n.comment = '*'
		return 1
	default:
		n.token(c)
	}
	return 0
}

// inComment looks for the end of a comment.
func (n *nesting) inComment(src []byte) {
	if c := src[0]; c == n.comment && (c == '\n' || len(src) > 1 && src[1] == '/') {
		n.comment = 0
		n.token(c)
	}
}

func (n *nesting) token(c byte) {
	switch c {
	case '"', '{', '[', '(':
		n.push(c)
	case '}', ']', ')':
		n.pop()
	case ',':
		n.part()
	case '\n': // It ends an argument, where it is in no parentheses.
		if b := n.top().bracket; b == '{' || b == 0 {
			n.part()
		}
	case '/', '*', '+', '-', '%', '!', '<', '>', '=', '&', '|', '?':
		n.link()
	}
}
