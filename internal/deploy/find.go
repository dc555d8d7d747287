package deploy

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
	"unicode"

	version "github.com/hashicorp/go-version"

	"tfgen/internal/deploy/report"
)

const (
	openTofu = "OpenTofu"

	// oldest is the first version with write-only arguments and with S3
	// states that are locked by a file beside them.
	oldest = "1.11.0"

	// patience is how long a binary may take to say its version. Terraform
	// takes 50 ms.
	patience = 20 * time.Second
)

// Find looks for the binary, asks it for its version, and prepares the
// environment that it will run in. Every error is one line: the binary is
// missing, is neither Terraform nor OpenTofu, is older than 1.11, or does not answer.
func Find(ctx context.Context, c Config) (*Terraform, error) {
	env, warnings := environment(c.Env)
	path, err := locate(c.Terraform, env)
	if err != nil {
		return nil, err
	}
	t := &Terraform{Path: path, config: c, env: env, Warnings: append(warnings, missingConfig(c, env)...)}
	if err := t.prepare(); err != nil {
		return nil, err
	}
	text, err := ask(ctx, path, env)
	if err != nil {
		return nil, err
	}
	var warning string
	t.Product, t.Version, warning, err = parseVersion(path, text)
	if warning != "" {
		t.Warnings = append(t.Warnings, warning)
	}
	return t, err
}

// prepare checks what the configuration names, and makes it absolute, since
// Terraform runs in another folder.
func (t *Terraform) prepare() error {
	if dir := t.config.PluginDir; dir != "" {
		info, err := os.Stat(dir)
		if err != nil || !info.IsDir() {
			return fmt.Errorf("the plugin folder %s does not exist", dir)
		}
	}
	if name := t.config.LogFile; name != "" {
		file, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY, 0o600)
		if err != nil {
			return fmt.Errorf("log of Terraform: %w", err)
		}
		_ = file.Close() // it is there
	}
	return t.absolute()
}

// absolute makes paths absolute that are relative to where the caller stands.
func (t *Terraform) absolute() error {
	cli := t.env["TF_CLI_CONFIG_FILE"]
	for _, path := range []*string{&t.config.PluginDir, &t.config.LogFile, &cli} {
		if *path == "" {
			continue
		}
		abs, err := filepath.Abs(*path)
		if err != nil {
			return err
		}
		*path = abs
	}
	switch _, err := os.Stat(cli); {
	case cli == "":
	case err != nil:
		// No settings, as before, but without the warning that OpenTofu prints before its
		// version, where terraform-exec does not find it.
		t.env["TF_CLI_CONFIG_FILE"] = os.DevNull
	default:
		t.env["TF_CLI_CONFIG_FILE"] = cli
	}
	return nil
}

// locate returns the absolute path of the binary, behind a wrapper if there
// is one.
func locate(name string, env map[string]string) (string, error) {
	if name == "" {
		name = "terraform"
	}
	path, err := exec.LookPath(name)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return "", fmt.Errorf("%s is not executable", name)
	case err != nil && strings.ContainsRune(name, filepath.Separator):
		return "", fmt.Errorf("there is no Terraform at %s", name)
	case err != nil:
		return "", fmt.Errorf("%s is not on PATH: install Terraform 1.11 or newer, or name it with -terraform=PATH", name)
	}
	if path, err = filepath.Abs(path); err != nil {
		return "", err
	}
	return behindWrapper(path, env), nil
}

// behindWrapper sees through the script that the GitHub action
// setup-terraform puts before Terraform. It decorates the output, and it does
// not pass signals on. The real binary lies beside it.
func behindWrapper(path string, env map[string]string) string {
	if !isScript(path) {
		return path
	}
	for _, dir := range []string{filepath.Dir(path), env["TERRAFORM_CLI_PATH"]} {
		real := filepath.Join(dir, "terraform-bin")
		if info, err := os.Stat(real); dir != "" && err == nil && info.Mode().IsRegular() {
			return real
		}
	}
	return path
}

// isScript opens files alone: to open a pipe is to wait for who writes to it.
func isScript(path string) bool {
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return false
	}
	file, err := os.Open(path)
	if err != nil {
		return false
	}
	defer file.Close()
	head := make([]byte, 2)
	_, err = io.ReadFull(file, head)
	return err == nil && string(head) == "#!"
}

// ask runs "terraform version". It is the one run that does not go through
// terraform-exec, which would do it once for each root, would wait for ever
// on a binary that hangs, and cannot tell OpenTofu from Terraform.
func ask(ctx context.Context, path string, env map[string]string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var out answer
	cmd := exec.CommandContext(ctx, path, "version")
	cmd.Env, cmd.Stdout, cmd.WaitDelay = environ(env), &out, time.Second
	err := cmd.Run()
	switch {
	case out.full(): // Terraform says a hundred bytes, and a program like yes has no end.
		return out.String(), nil
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return "", fmt.Errorf("%s does not answer: \"%s version\" was stopped after waiting in vain", path, filepath.Base(path))
	case ctx.Err() != nil:
		return "", context.Cause(ctx)
	case err != nil:
		return "", fmt.Errorf("%s does not run: %w", path, err)
	}
	return out.String(), nil
}

// maxAnswer caps what a binary may say when it is asked for its version, in bytes.
const maxAnswer = 64 << 10

// An answer is what a binary says. When it is full, nobody listens any more.
type answer struct{ strings.Builder }

func (a *answer) full() bool { return a.Len() > maxAnswer }

func (a *answer) Write(p []byte) (int, error) {
	if a.full() {
		return 0, errors.New("it says too much")
	}
	return a.Builder.Write(p)
}

// environ writes an environment the way exec wants it.
func environ(env map[string]string) []string {
	var list []string
	for name, value := range env {
		list = append(list, name+"="+value)
	}
	return list
}

// versionLine is how Terraform and OpenTofu say which version they are.
var versionLine = regexp.MustCompile(`(?m)^(Terraform|OpenTofu) v(\S+)\s*$`) //nolint:gochecknoglobals // never changed

// parseVersion finds the version in what "terraform version" printed, and refuses
// what is too old. What stands before it is a warning, in one line.
func parseVersion(path, text string) (product, number, warning string, err error) {
	text = strings.TrimSpace(report.Clean(text))
	at := versionLine.FindStringSubmatchIndex(text)
	if at == nil {
		first, _, _ := strings.Cut(text, "\n")
		return "", "", "", fmt.Errorf("%s is neither Terraform nor OpenTofu: asked for its version it says %.60q", path, first)
	}
	product, number = text[at[2]:at[3]], text[at[4]:at[5]]
	v, err := version.NewSemver(number)
	switch {
	case err != nil:
		return "", "", "", fmt.Errorf("%s says that it is %s %.60q: %w", path, product, number, err)
	case v.Core().LessThan(version.Must(version.NewSemver(oldest))):
		return "", "", "", fmt.Errorf("%s is %s %s: 1.11 or newer is needed", path, product, number)
	}
	return product, number, strings.TrimPrefix(oneLine(text[:at[0]]), "Warning: "), nil
}

// oneLine returns a diagnostic without its frame and line breaks.
func oneLine(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("╷│╵", r) }), " ")
}
