package outside

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// The environment in which the test binary is Terraform's witness: the file
// that it writes to, and the Terraform that it runs.
const (
	witnessLog  = "OUTSIDE_WITNESS_LOG"
	witnessedTF = "OUTSIDE_WITNESSED_TERRAFORM"
)

// Witnessed is what an environment needs so that tfgen takes a witness for
// Terraform. The witness runs the real one, at a path, and notes in a file.
func Witnessed(t *testing.T, terraform, log string) []string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return []string{"TFGEN_TERRAFORM=" + self, witnessLog + "=" + log, witnessedTF + "=" + terraform}
}

// A Note is one thing that happened to Terraform.
type Note struct {
	Root   string // name of the folder that it runs in
	Run    string // its subcommand, where it was started
	Signal string // or the signal that it got: "interrupt"
}

// Notes returns what a witness noted in a file since the last time. That
// Terraform is asked for its version is left out: that starts no provider.
func Notes(t *testing.T, log string) (notes []Note) {
	t.Helper()
	text, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(log, 0); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		fields := strings.Split(strings.TrimSpace(line), "\t")
		switch root, kind, what := fields[0], fields[1], fields[2]; {
		case kind == signalKind:
			notes = append(notes, Note{Root: root, Signal: what})
		case what != "version":
			notes = append(notes, Note{Root: root, Run: what})
		}
	}
	return notes
}

const (
	runKind    = "run"
	signalKind = "signal"
)

// witness is Terraform to whoever starts it. It notes each run, with all
// arguments, and each signal, which it passes on.
func witness(log string) int {
	note(log, runKind, os.Args[1:]...)
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	cmd := exec.Command(os.Getenv(witnessedTF), os.Args[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := cmd.Start(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	go func() {
		for s := range signals {
			note(log, signalKind, s.String())
			_ = cmd.Process.Signal(s) // it may have ended
		}
	}()
	if err := cmd.Wait(); err != nil {
		if _, ended := errors.AsType[*exec.ExitError](err); !ended {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	return cmd.ProcessState.ExitCode()
}

func note(log, kind string, what ...string) {
	file, err := os.OpenFile(log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return
	}
	defer file.Close()
	dir, _ := os.Getwd()
	fmt.Fprintf(file, "%s\t%s\t%s\n", filepath.Base(dir), kind, strings.Join(what, "\t"))
}
