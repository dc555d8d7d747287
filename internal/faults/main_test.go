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
	"os"
	"testing"

	"tfgen/internal/outside"
	"tfgen/internal/rehearsal/localaws"
)

// TestMain starts one local AWS, in which each test has an account of its own.
func TestMain(m *testing.M) {
	outside.Main(m, func() (end func(), err error) {
		aws, err = localaws.Start(context.Background(), localaws.Options{Progress: os.Stderr})
		return func() { _ = aws.Stop() }, err
	})
}

// aws is the local AWS of all tests.
var aws *localaws.Server
