package buildspec

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write what the tests got into testdata")

// Each file of testdata/check holds a buildspec, what it needs and what is found
// in it. The lines above say how the service differs from wantOf's.
func TestCheck(t *testing.T) {
	for _, file := range glob(t, "testdata/check/*.txtar") {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := results(section(archive, "buildspec.yml"), wantOf(t, string(archive.Comment)))
			for _, name := range slices.Backward(slices.Sorted(maps.Keys(got))) {
				golden(t, archive, name, got[name])
			}
			if *update {
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// results reads a buildspec and says what came of it.
func results(src string, w Want) map[string]string {
	file, findings := Read([]byte(src))
	got := map[string]string{}
	if file != nil {
		got["needs"] = needsText(file.Needs(w))
		findings = inOrder(append(findings, file.Check(w)...))
	}
	got["findings"] = findingsText(findings)
	return got
}

// golden compares a section with what a test got, or replaces it.
func golden(t *testing.T, archive *txtar.Archive, name, got string) {
	t.Helper()
	if diff := cmp.Diff(section(archive, name), got); diff != "" && !*update {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
	for i := range archive.Files {
		if archive.Files[i].Name == name {
			archive.Files[i].Data = []byte(got)
			return
		}
	}
	archive.Files = append(archive.Files, txtar.File{Name: name, Data: []byte(got)})
}

func section(archive *txtar.Archive, name string) string {
	for _, f := range archive.Files {
		if f.Name == name {
			return string(f.Data)
		}
	}
	return ""
}

// wantOf reads lines of a key and a value.
func wantOf(t *testing.T, comment string) Want {
	w := Want{
		Container: "myweb", Registry: "ecr", Repository: "myweb", Tag: "commit", Immutable: true, Deploy: true,
		BuildImage: "aws/codebuild/amazonlinux-x86_64-standard:5.0", Privileged: true,
		Region: "eu-west-1",
	}
	for line := range strings.Lines(comment) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch key {
		case "container":
			w.Container = value
		case "service":
			w.Service = value
		case "registry":
			w.Registry = value
		case "repository":
			w.Repository = value
		case "tag":
			w.Tag = value
		case "immutable":
			w.Immutable = value == "yes"
		case "deploy":
			w.Deploy = value == "yes"
		case "committed":
			w.Committed = value == "yes"
		case "mark":
			cluster, service, _ := strings.Cut(value, " ")
			w.Mark = &Mark{cluster, service}
		case "privileged":
			w.Privileged = value == "yes"
		case "image":
			w.BuildImage = value
		case "account":
			w.Account = value
		case "policy":
			w.Allowed = strings.Fields(value)
		case "logins":
			w.Logins = strings.Fields(value)
		case "environment":
			w.Environment, w.Known = environmentOf(value)
		case "", "#":
		default:
			t.Fatalf("unknown line %q", line)
		}
	}
	return w
}

// environmentOf reads names, each with its value where it is known.
func environmentOf(fields string) (names []string, known map[string]string) {
	known = map[string]string{}
	for field := range strings.FieldsSeq(fields) {
		name, value, found := strings.Cut(field, "=")
		names = append(names, name)
		if found {
			known[name] = value
		}
	}
	return names, known
}

func findingsText(findings []Finding) string {
	var out strings.Builder
	for _, f := range findings {
		fmt.Fprintf(&out, "%d:%d %s %s: %s\n", f.Line, f.Column, f.Severity, f.Kind, f.Message)
		for line := range strings.Lines(f.Fix) {
			fmt.Fprintf(&out, "    %s\n", strings.TrimSuffix(line, "\n"))
		}
	}
	return out.String()
}

func needsText(n Needs) string {
	var out strings.Builder
	lines := func(what string, names []string) {
		for _, name := range names {
			fmt.Fprintf(&out, "%s %s\n", what, name)
		}
	}
	flag := func(what string, set bool) {
		if set {
			fmt.Fprintln(&out, what)
		}
	}
	lines("parameter", n.Parameters)
	for _, s := range n.Secrets {
		fmt.Fprintf(&out, "secret %s%s key %q\n", s.Name, s.ARN, s.Key)
	}
	flag("ECR Public", n.ECRPublic)
	flag("looks first", n.LooksFirst)
	flag("asks what runs", n.AsksWhatRuns)
	flag("reports", n.Reports)
	for _, p := range n.Calls {
		fmt.Fprintf(&out, "%s on %s\n", p.Action, strings.Join(p.Resources, " "))
	}
	return out.String()
}

func glob(t testing.TB, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no files match %s: %v", pattern, err)
	}
	return files
}
