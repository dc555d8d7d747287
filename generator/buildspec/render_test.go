package buildspec

import (
	"os"
	"path"
	"strings"
	"testing"
	"text/template/parse"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"
	"mvdan.cc/sh/v3/syntax"
)

const templateFile = "../../templates/buildspec/buildspec.yml.tmpl"

// rendered are the buildspecs of testdata/rendered.
func rendered() map[string]Params {
	tutorial := Params{
		Container: "myweb", Registry: "ecr", Repository: "myweb", Tag: "commit", Immutable: true, Logins: []string{"ecr_public"},
		Context: ".", Dockerfile: "Dockerfile", Deploy: true, Architecture: "X86_64",
	}
	return map[string]Params{
		"tutorial.yml": tutorial,
		"kept.yml": {
			Container: "web", Registry: "ecr", Repository: "shop/web", Tag: "commit", Immutable: true, Context: ".", Dockerfile: "Dockerfile",
			Deploy: true, Mark: &Mark{Cluster: "shop", Service: "shop-web"},
		},
		"kept-mutable.yml": {
			Container: "web", Registry: "ecr", Repository: "web", Tag: "commit", Context: ".", Dockerfile: "Dockerfile",
			Deploy: true, Mark: &Mark{Cluster: "shop", Service: "web"},
		},
		"dockerhub.yml": {
			Registry: "dockerhub", Repository: "my-angular-app", Tag: "latest", Context: ".", Dockerfile: "Dockerfile",
		},
		"dockerhub-account.yml": {
			Container: "web", Registry: "dockerhub", Repository: "acme/web", Tag: "commit", Context: ".", Dockerfile: "Dockerfile", Deploy: true,
		},
		"latest.yml": {
			Container: "myweb", Registry: "ecr", Repository: "myweb", Tag: "latest", Logins: []string{"dockerhub"},
			Context: ".", Dockerfile: "Dockerfile", Deploy: true,
		},
		"monorepo.yml": {
			Container: "web", Registry: "ecr", Repository: "shop/web", Tag: "commit", Immutable: true,
			Logins: []string{"dockerhub", "ecr_public"}, Context: "services/web", Dockerfile: "docker/Dockerfile",
			Test: []string{"cd services/web", "npm ci && npm test"}, Deploy: true, Architecture: "ARM64",
		},
		"mutable.yml": {
			Container: "web", Registry: "ecr", Repository: "web", Tag: "commit", Context: ".", Dockerfile: "Dockerfile",
			Test: []string{"make test"}, Deploy: true,
		},
	}
}

func readTemplate(t *testing.T) *Template {
	t.Helper()
	src, err := os.ReadFile(templateFile)
	if err != nil {
		t.Fatal(err)
	}
	tmpl, err := Parse(src)
	if err != nil {
		t.Fatal(err)
	}
	return tmpl
}

func render(t *testing.T, p Params) []byte {
	t.Helper()
	out, err := readTemplate(t).Render(p)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestRender(t *testing.T) {
	for name, p := range rendered() {
		t.Run(name, func(t *testing.T) {
			got := render(t, p)
			file := path.Join("testdata/rendered", name)
			if *update {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if !Generated(got) {
				t.Error("has not our header")
			}
		})
	}
}

// Nothing is to be found in what we write ourselves, whichever image builds it.
func TestRenderedIsSound(t *testing.T) {
	for name, p := range rendered() {
		for _, image := range []string{"aws/codebuild/standard:7.0", "aws/codebuild/amazonlinux-x86_64-standard:5.0"} {
			w := Want{
				Container: p.Container, Registry: p.Registry, Repository: p.Repository, Tag: p.Tag, Immutable: p.Immutable, Deploy: p.Deploy,
				Logins: p.Logins, Environment: []string{"AWS_ACCOUNT_ID", "DOCKERHUB_TOKEN", "DOCKERHUB_USER"}, BuildImage: image, Privileged: true,
				Region: "eu-west-1", Mark: p.Mark,
			}
			file, findings := Read(render(t, p))
			if findings = append(findings, file.Check(w)...); len(findings) > 0 {
				t.Errorf("%s on %s:\n%s", name, image, findingsText(findings))
			}
		}
	}
}

// What a generated buildspec needs is read from it as from any other.
func TestRenderedNeeds(t *testing.T) {
	file, _ := Read(render(t, rendered()["monorepo.yml"]))
	want := "ECR Public\nlooks first\n"
	if diff := cmp.Diff(want, needsText(file.Needs(Want{Registry: "ecr", Region: "eu-west-1", Repository: "shop/web"}))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Each command is sh's own language.
func TestRenderedIsPOSIX(t *testing.T) {
	for name, p := range rendered() {
		file, _ := Read(render(t, p))
		for _, phase := range file.Phases {
			for _, c := range phase.Commands {
				if _, err := syntax.NewParser(syntax.Variant(syntax.LangPOSIX)).Parse(strings.NewReader(c.Text), name); err != nil {
					t.Errorf("%s:%d: %v", name, c.Line, err)
				}
			}
		}
	}
}

// A value may be in the file through quote only: one that the template prints
// itself could end its scalar and begin another.
func TestTemplatePrintsOnlyQuoted(t *testing.T) {
	actions := 0
	for _, one := range readTemplate(t).tmpl.Templates() {
		eachAction(one.Tree.Root, func(a *parse.ActionNode) {
			actions++
			if last := a.Pipe.Cmds[len(a.Pipe.Cmds)-1]; last.Args[0].String() != "quote" {
				t.Errorf("%s prints without quote", a)
			}
		})
	}
	if actions == 0 {
		t.Error("no action found")
	}
}

// eachAction calls f for what a template prints.
func eachAction(node parse.Node, f func(*parse.ActionNode)) {
	switch n := node.(type) {
	case *parse.ListNode:
		if n != nil {
			for _, child := range n.Nodes {
				eachAction(child, f)
			}
		}
	case *parse.ActionNode:
		f(n)
	case *parse.IfNode:
		eachAction(n.List, f)
		eachAction(n.ElseList, f)
	case *parse.RangeNode:
		eachAction(n.List, f)
		eachAction(n.ElseList, f)
	}
}

func TestRenderRefuses(t *testing.T) {
	good := rendered()["tutorial.yml"]
	for name, change := range map[string]func(*Params){
		`registry "ghcr"`:               func(p *Params) { p.Registry = "ghcr" },
		`tag "v1"`:                      func(p *Params) { p.Tag = "v1" },
		`architecture "MIPS"`:           func(p *Params) { p.Architecture = "MIPS" },
		`login "gcr"`:                   func(p *Params) { p.Logins = []string{"gcr"} },
		`context "../other"`:            func(p *Params) { p.Context = "../other" },
		`context "/etc"`:                func(p *Params) { p.Context = "/etc" },
		`context "--push"`:              func(p *Params) { p.Context = "--push" },
		`dockerfile "../Dockerfile"`:    func(p *Params) { p.Dockerfile = "../Dockerfile" },
		`repository ""`:                 func(p *Params) { p.Repository = "" },
		`repository "a\x00b"`:           func(p *Params) { p.Repository = "a\x00b" },
		`container "\xff"`:              func(p *Params) { p.Container = "\xff" },
		`test ""`:                       func(p *Params) { p.Test = []string{""} },
		`cluster ""`:                    func(p *Params) { p.Mark = &Mark{Service: "web"} },
		`service ""`:                    func(p *Params) { p.Mark = &Mark{Cluster: "shop"} },
		`registry of marked images "d`:  func(p *Params) { p.Registry, p.Mark = "dockerhub", &Mark{"shop", "web"} },
		`takes the tag latest once`:     func(p *Params) { p.Tag = "latest" },
		`login "x" is none of`:          func(p *Params) { p.Logins, p.Tag = []string{"x"}, "latest" },
		"the tag latest once, and refu": func(p *Params) { p.Logins, p.Tag = []string{"x"}, "latest" },
	} {
		p := good
		change(&p)
		if _, err := readTemplate(t).Render(p); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("want an error with %s, got %v", name, err)
		}
	}
}

// hostile holds what YAML and shells take for their own.
func hostile() []string {
	return []string{
		`$(touch pwned)`, "`touch pwned`", `"; touch pwned; "`, `'; touch pwned; '`, `${HOME}`, `$HOME`, `a b  c`, `*`, `~`, `\`, `a\nb`, `\"`,
		"line\nbreak", "line\r\nbreak", "trailing\n", "\ttab", ` lead`, `trail `, `: `, `a: b`, `# no comment`, `a #b`, `- item`, `{a: b}`, `[a]`,
		`&anchor`, `!tag`, `|`, `>`, `%d%s`, `@x`, `yes`, `null`, `~`, `0x1f`, `1e3`, `2001-01-01`, `{{.Context}}`, "\u0085\u2028\u00a0\ufeff", "é😀", "\x01\x1b[0m", `<<`,
	}
}

func TestHostileValuesDecodeAsTheyAre(t *testing.T) {
	for _, value := range hostile() {
		p := Params{
			Container: value, Registry: "ecr", Repository: value, Tag: "commit", Immutable: true, Context: "x" + value, Dockerfile: value,
			Test: []string{value, "true"}, Deploy: true,
		}
		var got struct {
			Env struct {
				Variables map[string]string
			}
			Phases map[string]struct{ Commands []string }
		}
		if err := yaml.Unmarshal(render(t, p), &got); err != nil {
			t.Errorf("%q: %v", value, err)
		}
		want := map[string]string{
			"ECS_CONTAINER": value, "IMAGE_REPOSITORY": value, "IMAGE_CONTEXT": "x" + value, "IMAGE_DOCKERFILE": path.Join("x"+value, value),
		}
		if diff := cmp.Diff(want, got.Env.Variables); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if first := got.Phases["build"].Commands[0]; first != value {
			t.Errorf("test command %q became %q", value, first)
		}
	}
}

func TestGenerated(t *testing.T) {
	for src, want := range map[string]bool{
		Header + "\nversion: 0.2\n":           true,
		Header:                                true,
		"\ufeff" + Header + "\r\n":            true,
		"version: 0.2\n" + Header + "\n":      false,
		"# Code generated by hand.\n":         false,
		"":                                    false,
		" " + Header + "\n":                   false,
		Header + " But edited.\nversion: 0.2": false,
	} {
		if got := Generated([]byte(src)); got != want {
			t.Errorf("Generated(%q) = %v", src, got)
		}
	}
}
