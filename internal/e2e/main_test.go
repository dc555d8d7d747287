// Package e2e holds the promises of tfgen, proved from outside: the command as
// a user runs it, the real Terraform, the real AWS provider, and a local AWS
// that is asked what is there. Each test has an account of its own.
//
// It knows the command line and AWS's calls, and nothing of how tfgen works.
package e2e

import (
	"testing"

	"tfgen/internal/outside"
)

func TestMain(m *testing.M) { outside.Main(m, nil) }
