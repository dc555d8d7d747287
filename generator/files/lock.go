package files

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

const (
	defaultWait = 30 * time.Second
	retryEvery  = 20 * time.Millisecond
)

// A HeldError is that another run is writing.
type HeldError struct {
	Path   string // of the lock
	Holder string // such as `process 4242 on "build-7" since 2026-01-02 15:04:05 UTC`
}

func (e *HeldError) Error() string {
	return fmt.Sprintf("%s is held by another run of tfgen: %s; try again when that has ended", e.Path, e.Holder)
}

// A lock is a file that the system locks for as long as we live, so a killed
// run holds nothing. It is removed at the end, lest it be committed.
type lock struct {
	tree  *tree
	name  string
	flock *flock.Flock
}

func newLock(t *tree, dir string, opts Options) *lock {
	name := filepath.Join(dir, filepath.FromSlash(opts.lock()))
	return &lock{t, opts.lock(), flock.New(name, flock.SetPermissions(0o644))}
}

// acquire waits for the lock in the output folder, which it makes.
func acquire(ctx context.Context, t *tree, dir string, opts Options) (*lock, error) {
	l := newLock(t, dir, opts)
	tell := opts.Waiting
	for end := time.Now().Add(cmp.Or(opts.Wait, defaultWait)); ; {
		if ok, err := l.try(); ok || err != nil {
			return l, err
		}
		holder := l.holder()
		if !time.Now().Before(end) {
			return nil, &HeldError{l.name, cmp.Or(holder, "a process that left no name")}
		}
		if tell != nil && holder != "" {
			tell(holder)
			tell = nil
		}
		if err := sleep(ctx, retryEvery); err != nil {
			return nil, err
		}
	}
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-time.After(d):
		return nil
	}
}

// try takes the lock unless another has it.
func (l *lock) try() (bool, error) {
	if _, err := l.tree.look(l.name); err != nil {
		return false, err
	}
	err := l.tree.root.MkdirAll(path.Dir(l.name), 0o755)
	var ok bool
	if err == nil {
		ok, err = l.flock.TryLock()
	}
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrExist):
		return false, nil // a run that ended has removed the folder while we looked
	case err != nil:
		return false, fmt.Errorf("lock %s: %w", l.name, cause(err))
	case !ok:
		return false, nil
	case !l.current():
		return false, l.flock.Unlock()
	}
	l.sign()
	return true, nil
}

// current tells whether what we locked is still the file of that name. A run
// that ended between our opening and our locking has removed it, and a third
// may have locked a new one.
func (l *lock) current() bool {
	ours, err := l.flock.Stat()
	if err != nil {
		return false
	}
	now, err := l.tree.root.Lstat(l.name)
	return err == nil && os.SameFile(ours, now)
}

// release removes the file before it unlocks it, so that nobody's but ours is
// removed. The folder goes with it where nothing was written.
func (l *lock) release() error {
	return errors.Join(l.tree.remove(l.name), l.tree.prune(l.name), l.flock.Unlock())
}

// A signature is what a lock file says about its holder.
type signature struct {
	PID   int       `json:"pid"`
	Host  string    `json:"host"`
	Since time.Time `json:"since"`
}

// sign writes down who holds the lock. A lock that says nothing is as good, so
// a full disk is left for the files to report.
func (l *lock) sign() {
	host, _ := os.Hostname()
	text, _ := json.Marshal(signature{os.Getpid(), host, time.Now().UTC().Truncate(time.Second)})
	_ = l.tree.root.WriteFile(l.name, append(text, '\n'), 0o644)
}

// holder is who holds the lock, or "" if it does not say.
func (l *lock) holder() string {
	text, exists, err := l.tree.read(l.name)
	var s signature
	if err != nil || !exists || json.Unmarshal(text, &s) != nil {
		return ""
	}
	return fmt.Sprintf("process %d on %q since %s", s.PID, s.Host, s.Since.Format("2006-01-02 15:04:05 MST"))
}
