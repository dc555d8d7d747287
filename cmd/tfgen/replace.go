package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// replace puts a text in the place of a file in one step, so that whoever is
// killed leaves the old one or the new. A link stays one, and a file that may
// not be written is not.
func replace(file string, text []byte) error {
	real, err := filepath.EvalSymlinks(file)
	if err != nil {
		return err
	}
	info, err := writable(real)
	if err != nil {
		return err
	}
	if err := put(real, text, info.Mode().Perm()); err != nil {
		return fmt.Errorf("write %s: %w", file, err)
	}
	return nil
}

// put makes a file of a text, in one step, whether or not there is one.
func put(file string, text []byte, mode fs.FileMode) error {
	temp, err := os.CreateTemp(filepath.Dir(file), ".tfgen-*")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name()) // which is gone after the rename
	if err := fill(temp, text, mode); err != nil {
		return err
	}
	return os.Rename(temp.Name(), file)
}

// writable opens a file for writing, to hear now that it may not be written: a
// rename would ask the folder only.
func writable(file string) (fs.FileInfo, error) {
	f, err := os.OpenFile(file, os.O_WRONLY, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.Stat()
}

// fill writes a file whole, down to the disk, and closes it.
func fill(f *os.File, text []byte, mode fs.FileMode) error {
	_, err := f.Write(text)
	return errors.Join(err, f.Chmod(mode), f.Sync(), f.Close())
}
