package rehearsal

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// A commit is what the pipeline builds.
type commit struct {
	id  string // 40 hex digits
	dir string // its files
	say string // where it comes from
}

// copyProject copies the project and what the pipeline builds of it.
func (w *world) copyProject(ctx context.Context) error {
	from := filepath.Dir(w.SpecFile)
	if err := copyFolder(ctx, from, w.project()); err != nil {
		return fmt.Errorf("copy %s: %w", from, err)
	}
	w.commit = commit{dir: filepath.Join(w.dir, "source")}
	if w.Source == "" {
		w.commit.id, w.commit.say = w.workingCommit(ctx, from)
		return copyFolder(ctx, from, w.commit.dir)
	}
	id, err := git(ctx, from, "rev-parse", "--verify", "--end-of-options", w.Source+"^{commit}")
	if err != nil {
		return err
	}
	w.commit.id, w.commit.say = strings.TrimSpace(string(id)), w.Source
	return unpackRevision(ctx, from, w.Source, w.commit.dir)
}

func (w *world) workingCommit(ctx context.Context, dir string) (id, say string) {
	head, err := git(ctx, dir, "rev-parse", "--verify", "HEAD")
	if err != nil {
		return madeUp("the first commit"), "the working folder, under a made-up commit"
	}
	return strings.TrimSpace(string(head)), "the working folder"
}

// child returns a made-up commit that follows on c, with the same files.
func (c commit) child() commit {
	return commit{id: madeUp(c.id), dir: c.dir, say: "a made-up commit on top"}
}

// madeUp is what could be the ID of a commit.
func madeUp(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])[:40]
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
	names := strings.Split(strings.TrimRight(string(out), "\x00"), "\x00")
	names = slices.DeleteFunc(names, func(name string) bool { return name == "" || litter(name) })
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

// unpackRevision writes the files that a folder had in a revision.
func unpackRevision(ctx context.Context, from, revision, to string) error {
	packed, err := git(ctx, from, "archive", "--format=tar", revision, ".")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(to, 0o700); err != nil {
		return err
	}
	root, err := os.OpenRoot(to)
	if err != nil {
		return err
	}
	defer root.Close()
	archive := tar.NewReader(bytes.NewReader(packed))
	for {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = unpackEntry(root, header, archive)
		}
		if err != nil {
			return err
		}
	}
}

func unpackEntry(root *os.Root, header *tar.Header, content io.Reader) error {
	name := filepath.Clean(header.Name)
	switch header.Typeflag {
	case tar.TypeSymlink:
		return root.Symlink(header.Linkname, name)
	case tar.TypeReg:
		text, err := io.ReadAll(content)
		if err == nil {
			err = root.MkdirAll(filepath.Dir(name), 0o700)
		}
		if err == nil {
			err = root.WriteFile(name, text, header.FileInfo().Mode().Perm())
		}
		return err
	}
	return nil
}

func git(ctx context.Context, dir string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "git", args...)
	cmd.Dir = dir
	out, err := cmd.Output()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return nil, fmt.Errorf("git %s: %s", strings.Join(args, " "), strings.TrimSpace(string(exit.Stderr)))
	}
	return out, err
}
