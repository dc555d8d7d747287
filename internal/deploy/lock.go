package deploy

import (
	"fmt"
	"strings"
)

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
		return "its state is locked, and Terraform does not say by whom."
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

// seconds cuts the fraction off a time: nobody waits for nanoseconds.
func seconds(created string) string {
	before, after, ok := strings.Cut(created, ".")
	if !ok {
		return created
	}
	return before + strings.TrimLeft(after, "0123456789")
}
