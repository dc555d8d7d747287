package faults

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"

	"tfgen/internal/outside"
)

// await polls until something holds. A busy machine may take as long as the
// tests themselves.
func await(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for !holds() {
		if outside.Late(t) {
			t.Fatalf("in vain: %s", what)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// A process is a tfgen that runs.
type process struct {
	*exec.Cmd
	screen   *os.File // its terminal, or nil
	out, err *text
	done     chan struct{}
}

// text is what a process has said until now.
type text struct {
	mu  sync.Mutex
	all bytes.Buffer
}

func (x *text) Write(p []byte) (int, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.all.Write(p)
}

func (x *text) String() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.all.String()
}

// start starts a command. The test does not end before it has.
func start(t *testing.T, cmd *exec.Cmd) *process {
	t.Helper()
	p := &process{Cmd: cmd, out: &text{}, err: &text{}, done: make(chan struct{})}
	cmd.Stdout, cmd.Stderr = p.out, p.err
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p.follow(t, func() {})
	return p
}

// startOnTerminal starts a command on a terminal of its own, as a shell does.
func startOnTerminal(t *testing.T, cmd *exec.Cmd) *process {
	t.Helper()
	screen, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 40, Cols: 200})
	if err != nil {
		t.Fatal(err)
	}
	if screen, err = closable(screen); err != nil {
		t.Fatal(err)
	}
	p := &process{Cmd: cmd, screen: screen, err: &text{}, done: make(chan struct{})}
	read := make(chan struct{})
	go func() {
		defer close(read)
		p.err.ReadFrom(screen)
	}()
	p.follow(t, func() { <-read })
	return p
}

// closable is a file that closes at once, also while somebody reads from it. No
// process that is started meanwhile inherits it: a terminal is closed when the
// last one lets go.
func closable(f *os.File) (*os.File, error) {
	defer f.Close()
	fd, err := unix.FcntlInt(f.Fd(), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		return nil, err
	}
	if err := syscall.SetNonblock(fd, true); err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(fd), f.Name()), nil
}

func (p *process) follow(t *testing.T, read func()) {
	go func() {
		p.Wait()
		read()
		close(p.done)
	}()
	t.Cleanup(func() {
		p.Process.Kill()
		<-p.done
		if t.Failed() {
			t.Logf("%s said:\n%s", strings.Join(p.Args, " "), p.err)
		}
	})
}

// ReadFrom reads a terminal, which ends with an error.
func (x *text) ReadFrom(f *os.File) {
	buf := make([]byte, 4096)
	for {
		n, err := f.Read(buf)
		x.Write(buf[:n])
		if err != nil {
			return
		}
	}
}

// says waits until the process has said something.
func (p *process) says(t *testing.T, words string) {
	t.Helper()
	await(t, "that it says "+words, func() bool { return strings.Contains(p.err.String(), words) || p.ended() })
	if !strings.Contains(p.err.String(), words) {
		t.Fatalf("it never said %q:\n%s", words, p.err)
	}
}

func (p *process) ended() bool {
	select {
	case <-p.done:
		return true
	default:
		return false
	}
}

// end waits for the end and returns the exit code; 128 and the signal's number
// for what a signal ended.
func (p *process) end(t *testing.T) int {
	t.Helper()
	await(t, "that it ends", p.ended)
	if status, ok := p.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return 128 + int(status.Signal())
	}
	return p.ProcessState.ExitCode()
}

// begun waits until the slow resource is being made, and returns the process
// that makes it: Terraform.
func (p *project) begun(t *testing.T) (terraform int) {
	t.Helper()
	file := filepath.Join(p.fault, "begun")
	await(t, "that the slow resource begins", func() bool {
		line, _ := os.ReadFile(file)
		terraform, _ = strconv.Atoi(strings.TrimSpace(string(line)))
		return terraform > 0
	})
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	return terraform
}

// goOn lets every slow resource end from now on.
func (p *project) goOn(t *testing.T) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(p.fault, "go"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
}

// gone waits for the end of a process that is not ours.
func gone(t *testing.T, pid int) {
	t.Helper()
	await(t, "the end of a process", func() bool { return syscall.Kill(pid, 0) != nil })
}

// types types on the terminal of a process.
func (p *process) types(t *testing.T, keys string) {
	t.Helper()
	if _, err := p.screen.WriteString(keys); err != nil {
		t.Fatal(err)
	}
}

// stop lets slow resources be slow again.
func (p *project) stop(t *testing.T) {
	t.Helper()
	for _, name := range []string{"go", "begun"} {
		os.Remove(filepath.Join(p.fault, name)) // what is not there need not go
	}
}
