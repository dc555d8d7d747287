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
	case isDeep(src):
		return tooDeep, fmt.Sprintf("More than %d brackets are open at once, or an expression has no end. A spec needs a handful: is one not closed?", maxDepth)
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
