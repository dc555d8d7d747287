package files

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// Former are the states of specs that wrote here before, without those that are
// in use. Nobody but the caller can know whether something is left in them.
func (c *Changes) Former() []State { return c.former }

// InUse reports whether a manifest in or below a folder says that a state is its
// own now. Hidden folders are not looked into.
func InUse(dir string, s State) bool {
	used := false
	_ = filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil, entry.IsDir() && name != dir && strings.HasPrefix(entry.Name(), "."):
			return fs.SkipDir
		case entry.Name() != ".tfgen.json" || !entry.Type().IsRegular():
			return nil
		}
		m := &manifest{}
		text, err := os.ReadFile(name)
		if err == nil && json.Unmarshal(text, m) == nil && slices.ContainsFunc(m.States, func(other State) bool { return maps.Equal(s, other) }) {
			used = true
			return fs.SkipAll
		}
		return nil
	})
	return used
}

func (m *manifest) former(now []State) []State {
	var all []State
	for _, s := range slices.Concat(m.Former, m.States) {
		same := func(other State) bool { return maps.Equal(s, other) }
		if !slices.ContainsFunc(now, same) && !slices.ContainsFunc(all, same) {
			all = append(all, s)
		}
	}
	return all
}

// rebase makes the paths of a manifest whose folder was moved those of the
// folder that it is in.
func (m *manifest) rebase(output string) {
	if m.Output == "" || m.Output == "." || m.Output == output {
		return
	}
	for _, names := range []map[string]string{m.Files, m.Pending} {
		for _, name := range sortedKeys(names) {
			if rest, below := strings.CutPrefix(name, m.Output+"/"); below {
				names[path.Join(output, rest)] = names[name]
				delete(names, name)
			}
		}
	}
}

// newFolder refuses an output folder without a manifest while the one that the
// same spec wrote to before is there: states may be in it.
func (c *Changes) newFolder(t *tree) error {
	if c.opts.From == "" {
		return nil
	}
	before := c.formerFolder(t, ".", depth)
	if before == "" {
		return nil
	}
	move := fmt.Sprintf("mv %s %s", before, c.opts.Output)
	if above := path.Dir(c.opts.Output); above != "." {
		move = fmt.Sprintf("mkdir -p %s && %s", above, move)
	}
	if _, err := t.root.Lstat(c.opts.Output); err == nil {
		move = fmt.Sprintf("all files in %s, hidden ones too, into %s", before, c.opts.Output)
	}
	return fmt.Errorf("%s is to be written to %s now, and what was written for it before is in %s, where a state may be. Move that first, then run tfgen generate:\n  %s",
		c.opts.From, c.opts.Output, before, move)
}

// formerFolder finds the folder that the same spec wrote to, or "". A manifest that is
// elsewhere than it says is a copy, or that of a spec in another folder. A folder
// that cannot be read holds no state that Terraform could use.
func (c *Changes) formerFolder(t *tree, dir string, below int) string {
	if m := readable(t, path.Join(dir, ".tfgen.json")); m != nil && m.From == c.opts.From && m.Output == dir && dir != c.opts.Output {
		return dir
	}
	if below == 0 {
		return ""
	}
	entries, _ := t.list(dir)
	for _, entry := range entries {
		if !entry.IsDir() {
			continue
		}
		if found := c.formerFolder(t, path.Join(dir, entry.Name()), below-1); found != "" {
			return found
		}
	}
	return ""
}
