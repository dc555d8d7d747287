package files

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"unicode"
)

// checkSet refuses paths that would leave the project folder, that are ours,
// or of which two would be one file where case does not count.
func checkSet(set Set, opts Options) error {
	errs := []error{checkOutput(opts.Output)}
	seen := map[string]string{} // in lower case → as written
	for _, name := range sortedKeys(set) {
		errs = append(errs, checkPath(name), checkReserved(name, opts))
		lower := strings.ToLower(name)
		if other, ok := seen[lower]; ok {
			errs = append(errs, fmt.Errorf("%q and %q are the same file where case does not count", other, name))
		}
		seen[lower] = name
	}
	for _, name := range sortedKeys(set) {
		errs = append(errs, checkParents(name, seen))
	}
	return errors.Join(errs...)
}

func checkOutput(output string) error {
	if output == "." {
		return nil
	}
	return checkPath(output)
}

// checkPath refuses a path that does not say plainly where below the project
// folder a file lies, on every system that the repository may be cloned to.
func checkPath(name string) error {
	switch {
	case name == "":
		return errors.New("a path is empty")
	case strings.ContainsAny(name, `\:`):
		return fmt.Errorf("path %q: holds a backslash or a colon", name)
	case strings.ContainsFunc(name, unicode.IsControl):
		return fmt.Errorf("path %q: holds a control character", name)
	case name == "." || !fs.ValidPath(name):
		return fmt.Errorf("path %q: must be relative, without . or .. or an empty part", name)
	}
	return checkGit(name)
}

// checkGit keeps out of git's own folder, where a file can be a command.
func checkGit(name string) error {
	for part := range strings.SplitSeq(name, "/") {
		if strings.EqualFold(part, ".git") {
			return fmt.Errorf("path %q: lies in git's own folder", name)
		}
	}
	return nil
}

func checkReserved(name string, opts Options) error {
	for _, own := range []string{opts.manifest(), opts.lock()} {
		if strings.EqualFold(name, own) {
			return fmt.Errorf("path %q: is tfgen's own", name)
		}
	}
	if isTemp(path.Base(name)) {
		return fmt.Errorf("path %q: looks like a temporary file of tfgen", name)
	}
	return nil
}

// checkParents refuses a file that another path needs as a folder.
func checkParents(name string, seen map[string]string) error {
	for _, dir := range parents(name) {
		if file, ok := seen[strings.ToLower(dir)]; ok {
			return fmt.Errorf("%q is both a file and the folder of %q", file, name)
		}
	}
	return nil
}

// parents are the folders above a path, the outermost first, without ".".
func parents(name string) []string {
	var dirs []string
	for i, r := range name {
		if r == '/' {
			dirs = append(dirs, name[:i])
		}
	}
	return dirs
}
