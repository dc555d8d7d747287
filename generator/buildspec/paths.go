package buildspec

import (
	"path"
	"slices"
	"strings"
)

const sourceDir = "${CODEBUILD_SRC_DIR}"

// cd changes the folder for all commands that follow.
func (t *tracer) cd(args []string) {
	switch {
	case len(args) != 1 || t.maybe > 0 || args[0] == "-":
		t.dir = mystery
	default:
		t.dir = t.folder(args[0])
	}
}

// pushd changes the folder until popd.
func (t *tracer) pushd(args []string) {
	t.dirs = append(t.dirs, t.dir)
	t.cd(args)
}

func (t *tracer) popd() {
	if n := len(t.dirs); n > 0 && t.maybe == 0 {
		t.dir, t.dirs = t.dirs[n-1], t.dirs[:n-1]
		return
	}
	t.dir = mystery
}

// folder is a folder relative to the repository, "" for its root, or mystery
// where it is outside or not known.
func (t *tracer) folder(name string) string {
	resolved := t.path(name)
	switch {
	case resolved == ".":
		return ""
	case elsewhere(resolved) || !known(resolved):
		return mystery
	}
	return resolved
}

// path is a path relative to the repository's root, one that is absolute, or one
// that begins with what is not known.
func (t *tracer) path(file string) string {
	file = t.fromHere(file)
	rest, inSource := strings.CutPrefix(file, sourceDir)
	switch {
	case inSource && (rest == "" || rest[0] == '/'):
		return path.Clean("./" + rest)
	case elsewhere(file):
		return path.Clean(file)
	case t.dir == mystery:
		return mystery + "/" + path.Clean(file)
	}
	return path.Join(t.dir, file)
}

// fromHere puts the current folder where a path names it.
func (t *tracer) fromHere(file string) string {
	for _, here := range []string{"${PWD}/", "./"} {
		if rest, ok := strings.CutPrefix(file, here); ok {
			return rest
		}
	}
	return file
}

// elsewhere tells that a path lies outside of the repository, or nobody knows
// where.
func elsewhere(file string) bool {
	return path.IsAbs(file) || strings.HasPrefix(file, "${") || strings.HasPrefix(file, "~")
}

// here is the current folder as pwd prints it.
func (t *tracer) here() string {
	if t.dir == mystery {
		return mystery
	}
	return strings.TrimSuffix(sourceDir+"/"+t.dir, "/")
}

// unclear tells that a path may be that of any file.
func unclear(file string) bool {
	base := path.Base(file)
	return !known(base) || strings.ContainsAny(base, "*?[")
}

// target is where a program puts a file that it copies to a destination, which
// may be a folder.
func (t *tracer) target(source, destination string, several bool) string {
	to := t.path(destination)
	folder := several || strings.HasSuffix(destination, "/") || slices.Contains([]string{".", ".."}, path.Base(destination)) ||
		destination == sourceDir || path.Ext(to) == "" && path.Ext(source) != ""
	if folder {
		return path.Join(to, path.Base(source))
	}
	return to
}
