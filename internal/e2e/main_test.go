// Package e2e holds the promises of tfgen, proved from outside: the command as
// a user runs it, the real Terraform, the real AWS provider, and a local AWS
// that is asked what is there. Each test has an account of its own.
//
// It knows the command line and AWS's calls, and nothing of how tfgen works.
package e2e

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

func TestMain(m *testing.M) {
	if log := os.Getenv(witnessLog); log != "" {
		os.Exit(witness(log))
	}
	os.Exit(run(m))
}

// run builds the command, puts it on the PATH as an installation would, and
// runs the tests.
func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "tfgen-e2e-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	build := exec.Command("go", "build", "-o", filepath.Join(dir, "tfgen"), "../../cmd/tfgen")
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build tfgen: %v\n%s", err, out)
		return 1
	}
	os.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH"))
	flag.Parse()
	if !given("test.parallel") {
		// They wait for load balancers most of the time, and can do it together.
		flag.Set("test.parallel", "8")
	}
	return m.Run()
}

// given reports whether a flag stands on the command line.
func given(name string) (found bool) {
	flag.Visit(func(f *flag.Flag) { found = found || f.Name == name })
	return found
}
