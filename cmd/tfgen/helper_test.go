package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/creack/pty"
	"github.com/gofrs/flock"
	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/sys/unix"
)

// lines demands a number of lines: lines stdout 1.
func lines(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: lines FILE NUMBER")
	}
	want, err := strconv.Atoi(args[1])
	ts.Check(err)
	if got := strings.Count(ts.ReadFile(args[0]), "\n"); got != want {
		ts.Fatalf("%d lines, want %d", got, want)
	}
}

// isJSONLines demands an object with type, time and version on every line.
func isJSONLines(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: json FILE")
	}
	text := ts.ReadFile(args[0])
	if text == "" {
		ts.Fatalf("there is no line")
	}
	for line := range strings.Lines(text) {
		var fields struct{ Type, Time, Version string }
		if err := json.Unmarshal([]byte(line), &fields); err != nil || fields.Type == "" || fields.Version == "" {
			ts.Fatalf("%v in %s", err, line)
		}
		if _, err := time.Parse(time.RFC3339Nano, fields.Time); err != nil {
			ts.Fatalf("%v in %s", err, line)
		}
	}
}

// command is one that is killed when its script is given up, which is shortly
// before the deadline of the tests: testscript then sends SIGQUIT.
func command(args []string) *exec.Cmd {
	ctx, _ := signal.NotifyContext(context.Background(), syscall.SIGQUIT) // until this process ends
	return exec.CommandContext(ctx, args[0], args[1:]...)
}

// onTerminal is a command: terminal ANSWER COMMAND... runs another one on a
// terminal, types the answer when it is asked or reads, and prints what was to be
// seen.
func onTerminal() {
	cmd := command(os.Args[2:])
	screen, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 40, Cols: 120})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(99)
	}
	answer := strings.NewReplacer("^C", "\x03", "^D", "\x04", "^M", "\r").Replace(os.Args[1])
	_, _ = io.Copy(os.Stdout, &typist{screen: screen, answer: answer})
	os.Exit(ended(cmd.Wait()))
}

// A typist reads a screen, and answers the question on it.
type typist struct {
	screen *os.File
	seen   []byte
	answer string
}

func (t *typist) Read(p []byte) (int, error) {
	n, err := t.screen.Read(p)
	t.seen = append(t.seen, p[:n]...)
	asked := bytes.HasSuffix(t.seen, []byte("yes: ")) || bytes.HasSuffix(t.seen, []byte("Ctrl-D.\r\n"))
	if t.answer != "" && asked {
		_, _ = t.screen.WriteString(t.answer)
		t.answer = ""
	}
	return n, err
}

// interrupt is a command: interrupt INT,TERM COMMAND... runs another one and
// sends it signals, each when the fake is ready for it, and tells the fake.
func interrupt() {
	cmd := command(os.Args[2:])
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if err := cmd.Start(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(99)
	}
	end := make(chan error, 1)
	go func() { end <- cmd.Wait() }()
	mark := func(kind string, i int) string {
		return filepath.Join(os.Getenv("FAKE"), fmt.Sprintf("%s-%d", kind, i))
	}
	for i, name := range strings.Split(os.Args[1], ",") {
		for len(end) == 0 && !exists(mark("signal", i)) {
			time.Sleep(5 * time.Millisecond)
		}
		_ = cmd.Process.Signal(unix.SignalNum("SIG" + name)) // it may have ended
		_ = os.WriteFile(mark("sent", i), nil, 0o644)
	}
	os.Exit(ended(<-end))
}

// alone is a command: alone COMMAND... runs another one in a session of its own,
// which has no terminal.
func alone() {
	cmd := exec.Command(os.Args[1], os.Args[2:]...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	os.Exit(ended(cmd.Run()))
}

// locked is a command: locked FILE COMMAND... runs another one while it holds a
// lock itself, and lets go of it when the other says something.
func locked() {
	lock := flock.New(os.Args[1])
	signature := []byte(`{"pid":7,"host":"build-7","since":"2026-01-02T03:04:05Z"}`)
	if err := errors.Join(os.WriteFile(os.Args[1], signature, 0o644), lock.Lock()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(99)
	}
	cmd := exec.Command(os.Args[2], os.Args[3:]...)
	cmd.Stdout, cmd.Stderr = os.Stdout, unlocking{lock}
	os.Exit(ended(cmd.Run()))
}

// unlocking is stderr, and lets go of a lock at the first word.
type unlocking struct{ lock *flock.Flock }

func (u unlocking) Write(p []byte) (int, error) {
	_ = u.lock.Unlock()
	return os.Stderr.Write(p)
}

// ended is the exit code of a command; 200 and more for one that a signal ended.
func ended(err error) int {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case !errors.As(err, &exit):
		return 99
	case exit.ExitCode() < 0:
		return 200
	}
	return exit.ExitCode()
}
