package bundle

import (
	"fmt"
	"maps"
	"path"
	"slices"
)

// maxFiles is how many files are named that are not what they were.
const maxFiles = 10

// Moved says what is no longer as it was when the plan was made, a sentence
// each: nothing, if now is the same.
func (m Made) Moved(now Made) []string {
	var said []string
	if m.Project != now.Project {
		said = append(said, fmt.Sprintf("it is a plan of the project %s, and this is %s", m.Project, now.Project))
	}
	if m.Product != now.Product || m.Version != now.Version {
		said = append(said, fmt.Sprintf("it was made with %s %s, and this is %s %s", m.Product, m.Version, now.Product, now.Version))
	}
	return append(said, movedFiles(m.Files, now.Files)...)
}

// Edited is Moved but for lock files, which an init writes while it plans.
func (m Made) Edited(now Made) []string {
	m.Files, now.Files = withoutLocks(m.Files), withoutLocks(now.Files)
	return m.Moved(now)
}

func withoutLocks(files map[string]string) map[string]string {
	files = maps.Clone(files)
	maps.DeleteFunc(files, func(name, _ string) bool { return isLock(name) })
	return files
}

func movedFiles(was, is map[string]string) []string {
	all := maps.Clone(was)
	if all == nil {
		all = map[string]string{}
	}
	maps.Copy(all, is)
	var said []string
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if was[name] != is[name] {
			said = append(said, fmt.Sprintf("%s %s", thing(name), happened(name, was[name], is[name])))
		}
	}
	if more := len(said) - maxFiles; more > 0 {
		said = append(said[:maxFiles], fmt.Sprintf("%d more files were changed", more))
	}
	return said
}

// thing is a file, with what it is where its name does not say.
func thing(name string) string {
	if isLock(name) {
		return "the lock file " + name
	}
	return name
}

// happened says what became of a file. A lock file that an init has made is not
// there in another checkout, unless it is committed.
func happened(name, was, is string) string {
	switch {
	case was == "":
		return "was added"
	case is == "" && isLock(name):
		return "is gone: commit it, so that it is there wherever the plan is applied"
	case is == "":
		return "is gone"
	}
	return "was edited"
}

func isLock(name string) bool { return path.Base(name) == ".terraform.lock.hcl" }
