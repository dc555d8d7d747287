package deploy

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// private makes the files of a state that lies beside the code readable for
// their owner alone, before Terraform makes them readable for everyone: they
// hold what a plan holds. Terraform takes an empty file for no state, and the
// state stays where it is whatever happens: another apply may have it open.
func private(root Root) error {
	if text, err := moduleSettings(root.Dir); err != nil || hasBackend(text) {
		return err
	}
	return errors.Join(touch(filepath.Join(root.Dir, "terraform.tfstate")), touch(backup(root)))
}

// backup is where Terraform keeps the state before the last apply.
func backup(root Root) string { return filepath.Join(root.Dir, "terraform.tfstate.backup") }

// dropBackup removes the backup of nothing.
func dropBackup(root Root) {
	if info, err := os.Lstat(backup(root)); err == nil && info.Size() == 0 && info.Mode().IsRegular() {
		_ = os.Remove(backup(root)) // an empty file says nothing, and does no harm
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
