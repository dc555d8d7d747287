// Package changes holds what a change of each argument does to a project that
// is applied: one apply, an empty plan after it, and at no moment in between
// somebody who is cut off. The command is the one that a user runs, with the
// real Terraform, the real AWS provider, and a local AWS that writes down what
// there is after each call.
//
// Its table has a row for each argument of the language. Rows that do not touch
// each other share an apply: that is what takes the time.
package changes

import (
	"testing"

	"tfgen/internal/outside"
)

func TestMain(m *testing.M) { outside.Main(m, nil) }
