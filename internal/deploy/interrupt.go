package deploy

import (
	"context"
	"fmt"
	"os"
	"time"
)

// lastWords is how long it may take, after a second interrupt, until Terraform
// has ended and it is known whose lock is left. Its own limit is five seconds.
const lastWords = 5*time.Second + 2*lockPatience

const (
	sayWaiting = "Stopping: what runs was asked to end cleanly, and is waited for as long as that takes. Interrupt again to stop at once."
	sayAtOnce  = "Stopping at once. What was being made may be missing from the state, and the state may stay locked: that is looked at next."
)

// Interrupted is the error of a run that a signal ended.
type Interrupted struct {
	Signal os.Signal // the first one
	Forced bool      // a second one came before Terraform had ended
	Err    error     // what the run itself returned, or nil
}

func (e *Interrupted) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("interrupted (%s): %s", e.Signal, e.Err)
	}
	return fmt.Sprintf("interrupted (%s)", e.Signal)
}

func (e *Interrupted) Unwrap() error { return e.Err }

// insistence is the context key of the channel that is closed when a person
// asks a second time.
type insistence struct{}

// Interruptible runs f until it is done. The first signal cancels its
// context, which interrupts Terraform once, and f is waited for as long as it
// takes. The second interrupts Terraform again, which then ends at once. Both
// are said aloud through say. Whatever a signal ended returns *Interrupted.
func Interruptible(ctx context.Context, signals <-chan os.Signal, say func(string), f func(context.Context) error) error {
	insist := make(chan struct{})
	ctx = context.WithValue(ctx, insistence{}, insist)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- f(ctx) }()

	stop := &Interrupted{}
	select {
	case err := <-done:
		return err
	case stop.Signal = <-signals:
	}
	say(sayWaiting)
	cancel()
	select {
	case stop.Err = <-done:
		return stop
	case <-signals:
	}
	say(sayAtOnce)
	stop.Forced = true
	close(insist)
	select {
	case stop.Err = <-done:
	case <-signals:
	case <-time.After(lastWords):
	}
	return stop
}

// insisted returns the channel that is closed on the second signal, or nil.
func insisted(ctx context.Context) <-chan struct{} {
	insist, _ := ctx.Value(insistence{}).(chan struct{})
	return insist
}
