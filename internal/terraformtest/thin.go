package terraformtest

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"

	"github.com/gofrs/flock"
	"github.com/hashicorp/go-version"
)

// A Provider is the AWS provider with the command thin before it.
type Provider struct {
	// Mirror is the folder of a mirror that has it.
	Mirror string
	// validator is the address of one that validates for all that this process
	// runs. It ends when input is closed, at the latest with this process.
	validator string
	input     io.Closer
}

// Env is what Terraform needs in its environment to run it.
func (p Provider) Env() []string {
	return []string{"TFGEN_PLUGIN_DIR=" + p.Mirror, "THIN_VALIDATOR=" + p.validator}
}

// End ends what validates.
func (p Provider) End() error {
	if p.input == nil {
		return nil
	}
	return p.input.Close()
}

// Thin puts the command thin before the newest provider of a mirror. What it
// makes stands in .tools; what was made before and has not changed stays. From a
// mirror whose providers are packed the provider comes as it is.
func Thin(mirror string) (p Provider, err error) {
	root, err := repository()
	if err != nil {
		return p, err
	}
	unpacked, err := newest(mirror)
	if err != nil || unpacked == "" {
		return Provider{Mirror: mirror}, err
	}
	p.Mirror = filepath.Join(root, ".tools", "thin")
	binary := filepath.Join(p.Mirror, unpacked)
	if err := build(root, p.Mirror, binary, filepath.Join(mirror, unpacked)); err != nil {
		return p, err
	}
	return p, p.startValidator(binary)
}

// build builds the command thin in front of a provider.
func build(root, dir, binary, provider string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	lock := flock.New(filepath.Join(dir, "lock"))
	if err := lock.Lock(); err != nil {
		return err
	}
	defer func() { _ = lock.Unlock() }() // The end of the process unlocks it too.
	settings, err := settle(root, dir, provider)
	if err != nil {
		return err
	}
	cmd := exec.Command("go", "build", "-o", binary, "-ldflags", "-X 'main.settingsFile="+settings+"'", "./internal/terraformtest/thin")
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("build what stands before the AWS provider: %w\n%s", err, out)
	}
	return nil
}

func (p *Provider) startValidator(binary string) (err error) {
	cmd := exec.Command(binary, "validator")
	if p.input, err = cmd.StdinPipe(); err != nil {
		return err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	address, err := bufio.NewReader(out).ReadString('\n')
	p.validator = strings.TrimSpace(address)
	return err
}

// newest returns where the newest unpacked provider of a mirror stands in it, or "".
func newest(mirror string) (path string, err error) {
	found, err := filepath.Glob(filepath.Join(mirror, provider, "*", runtime.GOOS+"_"+runtime.GOARCH, "terraform-provider-aws_v*"))
	if err != nil {
		return "", err
	}
	var last *version.Version
	for _, file := range found {
		v, err := version.NewVersion(filepath.Base(filepath.Dir(filepath.Dir(file))))
		if err == nil && (last == nil || v.GreaterThan(last)) {
			last, path = v, file
		}
	}
	if path == "" {
		return "", nil
	}
	return filepath.Rel(mirror, path)
}

// settle writes the settings of the command thin and returns their file.
func settle(root, dir, provider string) (file string, err error) {
	named, err := types(root)
	if err != nil {
		return "", err
	}
	text, err := json.Marshal(map[string]any{"Provider": provider, "Types": named, "Word": typeName.String(), "Kept": dir})
	if err != nil {
		return "", err
	}
	file = filepath.Join(dir, "settings.json")
	return file, replace(file, text)
}

// replace writes a file that others may be reading.
func replace(file string, text []byte) error {
	if err := os.WriteFile(file+".new", text, 0o644); err != nil {
		return err
	}
	return os.Rename(file+".new", file)
}

var typeName = regexp.MustCompile(`\baws_[a-z0-9_]+`)

// types returns the types of the AWS provider that stand in the repository, and
// other words that look like one. Those of the manual are left out: the schema
// of a firewall alone is as long as that of all others together.
func types(root string) (all []string, err error) {
	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && path != root && (entry.Name()[0] == '.' || entry.Name() == "bin" || entry.Name() == "docs"):
			return fs.SkipDir
		case !entry.Type().IsRegular():
			return nil
		}
		text, err := os.ReadFile(path)
		for _, name := range typeName.FindAll(text, -1) {
			all = append(all, string(name))
		}
		return err
	})
	slices.Sort(all)
	return slices.Compact(all), err
}
