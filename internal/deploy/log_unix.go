//go:build unix

package deploy

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// stragglers is how long a log is read on after Terraform has ended, where
// something that it started still holds it open.
const stragglers = 2 * time.Second

// spool makes a named pipe for Terraform to write its log to, and reads it
// while it is written. To call end reads the rest and removes the pipe.
func spool(read func(io.Reader)) (path string, end func(), err error) {
	dir, err := os.MkdirTemp("", "tfgen-")
	if err != nil {
		return "", nil, err
	}
	path = filepath.Join(dir, "log")
	in, out, err := openPipe(path)
	if err != nil {
		return "", nil, errors.Join(err, os.RemoveAll(dir))
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		read(in)
	}()
	return path, func() {
		out.Close()
		_ = in.SetReadDeadline(time.Now().Add(stragglers)) // a pipe has deadlines
		<-done
		in.Close()
		_ = os.RemoveAll(dir) // an empty pipe that only its owner may open
	}, nil
}

// openPipe opens both ends, so that it does not end between two runs that
// write to it.
func openPipe(path string) (in, out *os.File, err error) {
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		return nil, nil, err
	}
	if in, err = os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0); err != nil {
		return nil, nil, err
	}
	if out, err = os.OpenFile(path, os.O_WRONLY, 0); err != nil {
		in.Close()
	}
	return in, out, err
}
