package files

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
)

// remove removes a file, if it is still there.
func (t *tree) remove(name string) error {
	if err := t.root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove %s: %w", name, cause(err))
	}
	return nil
}

// prune removes the folders above a path that are empty, the innermost first.
func (t *tree) prune(name string) error {
	for _, dir := range slices.Backward(parents(name)) {
		empty, err := t.empty(dir)
		if err != nil || !empty {
			return err
		}
		err = t.remove(dir)
		if errors.Is(err, fs.ErrExist) {
			return nil // something has just come into it
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// empty tells whether a folder has nothing in it; one that is not there has not.
func (t *tree) empty(dir string) (bool, error) {
	entries, err := t.list(dir)
	return len(entries) == 0, err
}

func (t *tree) list(dir string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(t.root.FS(), dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read %s: %w", dir, cause(err))
	}
	return entries, nil
}
