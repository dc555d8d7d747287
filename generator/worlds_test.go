package generator_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"tfgen/generator/files"
	"tfgen/generator/spec"
)

// TestNeighbours reads every name out of the generated code of specs that share
// an account, and finds none twice that AWS would take for one. Each archive of
// testdata/worlds is one account.
func TestNeighbours(t *testing.T) {
	archives, err := filepath.Glob("testdata/worlds/*.txtar")
	if err != nil || len(archives) < 4 {
		t.Fatalf("%d worlds, %v", len(archives), err)
	}
	for _, archive := range archives {
		t.Run(specName(archive), func(t *testing.T) {
			t.Parallel()
			owners := map[string]string{}
			for name, set := range generateWorld(t, archive) {
				for _, n := range names(t, set) {
					if n.space == spec.World {
						continue // S3 ends it in characters of its own
					}
					if other, taken := owners[n.shared()]; taken && other != name {
						t.Errorf("%s of %s and of %s", n.shared(), other, name)
					}
					owners[n.shared()] = name
				}
			}
		})
	}
}

// TestNamesOfCode holds the table of names to the generated code: it says of
// each name there what it is, and no name of it is missing there.
func TestNamesOfCode(t *testing.T) {
	for name, s := range specs(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var want, got []string
			for _, n := range spec.Names(s) {
				if n.Space == spec.InBucket || n.Space == spec.Organization {
					continue // of a backend, which no resource makes
				}
				want = append(want, n.Resource+"."+n.Argument+" "+n.Text)
			}
			for _, n := range names(t, generate(t, s)) {
				if n.resource != "" {
					got = append(got, n.resource+"."+n.argument+" "+n.text)
				}
			}
			slices.Sort(want)
			slices.Sort(got)
			if !slices.Equal(want, got) {
				t.Errorf("the table says\n%s\nthe code says\n%s", strings.Join(want, "\n"), strings.Join(got, "\n"))
			}
		})
	}
}

// generateWorld returns the code of each spec of an archive.
func generateWorld(t *testing.T, archive string) map[string]files.Set {
	t.Helper()
	world, err := txtar.ParseFile(archive)
	if err != nil {
		t.Fatal(err)
	}
	dir, all := t.TempDir(), map[string]files.Set{}
	for _, f := range world.Files {
		file := filepath.Join(dir, f.Name)
		if err := os.WriteFile(file, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
		all[f.Name] = generate(t, load(t, file))
	}
	return all
}
