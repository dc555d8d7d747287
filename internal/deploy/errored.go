package deploy

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// An ErroredState is a state that Terraform could not store where it belongs,
// and left beside the code. It is the only record of what was made.
type ErroredState struct {
	Root   Root
	File   string // path of errored.tfstate
	Target string // the file that it leads to, or "" where it is one itself
	Push   string // the command that stores it
	Unlock string // the command that unlocks, before the lock's ID
	Cut    bool   // the file is not whole, as where the disk was full
}

func (e *ErroredState) Error() string {
	if e.Cut {
		return fmt.Sprintf("the state of %s could not be stored, and %s is not all of it, as where a disk was full. It must not be stored. "+
			"The run that failed said where the whole state is: nothing may be applied before that is stored.", e.Root.Name, e.File)
	}
	where, remove := e.File, "rm "+quote(e.File)
	if e.Target != "" {
		where, remove = e.File+", which leads to "+e.Target, remove+" "+quote(e.Target)
	}
	return fmt.Sprintf("the state of %s could not be stored and waits in %s: nothing may be applied before it is. Store it, then remove the file:\n  %s\n  %s\n"+
		"If the first says that the state is still locked by the run that failed, unlock it before:\n  %s ID",
		e.Root.Name, where, e.Push, remove, e.Unlock)
}

// CheckErrored returns an *ErroredState where an earlier apply of the root
// left a state behind, else nil. Such a file may hold secrets, so it is made
// readable for its owner alone.
func (t *Terraform) CheckErrored(root Root) error {
	file := filepath.Join(root.Dir, erroredFile)
	if _, err := os.Lstat(file); err != nil {
		return nil
	}
	held := t.errored(root, file, erroredFile)
	held.Target, _ = os.Readlink(file)
	text, err := os.ReadFile(file)
	held.Cut = err == nil && !json.Valid(text) || errors.Is(err, fs.ErrNotExist)
	if held.Cut {
		return held
	}
	return errors.Join(held, os.Chmod(file, 0o600))
}

const erroredFile = "errored.tfstate"

// errored is the error of a state in a file, whose name Terraform is told from
// the root's folder.
func (t *Terraform) errored(root Root, file, name string) *ErroredState {
	return &ErroredState{Root: root, File: file, Push: t.Command(root, "state", "push", quote(name)), Unlock: t.Command(root, "force-unlock")}
}

// rescue keeps a state that Terraform could write neither where it belongs nor
// beside the code, and then prints: among the temporary files, and where even
// that is impossible in the error. Beside the code a link leads there, so that
// nothing is applied before it is stored.
func (t *Terraform) rescue(root Root, state []byte) error {
	file, err := saveApart(state)
	if err != nil {
		return fmt.Errorf("the state of %s could be stored nowhere (%w). Save it, from the first { to the last }:\n%s", root.Name, err, state)
	}
	beside := filepath.Join(root.Dir, erroredFile)
	_ = os.Remove(beside) // what Terraform could write of it
	if err := os.Symlink(file, beside); err != nil {
		return t.errored(root, file, file)
	}
	return t.CheckErrored(root)
}

// saveApart writes a state to a folder of its own that only its owner may enter.
func saveApart(state []byte) (file string, err error) {
	dir, err := os.MkdirTemp("", "tfgen-")
	if err != nil {
		return "", err
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return "", err
	}
	file = filepath.Join(dir, erroredFile)
	return file, os.WriteFile(file, state, 0o600)
}
