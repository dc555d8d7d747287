package generator_test

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tfgen/generator"
	"tfgen/generator/files"
	"tfgen/generator/spec"
)

// TestExamples asserts that the code beside each example is what its spec
// gives. make generate writes it anew, and the difference is the review.
func TestExamples(t *testing.T) {
	names, err := filepath.Glob("../examples/*/tfgen.hcl")
	if err != nil || len(names) < 3 {
		t.Fatal("examples are missing", err)
	}
	for _, name := range names {
		t.Run(specName(name), func(t *testing.T) {
			s := load(t, name)
			changes, err := files.Diff(s.Dir, generate(t, s), files.Options{Output: s.Project.Output})
			if err != nil {
				t.Fatal(err)
			}
			for _, problem := range changes.Problems() {
				t.Errorf("%s; make generate writes it anew", problem)
			}
		})
	}
}

// TestModules asserts that modules/ holds the modules of the complete example,
// and that these are all there are but the two kinds of service whose
// revisions are the pipeline's.
func TestModules(t *testing.T) {
	s := load(t, "../examples/complete/tfgen.hcl")
	want := files.Set{}
	for name, text := range generate(t, s) {
		if below, ok := strings.CutPrefix(name, "infra/modules/"); ok {
			want[below] = text
		}
	}
	compareTree(t, want, "../modules")
	all := []string{"cluster", "load_balancer", "network", "pipeline", "registry", "secrets", "service", "source", "worker"}
	if got := topFolders(want); !slices.Equal(got, all) {
		t.Errorf("the complete example has the modules %v, and not %v", got, all)
	}
}

// compareTree compares a set with all files below a folder.
func compareTree(t *testing.T, want files.Set, dir string) {
	t.Helper()
	got := files.Set{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		got[name], err = os.ReadFile(filepath.Join(dir, name))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, difference := range differences(want, got) {
		t.Errorf("%s/%s; make generate writes it anew", dir, difference)
	}
}

// differences says in which files two sets differ, sorted.
func differences(want, got files.Set) []string {
	var out []string
	for name, text := range want {
		switch other, ok := got[name]; {
		case !ok:
			out = append(out, name+": missing")
		case string(other) != string(text):
			out = append(out, name+": out of date")
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			out = append(out, name+": not generated")
		}
	}
	slices.Sort(out)
	return out
}

func topFolders(set files.Set) []string {
	var out []string
	for name := range set {
		out = append(out, strings.Split(path.Dir(name), "/")[0])
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func generate(t testing.TB, s *spec.Spec) files.Set {
	t.Helper()
	set, err := generator.Generate(s)
	if err != nil {
		t.Fatal(err)
	}
	return set
}
