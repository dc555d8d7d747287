package rehearsal

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// A commit is what the pipeline builds.
type commit struct {
	id  string   // 40 hex digits
	dir string   // its files
	say string   // where it comes from
	cut []string // links that led out of it
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

// revisions are the commits that were asked for: 40 hex digits, or "" for none.
type revisions struct{ before, source string }

// resolve finds the commits, before anything starts.
func (o Options) resolve(ctx context.Context) (r revisions, err error) {
	dir := filepath.Dir(o.SpecFile)
	if r.before, err = commitOf(ctx, dir, o.From); err != nil {
		return r, fmt.Errorf("-from=%s: %w", o.From, err)
	}
	if r.source, err = commitOf(ctx, dir, o.Source); err != nil {
		return r, fmt.Errorf("-source=%s: %w", o.Source, err)
	}
	return r, nil
}

func commitOf(ctx context.Context, dir, revision string) (string, error) {
	if revision == "" {
		return "", nil
	}
	id, err := git(ctx, dir, "rev-parse", "--verify", "--end-of-options", revision+"^{commit}")
	if err == nil {
		return strings.TrimSpace(string(id)), nil
	}
	if _, err := git(ctx, dir, "rev-parse", "--git-dir"); err != nil {
		return "", fmt.Errorf("the project is in no git repository: %w", err)
	}
	return "", errors.New("this repository has no such commit, branch or tag; git log and git branch -a list those that it has")
}

// workingCommit says which commit stands for the working folder.
func workingCommit(ctx context.Context, dir string) (id, say string) {
	head, err := git(ctx, dir, "rev-parse", "--verify", "HEAD")
	if err != nil {
		return madeUp("the first commit"), "the working folder, under a made-up commit"
	}
	say = "the working folder" + asRoot(ctx, dir)
	// Without the lock, git leaves the repository's index alone.
	changes, err := git(ctx, dir, "--no-optional-locks", "status", "--porcelain", "--untracked-files=normal", "--", ".")
	if err == nil && len(changes) > 0 {
		say += ", with changes that are not committed"
	}
	return strings.TrimSpace(string(head)), say
}

// asRoot says so where a folder is not the root of its repository, which a
// pipeline's source is.
func asRoot(ctx context.Context, dir string) string {
	if inside := below(ctx, dir); inside != "" {
		return " " + inside + ", as if it were the root of the repository"
	}
	return ""
}

// below is where a folder is below the root of its repository: "examples/shop",
// or "" for the root itself.
func below(ctx context.Context, dir string) string {
	prefix, err := git(ctx, dir, "rev-parse", "--show-prefix")
	if err != nil {
		return ""
	}
	return strings.TrimSuffix(strings.TrimRight(string(prefix), "\n"), "/")
}

// A checkout is where a commit is checked out: a folder and, beside it, an index
// of its own, so that nothing of the repository changes.
type checkout struct{ repository, dir string }

func (c checkout) git(ctx context.Context, input []byte, args ...string) ([]byte, error) {
	settings := []string{"--git-dir=" + c.repository, "--work-tree=" + c.dir, "--literal-pathspecs", "-c", "core.splitIndex=false", "-c", "core.fsmonitor=false"}
	cmd := exec.CommandContext(ctx, "git", append(settings, args...)...)
	cmd.Dir, cmd.Stdin = c.dir, bytes.NewReader(input)
	cmd.Env = append(os.Environ(), "GIT_INDEX_FILE="+c.dir+".index")
	return answer(cmd, args)
}

// unpackCommit writes the files that a folder had in a commit, as a clone has
// them. An archive would be another thing: it leaves out what .gitattributes
// keeps from export.
func unpackCommit(ctx context.Context, from, id, to string) error {
	repository, err := git(ctx, from, "rev-parse", "--absolute-git-dir")
	if err != nil {
		return err
	}
	c := checkout{repository: strings.TrimRight(string(repository), "\n"), dir: to + ".checkout"}
	if err := os.MkdirAll(c.dir, 0o700); err != nil {
		return err
	}
	defer func() { _, _ = os.RemoveAll(c.dir), os.Remove(c.dir+".index") }()
	inside := below(ctx, from)
	names, err := c.write(ctx, id, inside)
	if err != nil {
		return err
	}
	names = slices.DeleteFunc(names, litter) // such as a state that was committed
	if len(names) == 0 {
		return fmt.Errorf("the commit %.8s has no folder %s", id, inside)
	}
	return copyFiles(filepath.Join(c.dir, filepath.FromSlash(inside)), to, names)
}

// write checks out a folder of a commit, and lists its files as seen from there.
func (c checkout) write(ctx context.Context, id, inside string) ([]string, error) {
	if _, err := c.git(ctx, nil, "read-tree", id); err != nil {
		return nil, err
	}
	found, err := c.git(ctx, nil, "ls-files", "-z", "--", path.Join(".", inside))
	if err != nil {
		return nil, err
	}
	if _, err := c.git(ctx, found, "checkout-index", "-z", "--stdin"); err != nil {
		return nil, err
	}
	var names []string
	for _, name := range listed(found) {
		if inside == "" {
			names = append(names, name)
		} else if name, ok := strings.CutPrefix(name, inside+"/"); ok {
			names = append(names, name)
		}
	}
	return names, nil
}

// listed are the names of a list in which a zero byte follows on each.
func listed(text []byte) []string {
	var names []string
	for name := range strings.SplitSeq(string(text), "\x00") {
		if name != "" {
			names = append(names, name)
		}
	}
	return names
}

func git(ctx context.Context, dir string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "git", args...)
	cmd.Dir = dir
	return answer(cmd, args)
}

// answer runs git, and makes an error of what it complains of.
func answer(cmd *exec.Cmd, args []string) ([]byte, error) {
	out, err := cmd.Output()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return nil, fmt.Errorf("git %s: %s", strings.Join(args, " "), strings.TrimSpace(string(exit.Stderr)))
	}
	return out, err
}
