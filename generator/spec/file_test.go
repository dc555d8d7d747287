package spec

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func badFileCodes() []string { return []string{unreadable, tooLarge, tooDeep, notUTF8, empty} }

// What is not a spec at all is one problem, and costs little to tell.
func TestBadFiles(t *testing.T) {
	for _, c := range []struct {
		name, code, detail string
		make               func(t *testing.T, path string)
	}{
		{"missing", unreadable, "no such file", func(*testing.T, string) {}},
		{"folder", unreadable, "a folder", func(t *testing.T, path string) { must(t, os.Mkdir(path, 0o755)) }},
		{"fifo", unreadable, "a pipe", func(t *testing.T, path string) { must(t, syscall.Mkfifo(path, 0o644)) }},
		{"link to a fifo", unreadable, "a pipe", func(t *testing.T, path string) {
			must(t, syscall.Mkfifo(path+".fifo", 0o644))
			must(t, os.Symlink(path+".fifo", path))
		}},
		{"empty", empty, "is empty", text("")},
		{"blank", empty, "is empty", text("\n \t\r\n")},
		{"byte order mark alone", empty, "is empty", text("\ufeff")},
		{"10 MB", tooLarge, "1024 KiB", text(strings.Repeat("# comment\n", 1<<20))},
		{"10,000 deep", tooDeep, "100 brackets", text("a = " + strings.Repeat("[", 10000) + strings.Repeat("]", 10000))},
		{"deep blocks", tooDeep, "100 brackets", text(strings.Repeat("a {\n", 10000))},
		{"deep in strings", tooDeep, "100 brackets", text("a = " + strings.Repeat("\"${", 5000))},
		{"deep behind closed strings", tooDeep, "100 brackets", text("a = " + strings.Repeat("[\"]\",", 10000))},
		{"minus without end", tooDeep, "has no end", text("a = " + strings.Repeat("-", 1_000_000))},
		{"minus in a string", tooDeep, "has no end", text("a = \"${" + strings.Repeat("!", 1_000_000))},
		{"minus in a heredoc", tooDeep, "has no end", text("a = <<E\n# ${" + strings.Repeat("!", 1_000_000))},
		{"a sum without end", tooDeep, "has no end", text("a = 1" + strings.Repeat(" + 1", 200_000))},
		{"a sum over many lines", tooDeep, "has no end", text("a = (1" + strings.Repeat("\n+ 1", 200_000))},
		{"a condition without end", tooDeep, "has no end", text("a = " + strings.Repeat("a ? b : ", 100_000))},
		{"a splat without end", tooDeep, "has no end", text("a = b" + strings.Repeat("[*]", 300_000))},
		{"a call without end", tooDeep, "has no end", text("a = b" + strings.Repeat("()", 300_000))},
		{"directives without end", tooDeep, "has no end", text("a = \"" + strings.Repeat("%{if a}", 100_000))},
		{"Latin-1", notUTF8, "Line 2", text("# a\n# caf\xe9\n")},
		{"UTF-16", notUTF8, "Line 1", text("\xff\xfep\x00r\x00")},
		{"binary", notUTF8, "zero bytes", text("\x7fELF\x00\x01")},
		{"rubbish", syntaxError, "", text("<html><body>404</body></html>")},
		{"a list", unknownBlock, "", text("a = [1]\n")},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "tfgen.hcl")
			c.make(t, path)
			s, problems := Load(path)
			if s != nil || problems[0].Code != c.code || !strings.Contains(problems[0].Detail, c.detail) {
				t.Errorf("got %v", problems)
			}
			if c.code != unknownBlock && len(problems) != 1 {
				t.Errorf("more than one problem: %v", problems)
			}
		})
	}
}

// TestDepth holds that what is long is not deep.
func TestDepth(t *testing.T) {
	many := func(s string) string { return strings.Repeat(s, 2000) }
	for _, src := range []string{
		many("a = 1 + 1 - 1\n"),
		"a = [" + many("-1, ") + "]",
		"a = [" + many("-1,\n") + "]",
		"a = [\n" + many("{ b = c == d ? -1 : [2] },\n") + "]",
		many("a \"b\" {\n  c = { d = \"${e}-${f[0]}\", g = !h }\n}\n"),
		"a = \"" + many("${b}-") + "\"",
		"# " + many("=") + "\n// " + many("-") + "\n/* " + many("*") + "\n" + many("-") + " */",
		"# :( [ { \"\n" + many("a = b\n"),
		"/* ( */\n" + many("a = b\n"),
		`{"a": [` + many(`{"b": "-${c}"},`) + "1]}",
	} {
		if isDeep([]byte(src)) {
			t.Errorf("deep: %.80s", src)
		}
	}
}

// What is no policy at all is one problem beside the name of the file.
func TestBadPolicies(t *testing.T) {
	const statement = `{"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}`
	for _, c := range []struct {
		name, detail string // no detail where nothing is wrong
		make         func(t *testing.T, path string)
	}{
		{"missing", "There is no file", func(*testing.T, string) {}},
		{"folder", "not a regular file", func(t *testing.T, path string) { must(t, os.Mkdir(path, 0o755)) }},
		{"fifo", "not a regular file", func(t *testing.T, path string) { must(t, syscall.Mkfifo(path, 0o644)) }},
		{"device", "not a regular file", func(t *testing.T, path string) { must(t, os.Symlink("/dev/zero", path)) }},
		{"empty", "unexpected end of JSON", text("")},
		{"10 MB", "larger than 1024 KiB", text(strings.Repeat(" ", 10<<20))},
		{"10,000 deep", "100 brackets", text(`{"Statement": ` + strings.Repeat("[", 9000) + strings.Repeat("]", 9000) + "}")},
		{"not closed", "100 brackets", text(strings.Repeat(`{"Statement": `, 10000))},
		{"byte order mark", "byte order mark", text("\ufeff" + statement)},
		{"CRLF", "", text(strings.ReplaceAll(statement, " ", "\r\n"))},
		{"Latin-1", "UTF-8", text("{\"Statement\": \"caf\xe9\"}")},
		{"zero bytes", "UTF-8", text(statement + "\x00")},
		{"right", "", text(statement)},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			c.make(t, filepath.Join(dir, "policy.json"))
			spec := filepath.Join(dir, "tfgen.hcl")
			text(strings.Replace(runtimeSpec, "image {", "policy = \"policy.json\"\n  image {", 1))(t, spec)
			_, problems := Load(spec)
			switch {
			case c.detail == "" && len(problems) == 0:
			case len(problems) != 1 || problems[0].Code != badPolicy || c.detail == "" || !strings.Contains(problems[0].Detail, c.detail):
				t.Errorf("got %v", problems)
			}
		})
	}
}

const runtimeSpec = `project "shop" {
  region = "eu-west-1"
}
cluster "shop" {
  capacity "FARGATE" {}
}
service "web" {
  image { first = "nginx" }
}
`

// A text of the largest size has no end of problems, and tells a hundred.
func TestProblemsAreBounded(t *testing.T) {
	_, problems := Parse([]byte(strings.Repeat("x \"y\" {\n}\n", MaxSize/11)), "tfgen.hcl")
	if len(problems) != problemsMost {
		t.Errorf("%d problems", len(problems))
	}
	if last := problems[len(problems)-1].Detail; !strings.Contains(last, "more problems are not shown") {
		t.Errorf("the last says %q", last)
	}
}

func TestThousandServices(t *testing.T) {
	var b strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&b, "service \"s%d\" {\n  port = 80\n  build { context = \"s%d\" }\n  load_balancer {\n    name = \"b%d\"\n    path = \"/%d\"\n  }\n}\n", i, i, i/100, i)
	}
	s := parsed(t, b.String())
	if len(s.Services) != 1000 || len(s.LoadBalancers) != 10 {
		t.Errorf("%d services, %d load balancers", len(s.Services), len(s.LoadBalancers))
	}
	seen := map[string]bool{}
	for _, service := range s.Services {
		place := fmt.Sprint(service.LoadBalancer.Balancer, service.LoadBalancer.Priority)
		if p := service.LoadBalancer.Priority; p < 1 || p > 50000 || seen[place] {
			t.Errorf("%s has the priority %s", service.Label, place)
		}
		seen[place] = true
	}
}

func text(content string) func(*testing.T, string) {
	return func(t *testing.T, path string) { must(t, os.WriteFile(path, []byte(content), 0o644)) }
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
