package generator_test

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tfgen/generator"
	"tfgen/generator/files"
	"tfgen/generator/spec"
)

// TestSameBytes generates again and again: what a map yields first must not
// show.
func TestSameBytes(t *testing.T) {
	first := digest(generate(t, load(t, "../examples/complete/tfgen.hcl")))
	for range 20 {
		if again := digest(generate(t, load(t, "../examples/complete/tfgen.hcl"))); again != first {
			t.Fatal("the same spec gave other bytes")
		}
	}
}

// TestSameBytesElsewhere generates in processes of their own, which differ in
// all that a spec must not depend on.
func TestSameBytesElsewhere(t *testing.T) {
	example, err := filepath.Abs("../examples/complete/tfgen.hcl")
	if err != nil {
		t.Fatal(err)
	}
	want := digest(generate(t, load(t, example)))
	for _, tt := range []struct{ name, dir, path, env string }{
		{"from afar", t.TempDir(), example, ""},
		{"from beside", filepath.Dir(example), "tfgen.hcl", ""},
		{"one processor", ".", example, "GOMAXPROCS=1"},
		{"many processors", ".", example, "GOMAXPROCS=16"},
		{"another time", ".", example, "TZ=Pacific/Apia"},
		{"another language", ".", example, "LC_ALL=tr_TR.UTF-8"},
		{"another home", ".", example, "HOME=/nowhere"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			cmd := exec.Command(os.Args[0])
			cmd.Dir = tt.dir
			cmd.Env = append(os.Environ(), printDigestOf+"="+tt.path, tt.env)
			out, err := cmd.Output()
			if err != nil {
				t.Fatal(err)
			}
			if string(out) != want {
				t.Errorf("got %s, want %s", out, want)
			}
		})
	}
}

// printDigestOf names, in the environment, the spec whose digest a process of
// TestSameBytesElsewhere prints instead of running tests.
const printDigestOf = "TEST_PRINT_DIGEST_OF"

func TestMain(m *testing.M) {
	path := os.Getenv(printDigestOf)
	if path == "" {
		os.Exit(m.Run())
	}
	s, problems := spec.Load(path)
	if s == nil {
		panic(problems)
	}
	set, err := generator.Generate(s)
	if err != nil {
		panic(err)
	}
	os.Stdout.WriteString(digest(set))
}

// digest stands for the names and bytes of a set.
func digest(set files.Set) string {
	var all strings.Builder
	for _, name := range slices.Sorted(maps.Keys(set)) {
		all.WriteString(name + "\n" + files.Hash(set[name]) + "\n")
	}
	return files.Hash([]byte(all.String()))
}
