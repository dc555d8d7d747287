// Package faults holds what tfgen promises for the day something goes wrong:
// signals, kills, states that cannot be written, locks, full disks, an AWS that
// refuses, a missing registry. Each is brought about for real: the command as a
// user runs it, the real Terraform with the real AWS provider, and a local AWS
// behind a proxy that fails on demand.
//
// No test waits for a time to pass: what is slow says when it has begun, and
// goes on when it is told. The package knows the command line and AWS's calls,
// and nothing of how tfgen works.
package faults

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"tfgen/internal/rehearsal/localaws"
)

func TestMain(m *testing.M) {
	if log := os.Getenv(witnessLog); log != "" {
		os.Exit(witness(log))
	}
	os.Exit(run(m))
}

// run builds the command, puts it on the PATH as an installation would, starts
// one local AWS, in which each test has an account of its own, and runs the
// tests.
func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "tfgen-faults-")
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
	aws, err = localaws.Start(context.Background(), localaws.Options{Progress: os.Stderr})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer aws.Stop()
	flag.Parse()
	if !given("test.parallel") {
		// They wait for retries most of the time, and can do it together.
		flag.Set("test.parallel", "8")
	}
	return m.Run()
}

// given reports whether a flag stands on the command line.
func given(name string) (found bool) {
	flag.Visit(func(f *flag.Flag) { found = found || f.Name == name })
	return found
}

// aws is the local AWS of all tests.
var aws *localaws.Server
