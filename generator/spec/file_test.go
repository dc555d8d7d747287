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

// A text of the largest size has no end of problems, and tells a hundred.
func TestProblemsAreBounded(t *testing.T) {
	_, problems := Parse([]byte(strings.Repeat("x \"y\" {\n}\n", maxSize/11)), "tfgen.hcl")
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

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
