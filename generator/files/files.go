// Package files keeps a folder in step with a set of generated files.
//
// It promises that nobody's work is lost: it overwrites and removes only files
// that its manifest knows and that nobody has edited since, and only below the
// project folder, never through a link. A file is replaced in one step, so
// whoever is killed at any moment leaves every file old or new, and the next
// Write finishes what was begun. Two writers at once take turns.
//
// It knows no HCL, no Terraform and no spec: to it a file is a path and bytes.
package files

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path"
	"slices"
	"time"
)

// A Set is the files that are to exist: slash-separated paths relative to the
// project folder, such as "infra/delivery/main.tf", and their contents.
type Set map[string][]byte

// A State is a place that is recorded for the caller. Here nobody reads it.
type State map[string]string

// Options say where a Set belongs and what its manifest records.
type Options struct {
	// Output is the folder of the manifest and of the lock, slash-separated
	// and relative to the project folder, such as "infra" or ".". Files of
	// the Set may lie beside it.
	Output string

	Version  string // of tfgen, recorded
	SpecHash string // Hash of the spec, recorded
	From     string // the spec's file, relative to the project folder: whose files these are

	// States says where what the files describe is remembered, each in the
	// caller's own words. They are recorded, and those of before stay recorded.
	States []State

	// Force overwrites and removes what is in conflict.
	Force bool

	// Wait is how long Write waits for another writer. Zero means 30 seconds,
	// a negative time not at all.
	Wait time.Duration
	// Waiting, unless nil, is told once who holds the lock before Write
	// begins to wait.
	Waiting func(holder string)
}

func (o Options) manifest() string { return path.Join(o.Output, ".tfgen.json") }
func (o Options) lock() string     { return path.Join(o.Output, ".tfgen.lock") }

// Diff says what Write would change below dir, the project folder. It reads
// only.
//
// The error names every path that is refused: one that is not plainly below
// dir, that collides with another where case does not count, that leads
// through a link, or where something else than a file is. A manifest that
// cannot be read is an error too, unless opts.Force. A folder that another spec
// writes to is one in any case, and so is a new one while the spec's former one
// is there.
func Diff(dir string, set Set, opts Options) (*Changes, error) {
	c := &Changes{dir: dir, set: set, opts: opts}
	if err := checkSet(set, opts); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", dir, cause(err))
	}
	defer root.Close()
	if err := c.read(newTree(root)); err != nil {
		return nil, err
	}
	return c, nil
}

// read compares the set with the disk and fills c anew.
func (c *Changes) read(t *tree) error {
	old, err := c.readManifest(t)
	if err != nil {
		return err
	}
	c.List, c.known, c.gone = nil, map[string]string{}, nil
	c.former = old.former(c.opts.States)
	var errs []error
	for _, name := range c.names(old) {
		errs = append(errs, c.readFile(t, name, old))
	}
	if err := join(errs); err != nil {
		return err
	}
	if err := c.spareOthers(t); err != nil {
		return err
	}
	c.compareManifest(old)
	slices.SortFunc(c.List, func(a, b Change) int { return cmp.Compare(a.Path, b.Path) })
	c.litter, err = t.litter(append(c.names(old), c.opts.manifest()), c.opts.lock())
	return err
}

// names are the paths that the set or the manifest knows, sorted.
func (c *Changes) names(old *manifest) []string {
	all := map[string]bool{}
	for name := range c.set {
		all[name] = true
	}
	for name := range old.Files {
		all[name] = true
	}
	for name := range old.Pending {
		all[name] = true
	}
	return sortedKeys(all)
}

// readFile adds to c what is to be done about one file.
func (c *Changes) readFile(t *tree, name string, old *manifest) error {
	text, exists, err := t.read(name)
	if err != nil {
		return err
	}
	disk := onDisk{text: text, exists: exists}
	if hash, ok := old.recorded(name, disk); ok {
		c.known[name] = hash
	}
	wanted, ok := c.set[name]
	if !ok {
		c.gone = append(c.gone, name)
	}
	if change, ok := compare(name, wanted, ok, disk, old); ok {
		c.List = append(c.List, change)
	}
	return nil
}

// join is errors.Join that says once what is wrong with many files, such as
// the folder above them.
func join(errs []error) error {
	said := map[string]bool{}
	return errors.Join(slices.DeleteFunc(errs, func(err error) bool {
		again := err == nil || said[err.Error()]
		if !again {
			said[err.Error()] = true
		}
		return again
	})...)
}
