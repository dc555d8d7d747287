package main

import (
	"errors"
	"os"
	"sync"
	"syscall"

	"golang.org/x/term"
)

// A stream is stdout or stderr. To write to it never fails, so that nothing
// stops half-way because a reader went away; what else went wrong, such as a
// full disk, is remembered.
type stream struct {
	file *os.File

	mutex sync.Mutex
	err   error // the first one
}

func (s *stream) Write(p []byte) (int, error) {
	_, err := s.file.Write(p)
	if err != nil && !errors.Is(err, syscall.EPIPE) {
		s.mutex.Lock()
		defer s.mutex.Unlock()
		if s.err == nil {
			s.err = err
		}
	}
	return len(p), nil
}

// failed is what kept the stream from being whole, or nil.
func (s *stream) failed() error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.err
}

func (s *stream) isTerminal() bool { return term.IsTerminal(int(s.file.Fd())) }

// size is the terminal's, in columns and rows; both are 0 where it is none.
func (s *stream) size() (width, height int) {
	width, height, err := term.GetSize(int(s.file.Fd()))
	if err != nil {
		return 0, 0
	}
	return width, height
}
