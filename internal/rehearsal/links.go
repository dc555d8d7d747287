package rehearsal

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// cutLinks removes the links below a folder that lead out of it, directly or by
// way of another link, and returns their names. CodeBuild gets a checkout, in
// which they point nowhere; here they would lead a build to the user's files.
func cutLinks(dir string) ([]string, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	var out []string
	err = fs.WalkDir(root.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Type()&fs.ModeSymlink != 0 && leadsOut(root, name) {
			out = append(out, name)
		}
		return err
	})
	for _, name := range out {
		if err == nil {
			err = root.Remove(filepath.FromSlash(name))
		}
	}
	return out, err
}

// leadsOut reports whether a link leads out of a root. The root refuses to follow
// one that does, in words of its own: what the system says is about what a link
// finds inside, and there a part of its way may be missing still.
func leadsOut(root *os.Root, link string) bool {
	link = filepath.FromSlash(link)
	_, err := root.Stat(link)
	if _, inside := errors.AsType[syscall.Errno](err); err == nil || !inside {
		return err != nil
	}
	target, err := root.Readlink(link)
	return err == nil && !filepath.IsLocal(filepath.Join(filepath.Dir(link), target))
}
