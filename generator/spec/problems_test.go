package spec

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

// The cases are pairs of NAME.hcl and NAME.want in testdata/problems. A case
// says only what it is about: a project, a source and a cluster are added below
// it, unless it has its own or says "# without source cluster" in its first
// line. Other files of a case stand in NAME/. UPDATE_WANT=1 writes what came out
// as what is wanted, for a person to read.
func TestProblems(t *testing.T) {
	for _, file := range problemFiles(t) {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range cases(archive) {
			t.Run(filepath.Base(file)+"/"+c.name, func(t *testing.T) {
				got := shown(c.problems())
				if os.Getenv("UPDATE_WANT") != "" {
					archive.Files[c.want].Data = []byte(got)
				}
				if diff := cmp.Diff(string(archive.Files[c.want].Data), got); diff != "" {
					t.Errorf("-want +got\n%s", diff)
				}
			})
		}
		if os.Getenv("UPDATE_WANT") != "" {
			if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// Every code comes up in some case but those of files, which TestBadFiles has.
func TestEveryCodeHasACase(t *testing.T) {
	seen := badFileCodes()
	for _, file := range problemFiles(t) {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		seen = append(seen, regexp.MustCompile(`TFG\d{3}`).FindAllString(string(src), -1)...)
	}
	for _, e := range Codes() {
		if !slices.Contains(seen, e.Code) {
			t.Errorf("%s (%s) has no case", e.Code, e.Title)
		}
	}
}

func problemFiles(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/problems/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	return files
}

type problemCase struct {
	name  string
	spec  []byte
	file  string // name of the spec
	want  int    // index of the wanted text in the archive
	files map[string][]byte
}

func cases(archive *txtar.Archive) []problemCase {
	var found []problemCase
	for i, f := range archive.Files {
		name, isWant := strings.CutSuffix(f.Name, ".want")
		if !isWant {
			continue
		}
		c := problemCase{name: name, want: i, files: map[string][]byte{}}
		for _, other := range archive.Files {
			switch {
			case other.Name == name+".hcl":
				c.spec, c.file = withBase(other.Data), "tfgen.hcl"
			case other.Name == name+".json":
				c.spec, c.file = other.Data, "tfgen.hcl.json"
			case strings.HasPrefix(other.Name, name+"/"):
				c.files[strings.TrimPrefix(other.Name, name+"/")] = other.Data
			}
		}
		found = append(found, c)
	}
	return found
}

// withBase adds the blocks that a case does not care about.
func withBase(src []byte) []byte {
	first, _, _ := bytes.Cut(src, []byte("\n"))
	for _, base := range []struct{ name, text string }{
		{"project", "project \"shop\" { region = \"eu-west-1\" }\n"},
		{"source", "source \"codecommit\" { repository = \"shop\" }\n"},
		{"cluster", "cluster \"shop\" {\n  capacity \"FARGATE\" {}\n}\n"},
	} {
		told := bytes.HasPrefix(first, []byte("# without")) && bytes.Contains(first, []byte(base.name))
		if !told && !regexp.MustCompile(`(?m)^`+base.name+`\b`).Match(src) {
			src = append(slices.Clip(src), base.text...)
		}
	}
	return src
}

func (c problemCase) problems() Problems {
	_, problems := parse(c.spec, c.file, func(path string) ([]byte, error) {
		src, ok := c.files[filepath.ToSlash(path)]
		switch {
		case !ok:
			return nil, fs.ErrNotExist
		case string(src) == "(folder)\n":
			return nil, errFolder
		case string(src) == "(huge)\n":
			return nil, errTooLarge
		case string(src) == "(broken)\n":
			return nil, errors.New("input/output error")
		}
		return src, nil
	}, strings.HasPrefix(c.name, "dockerfile"))
	return problems
}

// shown writes problems one a line: place, severity, code, summary, detail.
func shown(problems Problems) string {
	var b strings.Builder
	for _, p := range problems {
		fmt.Fprintf(&b, "%s: %s %s: %s; %s\n", p.Range, p.Severity, p.Code, p.Summary, strings.ReplaceAll(p.Detail, "\n", "\n    "))
	}
	return b.String()
}
