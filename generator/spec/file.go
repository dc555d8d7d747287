package spec

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"unicode/utf8"
)

// MaxSize is the size of the largest spec, in bytes. One of a thousand services
// has half of it; what is beyond is a mistake, and would cost time and memory to
// parse.
const MaxSize = 1 << 20

// maxDepth is how many brackets may be inside of each other, for the same reason.
const maxDepth = 100

var (
	errTooLarge   = errors.New("the file is too large")
	errFolder     = errors.New("it is a folder")
	errNotRegular = errors.New("it is not a regular file")
)

// readFile reads a regular file of at most MaxSize bytes. It opens nothing
// else: to open a pipe is to wait for who writes to it.
func readFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, errFolder
	case !info.Mode().IsRegular():
		return nil, errNotRegular
	case info.Size() > MaxSize:
		return nil, errTooLarge
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	src, err := io.ReadAll(io.LimitReader(f, MaxSize+1))
	if err == nil && len(src) > MaxSize {
		err = errTooLarge
	}
	return src, err
}

// readProblem says what an error of readFile means for the spec itself.
func readProblem(err error) (code, detail string) {
	switch {
	case errors.Is(err, errTooLarge):
		return tooLarge, tooLargeDetail()
	case errors.Is(err, errFolder):
		return unreadable, "This is a folder. Name the spec inside of it, usually tfgen.hcl."
	case errors.Is(err, errNotRegular):
		return unreadable, "This is a pipe or a device, and a spec is a regular file."
	case errors.Is(err, fs.ErrNotExist):
		return unreadable, "There is no such file. Name the spec with -file, or run tfgen where tfgen.hcl is."
	case errors.Is(err, fs.ErrPermission):
		return unreadable, "You may not read this file. Look at its permissions."
	default:
		return unreadable, err.Error() + "."
	}
}

func tooLargeDetail() string {
	return fmt.Sprintf("A spec has at most %d KiB. Is this the right file?", MaxSize/1024)
}

// unfit says why a text is not worth parsing, or returns an empty code.
func unfit(src []byte) (code, detail string) {
	switch {
	case len(src) > MaxSize:
		return tooLarge, tooLargeDetail()
	case len(bytes.TrimSpace(src)) == 0:
		return empty, `The file is empty. A spec begins with project "NAME" { region = "…" }.`
	case !utf8.Valid(src):
		return notUTF8, fmt.Sprintf("Line %d holds bytes that are not UTF-8. Save the file as UTF-8.", badLine(src))
	case bytes.IndexByte(src, 0) >= 0:
		return notUTF8, "The file holds zero bytes, as UTF-16 and binary files do. Save it as UTF-8."
	case depth(src) > maxDepth:
		return tooDeep, fmt.Sprintf("More than %d brackets are open at once. A spec needs a handful: is one not closed?", maxDepth)
	default:
		return "", ""
	}
}

// badLine is the line of the first byte that is not UTF-8.
func badLine(src []byte) int {
	line := 1
	for len(src) > 0 {
		r, size := utf8.DecodeRune(src)
		if r == utf8.RuneError && size == 1 {
			return line
		}
		if r == '\n' {
			line++
		}
		src = src[size:]
	}
	return line
}

// depth is how many brackets of a text are open at once, at most. It knows
// strings, what is interpolated into them, and comments well enough that no
// text that parses is far deeper than it says.
func depth(src []byte) int {
	var open brackets
	deepest := 0
	for i := 0; i < len(src); i++ {
		if open.inString() {
			i += open.text(src[i:])
		} else {
			i += open.code(src[i:])
		}
		deepest = max(deepest, len(open))
	}
	return deepest
}

// brackets are those that are open, the innermost last. A quote counts as one.
type brackets []byte

func (b *brackets) push(c byte) { *b = append(*b, c) }

func (b *brackets) pop() {
	if len(*b) > 0 {
		*b = (*b)[:len(*b)-1]
	}
}

func (b *brackets) inString() bool { return len(*b) > 0 && (*b)[len(*b)-1] == '"' }

// text takes the next byte of a string, and says how many more belong to it.
func (b *brackets) text(src []byte) int {
	switch c := src[0]; {
	case c == '\\':
		return 1
	case c == '"', c == '\n': // No string goes on: its quote is missing, or stands in a comment.
		b.pop()
	case (c == '$' || c == '%') && len(src) > 1 && src[1] == '{':
		b.push('{')
		return 1
	}
	return 0
}

// code takes the next byte outside of strings, and says how many more belong to it.
func (b *brackets) code(src []byte) int {
	switch c := src[0]; c {
	case '\\':
		return 1
	case '"', '{', '[', '(':
		b.push(c)
	case '}', ']', ')':
		b.pop()
	}
	return 0
}
