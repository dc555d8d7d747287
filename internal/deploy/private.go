package deploy

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// private makes the files of a state that lies beside the code readable for
// their owner alone, before Terraform makes them readable for everyone: they
// hold what a plan holds. Terraform takes an empty file for no state. To call
// done removes those that stayed empty.
func private(root Root) (done func(), err error) {
	if text, err := moduleSettings(root.Dir); err != nil || hasBackend(text) {
		return func() {}, err
	}
	var files []string
	for _, name := range []string{"terraform.tfstate", "terraform.tfstate.backup"} {
		file := filepath.Join(root.Dir, name)
		if err := touch(file); err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	return func() {
		for _, file := range files {
			if info, err := os.Lstat(file); err == nil && info.Size() == 0 && info.Mode().IsRegular() {
				_ = os.Remove(file) // an empty file says nothing
			}
		}
	}, nil
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
