package deploy

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-exec/tfexec"
)

// lockPatience is how long it may take to find out who holds a lock, after an
// end that somebody may be waiting for. Terraform takes a second, and many times
// that on a busy machine. Who does not want to wait interrupts again.
const lockPatience = 30 * time.Second

// LockHeld is the error of a state that somebody else holds locked.
type LockHeld struct {
	Root      Root
	ID        string
	Who       string // user@host
	Since     string // as Terraform writes it: 2026-11-23 19:04:10 +0000 UTC
	Operation string // OperationTypeApply
	Unlock    string // the command that takes the lock away
}

func (e *LockHeld) Error() string {
	if e.ID == "" {
		return "its state is locked, and nothing says by whom."
	}
	return fmt.Sprintf("its state is locked by %s since %s (%s). When that run is surely over, and only then, unlock it with:\n  %s",
		e.Who, e.Since, strings.TrimPrefix(e.Operation, "OperationType"), e.Unlock)
}

// lockHeld reads the "Lock Info" that Terraform prints.
func (t *Terraform) lockHeld(root Root, said string) *LockHeld {
	held := &LockHeld{Root: root}
	_, info, _ := strings.Cut(said, "Lock Info:")
	for line := range strings.Lines(info) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		value = strings.TrimSpace(value)
		switch name {
		case "ID":
			held.ID = value
		case "Who":
			held.Who = value
		case "Created":
			held.Since = seconds(value)
		case "Operation":
			held.Operation = value
		}
	}
	held.Unlock = t.Command(root, "force-unlock", quote(held.ID))
	return held
}

// nobody is an ID that no lock has: Terraform's are UUIDs.
const nobody = "tfgen-asks-who-holds-it"

// holder asks who holds the lock of a root's state, and returns nil where it is
// nobody or cannot be found out. Terraform has no command that only asks. The
// one that unlocks compares the ID first, and names the lock when it is another.
func (t *Terraform) holder(root Root) *LockHeld {
	ctx, cancel := context.WithTimeout(context.Background(), lockPatience)
	defer cancel()
	r := &run{root: root, verb: "look at the lock of", quiet: true}
	r.do = func(ctx context.Context, tf *tfexec.Terraform) error { return tf.ForceUnlock(ctx, nobody) }
	failure, ok := errors.AsType[*Failure](t.run(ctx, r))
	if !ok {
		return nil
	}
	if held := t.lockHeld(root, failure.everything()); held.ID != "" {
		return held
	}
	return nil
}

// leftLocked is the error of a run that was cut off and left its lock behind,
// or nil.
func (t *Terraform) leftLocked(root Root) error {
	if held := t.holder(root); held != nil {
		return held
	}
	return nil
}

// sentence begins with a capital.
func sentence(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

// lockTimeout is how long Terraform waits for a lock, as it wants to be told.
func (t *Terraform) lockTimeout() string { return t.config.LockTimeout.String() }

// seconds cuts the fraction off a time: nobody waits for nanoseconds.
func seconds(created string) string {
	before, after, ok := strings.Cut(created, ".")
	if !ok {
		return created
	}
	return before + strings.TrimLeft(after, "0123456789")
}
