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
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		return os.Chmod(path, 0o700) // before it is read
	})
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return errors.Join(err, os.RemoveAll(dir))
}
