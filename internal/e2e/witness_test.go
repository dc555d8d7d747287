package e2e

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
	witnessLog  = "E2E_WITNESS_LOG"
	witnessedTF = "E2E_WITNESSED_TERRAFORM"
)

// witness is Terraform to whoever starts it. It notes the arguments of each run
// and each signal, a line each that begins with the root's folder.
func witness(log string) int {
	note(log, strings.Join(os.Args[1:], " "))
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	cmd := exec.Command(os.Getenv(witnessedTF), os.Args[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := cmd.Start(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	go func() {
		for s := range signals {
			note(log, s.String())
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
	dir, _ := os.Getwd()
	fmt.Fprintf(file, "%s %s\n", filepath.Base(dir), what)
}

// witnessed returns what Terraform was run with since the last time: the root
// and the subcommand, as in "delivery plan", or the root and a signal. That it
// is asked for its version is left out: that starts no provider.
func (p *project) witnessed(t *testing.T) (runs []string) {
	t.Helper()
	text, err := os.ReadFile(p.log)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(p.log, 0); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		words := strings.Fields(line)
		if words[1] != "version" {
			runs = append(runs, words[0]+" "+words[1])
		}
	}
	return runs
}
