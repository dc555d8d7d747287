package rehearsal

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"tfgen/generator/buildspec"
)

// handOver collects the artifact of a build that succeeded and stores it.
func (b *player) handOver(ctx context.Context, r *run) (*outcome, error) {
	var packed []byte
	if b.file.Artifacts.Declared && len(b.file.Artifacts.Secondary) == 0 {
		var err error
		packed, err = pack(b.sourceDir(), b.file.Artifacts)
		if err == nil {
			err = store(ctx, b.caller(b.role), b.pipeline, "BuildArtifact", packed)
		}
		if err != nil {
			return nil, &finding{err: err, onAWS: "The build would have failed in UPLOAD_ARTIFACTS, and nothing would have been deployed."}
		}
	}
	out := &outcome{
		phases: len(r.phases), commands: len(r.played), commit: b.commit.id, images: len(r.docker.Images),
		notes: r.notes(), pushes: r.docker.Pushed, elsewhere: r.docker.Elsewhere, unplayed: r.docker.Unplayed,
	}
	var err error
	out.there, err = b.there(ctx, packed, out)
	return out, err
}

// pack zips what the buildspec declares as the build's artifact.
func pack(source string, a buildspec.Artifacts) ([]byte, error) {
	base := filepath.Join(source, filepath.FromSlash(a.BaseDirectory.Value))
	var packed bytes.Buffer
	archive := zip.NewWriter(&packed)
	for _, pattern := range a.Files {
		names, err := matching(base, strings.TrimPrefix(pattern.Value, "./"))
		if err != nil {
			return nil, err
		}
		if len(names) == 0 {
			return nil, fmt.Errorf("line %d: no matching artifact paths found for %q: no command writes it, or it is in another folder", pattern.Line, pattern.Value)
		}
		for _, name := range names {
			if err := add(archive, base, name, a.DiscardPaths); err != nil {
				return nil, err
			}
		}
	}
	err := archive.Close() // Only now are all bytes there.
	return packed.Bytes(), err
}

func add(archive *zip.Writer, base, name string, discardPath bool) error {
	text, err := os.ReadFile(filepath.Join(base, filepath.FromSlash(name)))
	if err != nil {
		return err
	}
	if discardPath {
		name = path.Base(name)
	}
	entry, err := archive.Create(name)
	if err == nil {
		_, err = entry.Write(text)
	}
	return err
}

// matching lists the files below base that match a pattern: * is any text in
// one folder, ** in any.
func matching(base, pattern string) ([]string, error) {
	expression := regexp.QuoteMeta(path.Clean(pattern))
	expression = strings.NewReplacer(`\*\*/`, `(?:.*/)?`, `\*\*`, `.*`, `\*`, `[^/]*`, `\?`, `[^/]`).Replace(expression)
	matches, err := regexp.Compile("^" + expression + "$")
	if err != nil {
		return nil, err
	}
	var names []string
	err = fs.WalkDir(os.DirFS(base), ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() && matches.MatchString(name) {
			names = append(names, name)
		}
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return names, err
}
