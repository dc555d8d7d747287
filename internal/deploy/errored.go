package deploy

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// An ErroredState is a state that Terraform could not store where it belongs,
// and left beside the code. It is the only record of what was made.
type ErroredState struct {
	Root Root
	File string // path of errored.tfstate
	Push string // the command that stores it
}

func (e *ErroredState) Error() string {
	return fmt.Sprintf("the state of %s could not be stored and waits in %s: nothing may be applied before it is. Store it, then remove the file:\n  %s\n  rm %s",
		e.Root.Name, e.File, e.Push, quote(e.File))
}

// CheckErrored returns an *ErroredState where an earlier apply of the root
// left a state behind, else nil. Such a file may hold secrets, so it is made
// readable for its owner alone.
func (t *Terraform) CheckErrored(root Root) error {
	file := filepath.Join(root.Dir, "errored.tfstate")
	if _, err := os.Lstat(file); err != nil {
		return nil
	}
	held := &ErroredState{Root: root, File: file, Push: t.Command(root, "state", "push", "errored.tfstate")}
	return errors.Join(held, os.Chmod(file, 0o600))
}

// keepErrored adds to the error of an apply that it left a state behind.
func (t *Terraform) keepErrored(root Root, err error) error {
	if err == nil {
		return nil
	}
	return errors.Join(err, t.CheckErrored(root))
}
