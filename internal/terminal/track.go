package terminal

import (
	"fmt"
	"strings"
	"time"

	"tfgen/internal/deploy/report"
)

// patience is how long one reading may take before it is named.
const patience = 10 * time.Second

// A track follows one root.
type track struct {
	Task
	began  time.Time
	flight []*item // in the order of their beginning
	done   []*item // in the order of their end
	count  int     // operations done: reading counts for none
	read   int     // resources and data that were read
	locked bool    // it was said that the lock takes long
}

// An item is one operation on one resource.
type item struct {
	address string
	action  report.Action
	began   time.Time
	took    time.Duration
	failed  bool
}

// add takes an event and returns the item that it ends, or nil.
func (t *track) add(e report.Event, now time.Time) *item {
	switch e.Type {
	case report.ApplyStart:
		t.flight = append(t.flight, &item{address: e.Resource.Address, action: e.Action, began: now})
	case report.RefreshStart:
		t.flight = append(t.flight, &item{address: e.Resource.Address, action: report.Read, began: now})
	case report.ApplyComplete, report.ApplyErrored:
		return t.end(e)
	case report.RefreshComplete:
		t.land(e.Resource.Address, report.Read)
		t.read++
	}
	return nil
}

// land takes an operation out of those in flight.
func (t *track) land(address string, action report.Action) {
	for i, it := range t.flight {
		if it.address == address && it.action == action {
			t.flight = append(t.flight[:i:i], t.flight[i+1:]...)
			return
		}
	}
}

func (t *track) end(e report.Event) *item {
	done := &item{address: e.Resource.Address, action: e.Action, took: e.Elapsed, failed: e.Type == report.ApplyErrored}
	t.land(done.address, done.action)
	if done.action == report.Read && !done.failed {
		t.read++
		return nil
	}
	t.done = append(t.done, done)
	if !done.failed {
		t.count++
	}
	return done
}

// ended reports whether nothing is left to happen.
func (t *track) ended() bool { return t.Total > 0 && t.count >= t.Total }

// waiting is how many operations have not begun.
func (t *track) waiting() int { return max(0, t.Total-len(t.done)-len(t.flight)) }

// alive is the sign of life.
func (t *track) alive(now time.Time) string {
	if t.Total == 0 {
		said := fmt.Sprintf("%s: %d read, %s", t.Root, t.read, elapsed(now.Sub(t.began)))
		return strings.Join(append([]string{said}, t.slow(now)...), ", ")
	}
	said := []string{fmt.Sprintf("%s: %d of %d done, %s", t.Root, t.count, t.Total, elapsed(now.Sub(t.began)))}
	for _, it := range t.flight {
		said = append(said, it.doing()+" "+it.address)
	}
	return strings.Join(said, ", ")
}

// slow names what takes longest, where that is long: of something that was
// deleted the provider waits for minutes whether it comes back.
func (t *track) slow(now time.Time) []string {
	if len(t.flight) == 0 || now.Sub(t.flight[0].began) < patience {
		return nil
	}
	return []string{"still " + t.flight[0].doing() + " " + t.flight[0].address}
}

// sentence says what became of it.
func (it *item) sentence() string {
	if it.failed {
		return fmt.Sprintf("%s failed after %s", it.address, elapsed(it.took))
	}
	return fmt.Sprintf("%s %s after %s", it.address, it.did(), elapsed(it.took))
}

func (it *item) did() string {
	switch {
	case it.failed:
		return "failed"
	case it.action == report.Create:
		return "created"
	case it.action == report.Update:
		return "updated"
	case it.action == report.Delete:
		return "destroyed"
	}
	return "done"
}

func (it *item) doing() string {
	switch it.action {
	case report.Create:
		return "creating"
	case report.Update:
		return "updating"
	case report.Delete:
		return "destroying"
	case report.Read:
		return "reading"
	}
	return "working on"
}
