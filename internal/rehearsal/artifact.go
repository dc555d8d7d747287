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
	"slices"
	"strings"

	"tfgen/generator/buildspec"
)

// handOver collects the artifacts of a build that succeeded and stores them.
func (b *player) handOver(ctx context.Context, r *run) (*outcome, error) {
	if err := b.report(ctx); err != nil {
		return nil, &finding{err: err, onAWS: "The build would have failed in UPLOAD_ARTIFACTS, where CodeBuild writes its reports."}
	}
	packed, err := b.upload(ctx, r)
	if err != nil {
		return nil, &finding{err: err, onAWS: "The build would have failed in UPLOAD_ARTIFACTS, and nothing would have been deployed."}
	}
	out := &outcome{
		phases: len(r.phases), commands: len(r.played), commit: b.commit.id, images: len(r.docker.Images),
		notes: r.notes(), pushes: r.docker.Pushed, elsewhere: r.docker.Elsewhere,
		unplayed: r.docker.Unplayed, unsure: r.docker.Unsure, unread: b.file.Unplayed,
	}
	out.inPlace, err = b.imagesInPlace(ctx, packed, out)
	return out, err
}

// upload returns the artifact that the pipeline gets. It has room for one:
// secondary ones are collected, to see that they are there.
func (b *player) upload(ctx context.Context, r *run) ([]byte, error) {
	if !b.file.Artifacts.Declared {
		return nil, nil
	}
	for _, secondary := range b.file.Artifacts.Secondary {
		if _, err := pack(b.sourceDir(), secondary, r.variables); err != nil {
			return nil, fmt.Errorf("secondary artifact %s: %w", secondary.Name, err)
		}
	}
	packed, err := pack(b.sourceDir(), b.file.Artifacts, r.variables)
	if err == nil {
		err = store(ctx, b.caller(b.role), b.pipeline, "BuildArtifact", packed)
	}
	return packed, err
}

// pack zips what the buildspec declares as an artifact. A base directory may be
// a pattern of several. AWS says of an artifact's name alone that it may hold
// variables; builds rely on them in these places as well.
//
// https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html#build-spec.artifacts.base-directory
func pack(source string, a buildspec.Artifacts, variables map[string]string) ([]byte, error) {
	expand := func(text string) string {
		return os.Expand(text, func(name string) string { return variables[name] })
	}
	bases, err := baseDirectories(source, expand(a.BaseDirectory.Value))
	if err != nil {
		return nil, err
	}
	var packed bytes.Buffer
	archive := zip.NewWriter(&packed)
	for _, pattern := range a.Files {
		found := 0
		for _, base := range bases {
			names, err := matching(base, strings.TrimPrefix(expand(pattern.Value), "./"))
			if err != nil {
				return nil, err
			}
			found += len(names)
			for _, name := range names {
				if err := add(archive, base, name, a.DiscardPaths); err != nil {
					return nil, err
				}
			}
		}
		if found == 0 {
			return nil, fmt.Errorf("line %d: no matching artifact paths found for %q: no command writes it, or it is in another folder", pattern.Line, pattern.Value)
		}
	}
	err = archive.Close() // Only now are all bytes there.
	return packed.Bytes(), err
}

// baseDirectories are the folders that a base directory matches.
func baseDirectories(source, pattern string) ([]string, error) {
	pattern = filepath.FromSlash(pattern)
	if !filepath.IsAbs(pattern) {
		pattern = filepath.Join(source, pattern)
	}
	return filepath.Glob(pattern)
}

// variablesIn are the names of the variables that artifacts are declared with.
func variablesIn(a buildspec.Artifacts) []string {
	var names []string
	note := func(name string) string {
		names = append(names, name)
		return ""
	}
	for _, artifact := range append(slices.Clone(a.Secondary), a) {
		for _, text := range append(slices.Clone(artifact.Files), artifact.BaseDirectory) {
			os.Expand(text.Value, note)
		}
	}
	names = slices.DeleteFunc(names, func(name string) bool { return !regexp.MustCompile(`^[A-Za-z_]\w*$`).MatchString(name) })
	slices.Sort(names)
	return slices.Compact(names)
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
