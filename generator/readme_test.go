package generator_test

import (
	"path"
	"regexp"
	"strings"
	"testing"
)

// TestReadmes asserts that the prose of a README speaks of what is there.
func TestReadmes(t *testing.T) {
	file := regexp.MustCompile("`([a-z_]+\\.tf)`")
	flag := regexp.MustCompile(`-var=([a-z_]+)=`)
	for spec, set := range generateAll(t) {
		for name, text := range set {
			if path.Base(name) != "README.md" {
				continue
			}
			for _, m := range file.FindAllStringSubmatch(string(text), -1) {
				yours := strings.HasPrefix(m[1], "extra_")
				if !yours && set[path.Join(path.Dir(name), m[1])] == nil {
					t.Errorf("%s: %s mentions %s, which is not there", spec, name, m[1])
				}
			}
			for _, m := range flag.FindAllStringSubmatch(string(text), -1) {
				if !strings.Contains(string(text), "| `"+m[1]+"` |") {
					t.Errorf("%s: %s mentions the variable %s, which is not there", spec, name, m[1])
				}
			}
			if !regexp.MustCompile(`\A<!-- .* -->\n\n# \S+.*\n\n[A-Z][^\n]`).Match(text) {
				t.Errorf("%s: %s does not begin with what it is:\n%.300s", spec, name, text)
			}
		}
	}
}
