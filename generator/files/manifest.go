package files

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
)

// A manifest records what we wrote, so that what a person wrote is known by
// not being in it.
type manifest struct {
	Tfgen  string            `json:"tfgen"`
	Spec   string            `json:"spec"`
	From   string            `json:"from,omitempty"`   // the spec's file
	Output string            `json:"output,omitempty"` // the folder that the manifest was written to
	States []State           `json:"states,omitempty"`
	Former []State           `json:"former,omitempty"` // states of before
	Files  map[string]string `json:"files"`            // path → Hash

	// Pending is what a Write in progress is about to put in place. It is
	// there only while a Write runs or after one was killed; a file is ours
	// when it is as Files or as Pending says.
	Pending map[string]string `json:"pending,omitempty"`

	text []byte // as read; nil where there was none
}

// readManifest reads what is recorded; without a manifest nothing is.
func (c *Changes) readManifest(t *tree) (*manifest, error) {
	name := c.opts.manifest()
	text, exists, err := t.read(name)
	if err != nil {
		return nil, err
	}
	if !exists {
		return &manifest{}, c.newFolder(t)
	}
	m, err := parseManifest(text, c.opts)
	switch {
	case err == nil:
		m.rebase(c.opts.Output)
		return m, c.ownFolder(t, m)
	case c.opts.Force:
		return &manifest{text: text}, nil
	}
	return nil, fmt.Errorf("%s: %w; after a merge, take either side of it and run `tfgen generate`, "+
		"else restore it or run `tfgen generate -force`", name, err)
}

func parseManifest(text []byte, opts Options) (*manifest, error) {
	m := &manifest{text: text}
	if err := json.Unmarshal(text, m); err != nil {
		return nil, fmt.Errorf("not a manifest of tfgen: %w", err)
	}
	var errs []error
	for _, names := range []map[string]string{m.Files, m.Pending} {
		for _, name := range sortedKeys(names) {
			errs = append(errs, checkPath(name), checkReserved(name, opts))
		}
	}
	return m, errors.Join(errs...)
}

// encode is the manifest as it is written: sorted, indented, a newline at the end.
func (m *manifest) encode() []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	_ = e.Encode(m) // strings into memory cannot fail
	return b.Bytes()
}

// conflict is why a file with this text may not be overwritten or removed.
func (m *manifest) conflict(name string, text []byte) Conflict {
	hash := Hash(text)
	recorded, ours := m.Files[name]
	switch {
	case hash == recorded || hash == m.Pending[name]:
		return ""
	case ours:
		return Edited
	}
	return Foreign
}

// recorded is the hash that we last wrote to a path, as far as the disk can
// tell: where a Write was killed it is the old one or the pending one.
func (m *manifest) recorded(name string, disk onDisk) (hash string, ok bool) {
	if disk.exists && m.conflict(name, disk.text) == "" {
		return Hash(disk.text), true
	}
	if hash, ok = m.Files[name]; ok || disk.exists {
		return hash, ok
	}
	hash, ok = m.Pending[name]
	return hash, ok
}

// fault is why a manifest does not describe the files of another, if so.
func (m *manifest) fault(want *manifest) string {
	switch {
	case m.text == nil:
		return "missing"
	case len(m.Pending) > 0:
		return "records a write that was not finished"
	case !maps.Equal(m.Files, want.Files):
		return "does not record these files"
	}
	return ""
}

// header is a manifest without files.
func (c *Changes) header() *manifest {
	return &manifest{Tfgen: c.opts.Version, Spec: c.opts.SpecHash, From: c.opts.From, Output: c.opts.Output, States: c.opts.States, Former: c.former}
}

// final is the manifest of the set.
func (c *Changes) final() *manifest {
	m := c.header()
	m.Files = map[string]string{}
	for name, text := range c.set {
		m.Files[name] = Hash(text)
	}
	return m
}

// pending is the manifest of a Write in progress: what is there, and what will be.
func (c *Changes) pending() *manifest {
	m := c.header()
	m.Files, m.Pending = c.known, map[string]string{}
	for _, change := range c.files() {
		if change.Verb != Remove {
			m.Pending[change.Path] = Hash(change.New)
		}
	}
	return m
}

// compareManifest adds to c what is to be done about the manifest.
func (c *Changes) compareManifest(old *manifest) {
	want := c.final()
	c.manifestText, c.manifestFault = old.text, old.fault(want)
	change := Change{Verb: Update, Path: c.opts.manifest(), Old: old.text, New: want.encode()}
	if old.text == nil {
		change.Verb = Create
	}
	if change.Verb == Create || !same(change.Old, change.New) {
		c.List = append(c.List, change)
	}
}
