package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
)

// A process is a real provider that runs.
type process struct {
	address string // in gRPC's words, such as unix:/tmp/plugin1
	running *os.Process
	ended   chan struct{}
}

// launch starts the real provider in a folder, or in the present one where dir
// is empty. It logs to a file, or nowhere where that is nil.
func launch(path, dir string, env []string, log *os.File) (*process, error) {
	cmd := exec.Command(path)
	cmd.Dir = dir
	cmd.Env = append(slices.Clone(env), handshake.MagicCookieKey+"="+handshake.MagicCookieValue)
	if log != nil {
		cmd.Stderr = log
	}
	cmd.SysProcAttr = dieTogether()
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p := &process{ended: make(chan struct{})}
	started := make(chan error)
	go func() {
		defer close(p.ended)
		runtime.LockOSThread() // it dies with the thread that starts it
		err := cmd.Start()
		if err != nil {
			started <- err
			return
		}
		p.running = cmd.Process
		stdout := bufio.NewReader(out)
		p.address, err = greeting(stdout)
		started <- err
		_, _ = io.Copy(io.Discard, stdout)
		_ = cmd.Wait() // it was killed
	}()
	return p, <-started
}

// greeting reads where a provider listens, from the line that it greets with:
// its protocols' versions, the network, the address, and more
// (https://github.com/hashicorp/go-plugin/blob/main/docs/internals.md).
func greeting(stdout *bufio.Reader) (string, error) {
	line, err := stdout.ReadString('\n')
	if err != nil {
		return "", fmt.Errorf("the AWS provider does not greet: %w", err)
	}
	fields := strings.Split(line, "|")
	if len(fields) < 5 || fields[1] != "5" {
		return "", fmt.Errorf("the AWS provider greets with %q, not with version 5 of the protocol", line)
	}
	return fields[2] + ":" + fields[3], nil
}

// runs reports whether it has not ended by itself.
func (p *process) runs() bool {
	select {
	case <-p.ended:
		return false
	default:
		return true
	}
}

// end ends it and waits until it is gone.
func (p *process) end() {
	if p.running != nil {
		_ = p.running.Kill() // it may have ended
		<-p.ended
	}
}
