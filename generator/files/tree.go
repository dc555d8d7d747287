package files

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// A tree is the project folder. Its methods reach nothing outside and go
// through no link; paths are slash-separated.
type tree struct {
	root   *os.Root
	staged map[string]string // path → temporary file that will replace it
}

func newTree(root *os.Root) *tree { return &tree{root: root, staged: map[string]string{}} }

// look says whether there is a file, and refuses everything that is neither a
// file nor nothing. It opens nothing, so a pipe cannot hold it up.
func (t *tree) look(name string) (exists bool, err error) {
	for _, dir := range parents(name) {
		info, err := t.root.Lstat(dir)
		if errors.Is(err, fs.ErrNotExist) {
			return false, nil
		}
		if err := expect(dir, info, err, fs.FileMode.IsDir, "folder"); err != nil {
			return false, err
		}
	}
	info, err := t.root.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, expect(name, info, err, fs.FileMode.IsRegular, "file")
}

func expect(name string, info fs.FileInfo, err error, ok func(fs.FileMode) bool, want string) error {
	if err != nil {
		return fmt.Errorf("look at %s: %w", name, cause(err))
	}
	if !ok(info.Mode()) {
		return fmt.Errorf("%s is a %s where a %s must be: move it away", name, kind(info.Mode()), want)
	}
	return nil
}

func kind(mode fs.FileMode) string {
	switch {
	case mode.IsDir():
		return "folder"
	case mode.IsRegular():
		return "file"
	case mode&fs.ModeSymlink != 0:
		return "symbolic link"
	case mode&fs.ModeNamedPipe != 0:
		return "named pipe"
	case mode&fs.ModeSocket != 0:
		return "socket"
	}
	return "device"
}

// maxSize is far above any file that is generated, and low enough that reading
// one is quick, in bytes.
const maxSize = 8 << 20

// read reads a file, if there is one.
func (t *tree) read(name string) (text []byte, exists bool, err error) {
	if exists, err = t.look(name); !exists || err != nil {
		return nil, false, err
	}
	f, err := t.root.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil // another run has just removed it
	}
	if err != nil {
		return nil, false, fmt.Errorf("read %s: %w", name, cause(err))
	}
	defer f.Close()
	text, err = io.ReadAll(io.LimitReader(f, maxSize+1))
	switch {
	case err != nil:
		return nil, false, fmt.Errorf("read %s: %w", name, cause(err))
	case len(text) > maxSize:
		return nil, false, fmt.Errorf("%s is larger than %d MiB, and so not what tfgen wrote: move it away", name, maxSize>>20)
	}
	return text, true, nil
}

// cause is an error of the system without the path that it names: the caller
// knows a better one than that of a temporary file.
func cause(err error) error {
	var p *fs.PathError
	var l *os.LinkError
	switch {
	case errors.As(err, &p):
		return p.Err
	case errors.As(err, &l):
		return l.Err
	}
	return err
}
