package deploy

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// private makes the files of a state that lies beside the code readable for
// their owner alone, before an apply.
func private(root Root) error {
	if text, err := moduleSettings(root.Dir); err != nil || hasBackend(text) {
		return err
	}
	return privateState(stateFile(root))
}

// privateState makes the file of a state and its backup readable for their
// owner alone, before Terraform makes them readable for everyone: they hold what
// a plan holds. Terraform takes an empty file for no state, and the state stays
// where it is whatever happens: another apply may have it open.
func privateState(file string) error {
	return errors.Join(touch(file), touch(backup(file)))
}

// stateFile is where the state of a root lies whose code names no other place.
func stateFile(root Root) string { return filepath.Join(root.Dir, "terraform.tfstate") }

// backup is where Terraform keeps what a file held before it was last written.
func backup(file string) string { return file + ".backup" }

// dropBackup removes the backup of nothing.
func dropBackup(file string) {
	name := backup(file)
	if info, err := os.Lstat(name); err == nil && info.Size() == 0 && info.Mode().IsRegular() {
		_ = os.Remove(name) // an empty file says nothing, and does no harm
	}
}

func touch(file string) error {
	f, err := os.OpenFile(file, os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	err = f.Chmod(0o600)
	if errors.Is(err, fs.ErrPermission) { // it is somebody else's, who lets us write to it
		err = nil
	}
	return errors.Join(err, f.Close())
}
