package rehearsal

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// copyProject copies the project and what the pipeline builds of it.
func (w *world) copyProject(ctx context.Context) error {
	from := filepath.Dir(w.SpecFile)
	if err := copyFolder(ctx, from, w.project()); err != nil {
		return fmt.Errorf("copy %s: %w", from, err)
	}
	if _, err := cutLinks(w.project()); err != nil {
		return err
	}
	w.commit = commit{dir: filepath.Join(w.dir, "source")}
	err := w.copySource(ctx, from)
	if err == nil {
		w.commit.cut, err = cutLinks(w.commit.dir)
	}
	return err
}

// copySource copies what the pipeline builds.
func (w *world) copySource(ctx context.Context, from string) error {
	if w.revisions.source == "" {
		w.commit.id, w.commit.say = workingCommit(ctx, from)
		return copyFolder(ctx, from, w.commit.dir)
	}
	w.commit.id, w.commit.say = w.revisions.source, w.Source+asRoot(ctx, from)
	return unpackCommit(ctx, from, w.commit.id, w.commit.dir)
}

// copyFolder copies a folder: what git would commit of it, or without git
// everything but what tools leave behind.
func copyFolder(ctx context.Context, from, to string) error {
	names, err := committed(ctx, from)
	if err != nil {
		if names, err = walked(from); err != nil {
			return err
		}
	}
	return copyFiles(from, to, names)
}

// copyFiles copies some files of a folder.
func copyFiles(from, to string, names []string) error {
	for _, name := range names {
		if err := copyFile(filepath.Join(from, name), filepath.Join(to, name)); err != nil {
			return err
		}
	}
	return os.MkdirAll(to, 0o700)
}

// committed lists the files that git tracks, and those that it would add.
func committed(ctx context.Context, dir string) ([]string, error) {
	out, err := git(ctx, dir, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	if err != nil {
		return nil, err
	}
	names := slices.DeleteFunc(listed(out), litter)
	slices.Sort(names)
	return slices.Compact(names), nil
}

func walked(dir string) (names []string, err error) {
	err = filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(dir, path)
		switch {
		case name != "." && litter(name) && entry.IsDir():
			return filepath.SkipDir
		case !entry.IsDir() && !litter(name):
			names = append(names, name)
		}
		return nil
	})
	return names, err
}

// litter reports whether a path is what a tool leaves behind: never part of a
// project, large, or a state that holds what is real.
func litter(name string) bool {
	for part := range strings.SplitSeq(filepath.ToSlash(name), "/") {
		if slices.Contains([]string{".git", ".terraform", "node_modules", ".venv"}, part) || strings.Contains(part, ".tfstate") {
			return true
		}
	}
	return false
}

// copyFile copies a file or a link. One that is gone is not copied: git still
// lists what somebody deleted.
func copyFile(from, to string) error {
	info, err := os.Lstat(from)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = os.MkdirAll(filepath.Dir(to), 0o700)
	}
	if err != nil {
		return err
	}
	if info.Mode()&fs.ModeSymlink != 0 {
		target, err := os.Readlink(from)
		if err != nil {
			return err
		}
		return os.Symlink(target, to)
	}
	if !info.Mode().IsRegular() {
		return nil
	}
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, text, info.Mode().Perm())
}
