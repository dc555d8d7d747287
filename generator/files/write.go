package files

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
)

// Write makes the changes. It takes the lock and looks at the disk again, so
// that afterwards c.List is what was done, also where another run came first.
//
// It writes nothing and returns a *ConflictError where a file is in conflict
// and Force is not set, or it is another spec's, and a *HeldError where another run keeps the lock for
// longer than Options.Wait. Where a file cannot be written (no space, no
// permission) all files stay as they were. Once they are being put in place,
// cancelling ctx no longer stops it.
func (c *Changes) Write(ctx context.Context) error {
	// Nothing to do must also work where nothing can be written.
	if len(c.List) == 0 && len(c.litter) == 0 {
		return nil
	}
	root, err := os.OpenRoot(c.dir)
	if err != nil {
		return fmt.Errorf("open %s: %w", c.dir, cause(err))
	}
	defer root.Close()
	t := newTree(root)
	l, err := acquire(ctx, t, c.dir, c.opts)
	if err != nil {
		return err
	}
	return errors.Join(c.writeLocked(ctx, t), l.release())
}

func (c *Changes) writeLocked(ctx context.Context, t *tree) error {
	if err := c.read(t); err != nil {
		return err
	}
	conflicts := c.Conflicts()
	if len(conflicts) > 0 && (!c.opts.Force || len(ofOthers(conflicts)) > 0) {
		return &ConflictError{conflicts}
	}
	if err := run(c.prepare(ctx, t)); err != nil {
		return errors.Join(err, c.undo(t))
	}
	if err := run(c.place(t)); err != nil {
		return errors.Join(err, t.discard())
	}
	return nil
}

// A step is one change to the disk. A run may be killed between any two: the
// manifest knows a file before it is there and until it is gone, so the next
// run can always tell ours from a person's.
type step func() error

func run(steps []step) error {
	for _, s := range steps {
		if err := s(); err != nil {
			return err
		}
	}
	return nil
}

func unlessDone(ctx context.Context, s step) step {
	return func() error {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		return s()
	}
}

// prepare writes down what is about to come, and brings it to the disk under
// temporary names. No file of the set has changed after it.
func (c *Changes) prepare(ctx context.Context, t *tree) []step {
	var steps []step
	for _, name := range c.litter {
		if name != c.opts.lock() { // which is now ours
			steps = append(steps, func() error { return t.remove(name) })
		}
	}
	if len(c.List) == 0 {
		return steps
	}
	stage := func(name string, text []byte) {
		steps = append(steps, unlessDone(ctx, func() error { return t.stage(name, text) }))
	}
	if len(c.files()) > 0 {
		steps = append(steps, func() error { return t.replace(c.opts.manifest(), c.pending().encode()) })
	}
	for _, change := range c.files() {
		if change.Verb != Remove {
			stage(change.Path, change.New)
		}
	}
	stage(c.opts.manifest(), c.final().encode())
	return steps
}

// place puts in place what was prepared, the manifest last. Removals come
// first: where case does not count, Main.tf and main.tf are one file.
func (c *Changes) place(t *tree) []step {
	var steps []step
	for _, change := range c.files() {
		if change.Verb == Remove {
			steps = append(steps, func() error { return t.remove(change.Path) })
		}
	}
	for _, change := range c.files() {
		if change.Verb != Remove {
			steps = append(steps, func() error { return t.commit(change.Path) })
		}
	}
	for _, name := range c.gone {
		steps = append(steps, func() error { return t.prune(name) })
	}
	if len(c.List) > 0 {
		steps = append(steps, func() error { return t.commit(c.opts.manifest()) })
	}
	return steps
}

// undo takes back what prepare did.
func (c *Changes) undo(t *tree) error {
	name := c.opts.manifest()
	err := t.discard()
	now, _, readErr := t.read(name)
	switch {
	case readErr != nil || bytes.Equal(now, c.manifestText):
		return errors.Join(err, readErr)
	case c.manifestText == nil:
		return errors.Join(err, t.remove(name))
	}
	return errors.Join(err, t.replace(name, c.manifestText))
}
