package files

import (
	"fmt"
	"slices"
	"strings"
)

// A Verb is what happens to a file.
type Verb string

// The verbs, as they are shown.
const (
	Create Verb = "create"
	Update Verb = "update"
	Remove Verb = "remove"
)

// A Conflict is why a file may not be touched without Force.
type Conflict string

// The conflicts, as they are shown. No conflict is "".
const (
	Edited  Conflict = "edited by hand"       // ours, and not as we wrote it
	Foreign Conflict = "not written by tfgen" // in the way of a new file
	Taken   Conflict = "another spec's"       // written for another spec, and in no case touched
)

// A Change is what Write would do to one file.
type Change struct {
	Verb     Verb
	Path     string // slash-separated, relative to the project folder
	Old, New []byte // nil where there is no file
	Conflict Conflict
	Owner    string // file of the other spec that this one was written for, or ""
}

// String is the change in words, such as "update infra/main.tf (edited by hand)".
func (c Change) String() string {
	if c.Conflict == "" {
		return fmt.Sprintf("%s %s", c.Verb, c.Path)
	}
	return fmt.Sprintf("%s %s (%s)", c.Verb, c.Path, c.Conflict)
}

// Changes is what Write would do, found by Diff.
type Changes struct {
	// List is sorted by path and holds the manifest where that changes.
	List []Change

	dir  string
	set  Set
	opts Options

	known         map[string]string // what we know to have written: path → hash
	former        []State           // where the states were before
	gone          []string          // paths that we knew and that are no longer generated
	litter        []string          // what a killed run left behind
	manifestText  []byte            // as on the disk; nil where there is none
	manifestFault string            // why the manifest does not describe the set
}

// Stale tells whether the files on the disk are others than the set's, or the
// manifest says so. A manifest that names another version of tfgen or another
// spec for the same files is not stale: Write brings it up to date, and no
// code changes.
func (c *Changes) Stale() bool { return len(c.Problems()) > 0 }

// Problems says what is stale, a line for each file, such as
// "infra/main.tf: out of date". It is empty when the code is fresh.
func (c *Changes) Problems() []string {
	var lines []string
	for _, change := range c.List {
		if p := c.problem(change); p != "" {
			lines = append(lines, change.Path+": "+p)
		}
	}
	return lines
}

func (c *Changes) problem(change Change) string {
	switch {
	case change.Path == c.opts.manifest():
		return c.manifestFault
	case change.Conflict != "":
		return string(change.Conflict)
	case change.Verb == Create:
		return "missing"
	case change.Verb == Remove:
		return "no longer generated"
	}
	return "out of date"
}

// files are the changes without the manifest's.
func (c *Changes) files() []Change {
	return slices.DeleteFunc(slices.Clone(c.List), func(change Change) bool {
		return change.Path == c.opts.manifest()
	})
}

// Conflicts are the changes that Write refuses without Force.
func (c *Changes) Conflicts() []Change {
	var list []Change
	for _, change := range c.List {
		if change.Conflict != "" {
			list = append(list, change)
		}
	}
	return list
}

// EditedAlone are the conflicts that are due to an edit alone: the set has these
// files as they were last written, so that there would be nothing to write if
// nobody had edited them.
func (c *Changes) EditedAlone() []Change {
	return slices.DeleteFunc(c.Conflicts(), func(change Change) bool {
		return change.Conflict != Edited || c.known[change.Path] != Hash(change.New)
	})
}

// A ConflictError is why Write wrote nothing: files that are not ours to
// change.
type ConflictError struct{ Changes []Change }

// Error names every file and says what to do about them.
func (e *ConflictError) Error() string {
	var b strings.Builder
	if taken := ofOthers(e.Changes); len(taken) > 0 {
		b.WriteString("nothing was written, because these files are another spec's:\n")
		for _, c := range taken {
			fmt.Fprintf(&b, "  %s: written for %s\n", c.Path, c.Owner)
		}
		b.WriteString("Give each spec a file of its own, such as build { buildspec = \"buildspec.NAME.yml\" }.")
		return b.String()
	}
	b.WriteString("nothing was written, because these files would lose what a person wrote:\n")
	for _, c := range e.Changes {
		fmt.Fprintf(&b, "  %s: %s%s\n", c.Path, c.Conflict, c.fate())
	}
	b.WriteString("Move your changes to the spec or to a file of your own such as extra_*.tf, " +
		"or run `tfgen generate -force` to lose them.")
	return b.String()
}

func (c Change) fate() string {
	if c.Verb == Remove {
		return ", and no longer generated"
	}
	return ""
}
