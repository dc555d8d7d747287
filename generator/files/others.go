package files

import (
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"
)

// Specs may share a project folder. Each has an output folder of its own, and
// beside those folders, where a buildspec stands, none touches what another wrote.

// ownFolder refuses an output folder that another spec writes to, as long as
// that spec is there.
func (c *Changes) ownFolder(t *tree, m *manifest) error {
	if m.From == "" || c.opts.From == "" || m.From == c.opts.From {
		return nil
	}
	if there, err := t.look(m.From); err != nil || !there {
		return err
	}
	own := c.opts.Output + "-" + strings.TrimSuffix(c.opts.From, path.Ext(c.opts.From))
	return fmt.Errorf("%s holds what %s describes. Give %s a folder of its own: in its project block, output = %q",
		c.opts.Output, m.From, c.opts.From, own)
}

// spareOthers marks the changes that would lose what was written for another
// spec, and leaves out removals of it.
func (c *Changes) spareOthers(t *tree) error {
	if !slices.ContainsFunc(c.List, c.beside) {
		return nil
	}
	others, err := c.others(t, ".", depth)
	if err != nil {
		return err
	}
	var list []Change
	for _, change := range c.List {
		if owner := others.owner(change); owner != "" && c.beside(change) {
			if change.Verb == Remove {
				continue
			}
			change.Conflict, change.Owner = Taken, owner
		}
		list = append(list, change)
	}
	c.List = list
	return nil
}

// beside holds for what lies outside of the output folder.
func (c *Changes) beside(change Change) bool {
	return !strings.HasPrefix(change.Path, c.opts.Output+"/")
}

// others are the manifests of other specs.
type others []*manifest

// depth is how many folders down another output folder is looked for.
const depth = 3

// others looks into a folder and those below it.
func (c *Changes) others(t *tree, dir string, below int) (found others, err error) {
	if m := c.other(t, path.Join(dir, ".tfgen.json")); m != nil {
		found = append(found, m)
	}
	entries, err := t.list(dir)
	for _, entry := range entries {
		if err != nil || below == 0 || !entry.IsDir() {
			continue
		}
		inner, innerErr := c.others(t, path.Join(dir, entry.Name()), below-1)
		found, err = append(found, inner...), innerErr
	}
	return found, err
}

// other reads the manifest of another spec that is there. One that cannot be
// read says nothing about any file.
func (c *Changes) other(t *tree, name string) *manifest {
	m := readable(t, name)
	if m == nil || name == c.opts.manifest() || m.From == "" || m.From == c.opts.From {
		return nil
	}
	// A manifest names its spec as seen from the project folder, which is this one
	// where that is there.
	if there, err := t.look(m.From); err != nil || !there {
		return nil
	}
	return m
}

// readable is a manifest that can be read, or nil.
func readable(t *tree, name string) *manifest {
	text, exists, err := t.read(name)
	m := &manifest{}
	if err != nil || !exists || json.Unmarshal(text, m) != nil {
		return nil
	}
	return m
}

// owner is the file of the spec for which a file was written as it is now, or "".
func (o others) owner(change Change) string {
	for _, m := range o {
		recorded := m.Files[change.Path]
		if change.Old != nil && recorded != "" && (recorded == Hash(change.Old) || m.Pending[change.Path] == Hash(change.Old)) {
			return m.From
		}
	}
	return ""
}

// ofOthers are the changes that are refused for another spec's sake.
func ofOthers(changes []Change) []Change {
	return slices.DeleteFunc(slices.Clone(changes), func(c Change) bool { return c.Owner == "" })
}
