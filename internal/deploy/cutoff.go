package deploy

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
)

// CutOff is the error of an apply whose Terraform ended before it had stored
// the state: it was killed, or told twice to stop.
type CutOff struct {
	Root    Root
	Product string    // "Terraform" or "OpenTofu"
	Lock    *LockHeld // the lock that it left behind, or nil where none was found
}

func (e *CutOff) Error() string {
	text := fmt.Sprintf("%s ended before it had stored the state of %s. What it made last may be there without being in the state; "+
		"an apply that meets such a thing says how to take it over.", e.Product, e.Root.Name)
	if e.Lock != nil {
		text += "\n" + sentence(e.Lock.Error())
	}
	return text
}

// cutOff reports whether a run of Terraform did not come to its own end.
func cutOff(ctx context.Context, err error) bool {
	return killed(err) != "" || err != nil && forced(ctx)
}

// killed says which signal ended Terraform, as in "signal: killed", or "".
func killed(err error) string {
	exit, ok := errors.AsType[*exec.ExitError](err)
	if !ok || exit.ExitCode() >= 0 {
		return ""
	}
	return exit.ProcessState.String()
}

// forced reports whether a person asked a second time to stop.
func forced(ctx context.Context) bool {
	select {
	case <-insisted(ctx):
		return true
	default:
		return false
	}
}
