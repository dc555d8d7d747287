package deploy

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// configuration gathers what of a root and of its local modules an init
// depends on: settings of Terraform, sources and versions of modules, and
// which providers are in use.
//
// It reads lines, not HCL, and rather takes too much than too little: a line
// too many costs one needless init, and where a line is missed Terraform asks
// for the init by itself, and gets it.
func configuration(dir string) (string, error) {
	var b strings.Builder
	seen := map[string]bool{}
	queue := []string{dir}
	for len(queue) > 0 {
		next := filepath.Clean(queue[0])
		queue = queue[1:]
		if seen[next] {
			continue
		}
		seen[next] = true
		text, err := moduleSettings(next)
		if err != nil {
			return "", err
		}
		rel, _ := filepath.Rel(dir, next)
		b.WriteString(rel + "\n" + text)
		for _, source := range localSources(text) {
			queue = append(queue, filepath.Join(next, source))
		}
	}
	return b.String(), nil
}

// moduleSettings gathers the telling lines of one folder's files. A module
// that is not there is Terraform's to complain about.
func moduleSettings(dir string) (string, error) {
	plain, err := filepath.Glob(filepath.Join(glob(dir), "*.tf"))
	if err != nil {
		return "", err
	}
	inJSON, err := filepath.Glob(filepath.Join(glob(dir), "*.tf.json"))
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, file := range slices.Concat(plain, inJSON) {
		src, err := os.ReadFile(file)
		if err != nil {
			return "", err
		}
		if strings.HasSuffix(file, ".json") {
			b.Write(src)
			continue
		}
		b.WriteString(settings(string(src)))
	}
	return b.String(), nil
}

// glob escapes what a pattern would read as a wildcard.
func glob(dir string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(dir)
}

// settings keeps the lines of a file that an init depends on. The provider of
// a resource is the first word of its type.
func settings(src string) string {
	var b strings.Builder
	inside := false
	for line := range strings.Lines(src) {
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch {
		case strings.HasPrefix(line, "terraform {"):
			inside = !strings.Contains(line, "}")
		case inside:
			inside = !strings.HasPrefix(line, "}")
		case word == "source" || word == "version" || word == "provider":
		case word == "resource" || word == "data" || word == "ephemeral":
			provider, _, _ := strings.Cut(rest, "_")
			line = provider + "\n"
		default:
			continue
		}
		b.WriteString(line)
	}
	return b.String()
}

// localSources finds the folders that modules are read from.
func localSources(settings string) []string {
	var found []string
	for line := range strings.Lines(settings) {
		name, value, ok := strings.Cut(strings.TrimSpace(line), "=")
		value = strings.Trim(strings.TrimSpace(value), `"`)
		if ok && strings.TrimSpace(name) == "source" && strings.HasPrefix(value, ".") {
			found = append(found, value)
		}
	}
	return found
}

func digest(parts ...string) string {
	hash := sha256.New()
	for _, part := range parts {
		hash.Write([]byte(part))
		hash.Write([]byte{0})
	}
	return hex.EncodeToString(hash.Sum(nil))
}
