//go:build !unix

package deploy

import (
	"io"
	"os"
	"path/filepath"
)

// spool makes a file for Terraform to write its log to. To call end reads and
// removes it.
func spool(read func(io.Reader)) (path string, end func(), err error) {
	dir, err := os.MkdirTemp("", "tfgen-")
	if err != nil {
		return "", nil, err
	}
	path = filepath.Join(dir, "log")
	return path, func() {
		if file, err := os.Open(path); err == nil {
			read(file)
			file.Close()
		}
		_ = os.RemoveAll(dir)
	}, nil
}
