package files

import (
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path"
)

// stage writes a file under a temporary name beside the one that commit gives
// it. (A well-kept library for atomic files exists, but puts its temporary
// files into the root of an os.Root, under names that cannot be told from a
// person's.)
func (t *tree) stage(name string, text []byte) error {
	temp := path.Join(path.Dir(name), tempPrefix+rand.Text()+tempSuffix)
	t.staged[name] = temp
	if err := t.root.MkdirAll(path.Dir(name), 0o755); err != nil {
		return fmt.Errorf("write %s: %w", name, cause(err))
	}
	if err := t.create(temp, text); err != nil {
		return fmt.Errorf("write %s: %w", name, cause(err))
	}
	return nil
}

// create writes a new file down to the disk: without the Sync a rename could
// survive a loss of power that the contents do not.
func (t *tree) create(name string, text []byte) error {
	f, err := t.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// commit puts a staged file in its place, in one step.
func (t *tree) commit(name string) error {
	if err := t.root.Rename(t.staged[name], name); err != nil {
		return fmt.Errorf("write %s: %w", name, cause(err))
	}
	delete(t.staged, name)
	return nil
}

// replace is stage and commit.
func (t *tree) replace(name string, text []byte) error {
	if err := t.stage(name, text); err != nil {
		return err
	}
	return t.commit(name)
}

// discard removes what is staged and not committed, and the folders made for it.
func (t *tree) discard() error {
	var errs []error
	for _, name := range sortedKeys(t.staged) {
		errs = append(errs, t.remove(t.staged[name]), t.prune(name))
	}
	clear(t.staged)
	return errors.Join(errs...)
}
