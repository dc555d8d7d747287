package localaws

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Dir is a folder that lives as long as the server: whatever ends the process
// that started it, the folder goes with it, and all that was put there.
func (s *Server) Dir() string { return s.dir }

// Remove removes a folder with all that is in it, also what a build has made
// read-only, as Go does with its modules.
func Remove(dir string) error {
	root, err := os.OpenRoot(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = errors.Join(makeWritable(root), root.Close())
	}
	return errors.Join(err, os.RemoveAll(dir))
}

func makeWritable(root *os.Root) error {
	return fs.WalkDir(root.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		return root.Chmod(filepath.FromSlash(name), 0o700) // before it is read
	})
}
