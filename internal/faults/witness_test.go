package faults

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"
)

// The environment in which the test binary is Terraform's witness: the file
// that it writes to, and the Terraform that it runs.
const (
	witnessLog  = "FAULTS_WITNESS_LOG"
	witnessedTF = "FAULTS_WITNESSED_TERRAFORM"
)

// witness is Terraform to whoever starts it. It notes each signal, and passes it
// on.
func witness(log string) int {
	note(log, "run "+strings.Join(os.Args[1:], " "))
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
			note(log, "signal "+s.String())
			cmd.Process.Signal(s)
		}
	}()
	var exit *exec.ExitError
	if err := cmd.Wait(); err != nil && !errors.As(err, &exit) {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return cmd.ProcessState.ExitCode()
}

func note(log, what string) {
	file, err := os.OpenFile(log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return
	}
	defer file.Close()
	fmt.Fprintln(file, what)
}

// witnessed is command with a witness in Terraform's place.
func (p *project) witnessed(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := p.command(t, args...)
	cmd.Env = append(cmd.Env, "TFGEN_TERRAFORM="+self, witnessLog+"="+p.log)
	return cmd
}

// signals returns the signals that Terraform got since the last time.
func (p *project) signals(t *testing.T) (got []string) {
	t.Helper()
	text, err := os.ReadFile(p.log)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(p.log, 0); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if what, ok := strings.CutPrefix(strings.TrimSpace(line), "signal "); ok {
			got = append(got, what)
		}
	}
	return got
}
