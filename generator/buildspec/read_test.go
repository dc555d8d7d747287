package buildspec

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

// A byte order mark and CRLF change neither what is found nor where.
func TestReadAsEditorsSave(t *testing.T) {
	for _, file := range glob(t, "testdata/check/*.txtar") {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		src, w := section(archive, "buildspec.yml"), wantOf(t, string(archive.Comment))
		want := results(src, w)
		for name, changed := range map[string]string{
			"CRLF": strings.ReplaceAll(src, "\n", "\r\n"),
			"BOM":  "\ufeff" + src,
		} {
			if diff := cmp.Diff(want, results(changed, w)); diff != "" {
				t.Errorf("%s with %s (-want +got):\n%s", file, name, diff)
			}
		}
	}
}

// command is a buildspec with one command, as a block.
func command(text string) string {
	return "version: 0.2\nphases:\n  build:\n    commands:\n      - |\n        " + strings.ReplaceAll(text, "\n", "\n        ") + "\n"
}

// What is not text, or is built to cost a reader dear, is one finding or none.
func TestReadBadFiles(t *testing.T) {
	many := func(s string, n int) string { return strings.Repeat(s, n) }
	for name, test := range map[string]struct {
		src  string
		kind Kind
	}{
		"too large":        {many("# comment\n", 1<<20), NotText},
		"not UTF-8":        {"version: \xff", NotText},
		"a zero byte":      {"version: \x00", NotText},
		"deep YAML":        {many("[", 20_000), YAMLSyntax},
		"deep mapping":     {many("{a: ", 20_000), YAMLSyntax},
		"a scalar":         {"version", WrongType},
		"two files":        {"version: 0.2\n---\nversion: 0.2\n", WrongType}, // The first counts: it has no phases.
		"own alias":        {"version: 0.2\nphases: &a\n  build: *a\n", UnknownKey},
		"deep shell":       {command(many("(", maxCommand-100)), ShellSyntax},
		"deep expansion":   {command("echo " + many("$(", maxCommand/2-100)), ShellSyntax},
		"deep default":     {command("echo " + many("${a:-", maxCommand/5-100)), ShellSyntax},
		"deep arithmetic":  {command("echo $((" + many("(", maxCommand-100)), ShellSyntax},
		"long command":     {command("echo " + many("a", maxCommand)), ShellSyntax},
		"own function":     {command("f() { f; f; f; f; f; f; f; f; f; }\nf"), NoPush},
		"many branches":    {command(many("A=$A$A\nif true; then A=a; fi\n", 100) + "docker push acme/web"), NoLogin},
		"an empty block":   {"version: 0.2\nphases:\n  build:\n    commands:\n      - >", NoPush},
		"an empty literal": {"version: 0.2\nphases:\n  build:\n    commands:\n      - |", NoPush},
		"nested eval":      {command("X='eval \"$X\"'; eval \"$X\""), NoPush},
	} {
		t.Run(name, func(t *testing.T) {
			file, findings := Read([]byte(test.src))
			if file != nil {
				file.Needs(Want{})
				findings = append(findings, file.Check(Want{Privileged: true, Registry: "ecr", Repository: "web"})...)
			}
			for _, f := range findings {
				if f.Kind == test.kind {
					return
				}
			}
			t.Errorf("no finding %s in:\n%.2000s", test.kind, findingsText(findings))
		})
	}
}

// No finding prints a credential, wherever it stands.
func TestFindingsKeepCredentials(t *testing.T) {
	const value = "dckr_pat_s3cr3ts3cr3t"
	for _, src := range []string{
		"version: 0.2\nenv:\n  variables:\n    DOCKERHUB_TOKEN: " + value + "\n",
		"version: 0.2\nenv:\n  variables:\n    PLAIN: " + value + "\n",
		"version: " + value + "\nenv:\n  shell: " + value + "\n",
		value + ": 1\nphases:\n  " + value + ": {}\n",
		"version: 0.2\nphases:\n  build:\n    on-failure: " + value + "\n",
		command("docker login -u acme -p " + value + "\ndocker push acme/web"),
		command("echo '" + value + "' | docker login -u acme --password-stdin " + value + "\ndocker push " + value + "/" + value),
		command("TOKEN=hunter2hunter2\necho \"$TOKEN\" | docker login -u acme --password-stdin\ndocker push $TOKEN/$TOKEN"),
		command("docker login -u acme -p hunter2hunter2"),
		command("echo hunter2hunter2 | docker login -u acme --password-stdin ghcr.io"),
		"version: 0.2\nenv:\n  variables:\n    TOKEN: hunter2hunter2\nphases:\n  build:\n    commands:\n      - docker push $TOKEN/$TOKEN\n",
		command("echo " + value + " > imagedefinitions.json"),
		command(`echo '[{"name":"` + value + `","imageUri":"x"}]' > imagedefinitions.json`),
		command("echo \"" + value),
		command("echo $" + value),
	} {
		file, findings := Read([]byte(src))
		if file != nil {
			findings = append(findings, file.Check(Want{Deploy: true, Repository: "web", Registry: "ecr", Container: "web"})...)
		}
		if text := findingsText(findings); strings.Contains(text, value) || strings.Contains(text, "hunter2") || text == "" {
			t.Errorf("%s\nfinds:\n%s", src, text)
		}
	}
}

// Whatever a file holds, reading it ends, and every finding has a place in it.
func FuzzRead(f *testing.F) {
	for _, name := range glob(f, "testdata/check/*.txtar") {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(section(archive, "buildspec.yml"))
	}
	for _, name := range append(glob(f, "testdata/rendered/*.yml"), glob(f, "../../examples/*/buildspec.yml")...) {
		src, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(src))
	}
	f.Add("version: 0.2\nphases:\n  build:\n    commands:\n      - docker push ${A:-b}/c:$(cut -c1 <<< $D) > imagedefinitions.json\n")
	f.Add(command("case $A in b) C=d;; esac\nfor e in f; do g() { printf '%s%%' \"$e\"; }; g; done"))
	f.Add("env: &a\n  variables: {A: b}\nphases:\n  build: {commands: [*a]}\nartifacts: {files: ['**/*'], base-directory: c}")
	f.Fuzz(func(t *testing.T, src string) {
		file, findings := Read([]byte(src))
		if file != nil {
			file.Needs(Want{})
			w := Want{Deploy: true, Repository: "web", Registry: "ecr", Container: "web", Immutable: true, Tag: "commit", Logins: []string{"dockerhub"}}
			findings = append(findings, file.Check(w)...)
		}
		lines := strings.Count(src, "\n") + strings.Count(src, "\r") + 2
		for _, found := range findings {
			if found.Line < 1 || found.Column < 1 || found.Line > lines || found.Message == "" {
				t.Errorf("%+v", found)
			}
		}
	})
}
