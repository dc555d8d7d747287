package generator_test

import (
	"path/filepath"
	"strings"
	"testing"

	"tfgen/generator/files"
	"tfgen/generator/spec"
)

// specs returns the specs that the tests generate code from, by name: each of
// testdata/specs is one structure that code can have, and the examples are
// what a reader looks at.
func specs(t testing.TB) map[string]*spec.Spec {
	t.Helper()
	all := map[string]*spec.Spec{}
	for _, pattern := range []string{"testdata/specs/*.hcl", "../examples/*/tfgen.hcl", "../examples/*/steps/*.hcl"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			all[specName(name)] = load(t, name)
		}
	}
	if len(all) < 25 {
		t.Fatalf("only %d specs", len(all))
	}
	return all
}

// specName is the part of a path that tells one spec from the others.
func specName(path string) string {
	name := strings.TrimSuffix(filepath.Base(path), ".hcl")
	if name == "tfgen" {
		name = filepath.Base(filepath.Dir(path))
	}
	return name
}

func load(t testing.TB, path string) *spec.Spec {
	t.Helper()
	s, problems := spec.Load(path)
	if s == nil {
		t.Fatal(problems)
	}
	return s
}

// generateAll returns the code of every spec, by the spec's name.
func generateAll(t testing.TB) map[string]files.Set {
	t.Helper()
	all := map[string]files.Set{}
	for name, s := range specs(t) {
		all[name] = generate(t, s)
	}
	return all
}
