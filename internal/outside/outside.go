// Package outside runs the tests that look at tfgen from outside: the command,
// built as it is installed, with a witness in Terraform's place that notes what
// it is told. It knows nothing of how tfgen works.
package outside

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"
)

// Main is the TestMain of such a package. It builds the command, puts it on the
// PATH as an installation would, and runs the tests, five at a time: most of
// the time they wait for what the provider waits for. Prepare, if it is not nil,
// comes before the tests, and what it returns after them.
func Main(m *testing.M, prepare func() (end func(), err error)) {
	if log := os.Getenv(witnessLog); log != "" {
		os.Exit(witness(log))
	}
	code, err := run(m, prepare)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func run(m *testing.M, prepare func() (end func(), err error)) (int, error) {
	dir, err := os.MkdirTemp("", "tfgen-outside-")
	if err != nil {
		return 1, err
	}
	defer os.RemoveAll(dir)
	build := exec.Command("go", "build", "-ldflags=-s -w", "-o", filepath.Join(dir, "tfgen"), "../../cmd/tfgen")
	if out, err := build.CombinedOutput(); err != nil {
		return 1, fmt.Errorf("build tfgen: %w\n%s", err, out)
	}
	if err := os.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH")); err != nil {
		return 1, err
	}
	// Who started the tests may ignore a hangup, as nohup does. A program that
	// receives a signal does not hand down that it was ignored.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGHUP)
	if prepare != nil {
		end, err := prepare()
		if err != nil {
			return 1, err
		}
		defer end()
	}
	flag.Parse()
	if !given("test.parallel") {
		if err := flag.Set("test.parallel", "5"); err != nil {
			return 1, err
		}
	}
	return m.Run(), nil
}

// given reports whether a flag stands on the command line.
func given(name string) (found bool) {
	flag.Visit(func(f *flag.Flag) { found = found || f.Name == name })
	return found
}
