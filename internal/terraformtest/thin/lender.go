package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"slices"
	"sync"
)

// idleMost is how many idle providers a lender keeps. One takes 200 MB or so.
const idleMost = 6

// A lender starts providers, lends each to one command thin at a time, and keeps
// it for the next that runs in the same folder with the same environment: a
// provider takes longer to start than what Terraform then asks of it, and may be
// configured as often as one likes. What has been interrupted, and whose
// borrower has died, is not lent again.
//
// One of them is never configured, and validates for all at once.
type lender struct {
	path string // of the provider

	mutex     sync.Mutex
	idle      []loan // the last one came back last
	validator func() (*process, error)
}

// A loan is what thin asks for, in JSON, and gets the address of.
type loan struct {
	// Validate asks for the one that validates. It needs nothing else.
	Validate bool
	// Dir and Env are the working directory and the environment.
	Dir string
	Env []string

	process *process
}

// A lent provider is the answer.
type lent struct {
	Address string
	Error   string
}

// lend lends until nobody holds the standard input. It prints its address first.
func lend(path string) error {
	dir, err := os.MkdirTemp("", "thin")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	listener, err := net.Listen("unix", filepath.Join(dir, "lender"))
	if err != nil {
		return err
	}
	go newLender(path).listen(listener)
	fmt.Println(listener.Addr())
	_, err = io.Copy(io.Discard, os.Stdin)
	return err // The providers end with this process.
}

func newLender(path string) *lender {
	l := &lender{path: path}
	l.validator = sync.OnceValues(func() (*process, error) { return launch(path, "", os.Environ(), nil) })
	return l
}

// listen serves all that come until the listener is closed.
func (l *lender) listen(listener net.Listener) {
	for {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		go l.serve(conn)
	}
}

// serve lends a provider until the borrower says that it may be lent again, or
// goes without a word.
func (l *lender) serve(conn net.Conn) {
	defer conn.Close()
	requests, answers := json.NewDecoder(conn), json.NewEncoder(conn)
	var asked loan
	if requests.Decode(&asked) != nil {
		return
	}
	var err error
	if asked.Validate {
		asked.process, err = l.validator()
	} else {
		asked.process, err = l.take(asked)
	}
	if err != nil {
		_ = answers.Encode(lent{Error: err.Error()})
		return
	}
	_ = answers.Encode(lent{Address: asked.process.address}) // Who has gone sends nothing back.
	var fit bool
	switch err := requests.Decode(&fit); {
	case asked.Validate:
	case err == nil && fit:
		l.keep(asked)
	default:
		asked.process.end()
	}
}

// take returns an idle provider that fits, or starts one.
func (l *lender) take(asked loan) (*process, error) {
	l.mutex.Lock()
	for i, one := range slices.Backward(l.idle) {
		if one.Dir == asked.Dir && slices.Equal(one.Env, asked.Env) && one.process.runs() {
			l.idle = slices.Delete(l.idle, i, i+1)
			l.mutex.Unlock()
			return one.process, nil
		}
	}
	l.mutex.Unlock()
	return launch(l.path, asked.Dir, asked.Env, nil)
}

// keep keeps a provider for the next, and lets the one go that was idle longest.
func (l *lender) keep(back loan) {
	l.mutex.Lock()
	l.idle = append(l.idle, back)
	var one loan
	if len(l.idle) > idleMost {
		one, l.idle = l.idle[0], slices.Delete(l.idle, 0, 1)
	}
	l.mutex.Unlock()
	if one.process != nil {
		one.process.end()
	}
}
