package outside

import (
	"testing"
	"time"
)

// cleaningUp is how long before the deadline a test gives up: it has processes
// to end and something to say.
const cleaningUp = 30 * time.Second

// Late reports whether the deadline of all tests (go test -timeout) is so near
// that a test should stop waiting. Without a deadline it never is.
func Late(t *testing.T) bool {
	deadline, ok := t.Deadline()
	return ok && time.Until(deadline) < cleaningUp
}
