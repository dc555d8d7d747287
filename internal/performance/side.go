//go:build linux

package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"tfgen/internal/rehearsal/localaws"
)

// A side is a copy of the project with a local AWS of its own, and the two
// programs that work there.
type side struct {
	tfgen  string
	dir    string // of the project
	bin    string // holds a Terraform and a provider that note each start
	env    []string
	server *localaws.Server
}

const project = "examples/minimal"

// roots are the folders of the project's root modules.
func (s *side) roots() []string {
	return []string{filepath.Join(s.dir, "infra", "delivery"), filepath.Join(s.dir, "infra", "environments", "production")}
}

// newSide copies the project into dir, generates its code and starts an AWS.
func newSide(ctx context.Context, tfgen, dir string) (*side, error) {
	s := &side{tfgen: tfgen, dir: filepath.Join(dir, "project"), bin: filepath.Join(dir, "bin")}
	if err := os.CopyFS(s.dir, os.DirFS(project)); err != nil {
		return nil, err
	}
	if err := s.note(); err != nil {
		return nil, err
	}
	var err error
	if s.server, err = localaws.Start(ctx, localaws.Options{Progress: os.Stderr}); err != nil {
		return nil, err
	}
	s.env = append(s.server.Environ(os.Environ(), localaws.DefaultAccount), "CHECKPOINT_DISABLE=1",
		"TFGEN_TERRAFORM="+filepath.Join(s.bin, "terraform"), "TFGEN_PLUGIN_DIR="+s.bin)
	return s, nil
}

// provider is where the provider lies in a folder to install from.
const provider = "registry.terraform.io/hashicorp/aws/5.100.0"

// note writes the programs that note that they are started, and are then the
// real ones. To Terraform the provider's package is as large as ever.
func (s *side) note() error {
	terraform, err := exec.LookPath(cmp.Or(os.Getenv("TFGEN_TERRAFORM"), "terraform"))
	if err != nil {
		return err
	}
	platform := filepath.Join(provider, runtime.GOOS+"_"+runtime.GOARCH)
	found, _ := filepath.Glob(filepath.Join(os.Getenv("TFGEN_PLUGIN_DIR"), platform, "terraform-provider-aws_*"))
	if len(found) != 1 {
		return errors.New("the AWS provider 5.100.0 is not there: name a folder in TFGEN_PLUGIN_DIR, as terraform providers mirror fills it, unpacked")
	}
	pkg := filepath.Join(s.bin, platform)
	if err := os.MkdirAll(pkg, 0o755); err != nil {
		return err
	}
	return errors.Join(
		os.Symlink(found[0], filepath.Join(pkg, "provider")),
		s.script(filepath.Join(pkg, filepath.Base(found[0])), "provider", filepath.Join(pkg, "provider")),
		s.script(filepath.Join(s.bin, "terraform"), "terraform", terraform),
	)
}

func (s *side) script(name, what, program string) error {
	return os.WriteFile(name, fmt.Appendf(nil, "#!/bin/sh\necho %s \"$1\" >>'%s'\nexec '%s' \"$@\"\n", what, s.log(), program), 0o755)
}

func (s *side) log() string { return filepath.Join(s.bin, "log") }

// starts counts the commands of Terraform and the providers that were started
// since it was last asked. That Terraform says its version counts for nothing.
func (s *side) starts() (terraform, providers int, err error) {
	text, err := os.ReadFile(s.log())
	for line := range strings.Lines(string(text)) {
		switch {
		case strings.HasPrefix(line, "provider"):
			providers++
		case strings.TrimSpace(line) != "terraform version":
			terraform++
		}
	}
	return terraform, providers, errors.Join(err, os.WriteFile(s.log(), nil, 0o644))
}

// ours runs tfgen.
func (s *side) ours(ctx context.Context, args ...string) (usage, error) {
	return use(s.command(ctx, s.dir, s.tfgen, args))
}

// raw runs commands of Terraform in the roots, side by side as tfgen does.
func (s *side) raw(ctx context.Context, commands ...[]string) (total usage, err error) {
	roots := s.roots()
	usages, errs := make([]usage, len(roots)), make([]error, len(roots))
	start := time.Now()
	var wg sync.WaitGroup
	for i, root := range roots {
		wg.Go(func() { usages[i], errs[i] = s.rawIn(ctx, root, commands) })
	}
	wg.Wait()
	for _, u := range usages {
		total = total.plus(u)
	}
	total.clock = time.Since(start)
	return total, errors.Join(errs...)
}

// rawIn runs commands of Terraform in one root.
func (s *side) rawIn(ctx context.Context, root string, commands [][]string) (total usage, err error) {
	for _, args := range commands {
		args = slices.Concat(args[:1], []string{"-input=false", "-no-color"}, args[1:])
		if args[0] == "init" {
			args = append(args, "-plugin-dir="+s.bin)
		}
		u, err := use(s.command(ctx, root, filepath.Join(s.bin, "terraform"), args))
		if err != nil {
			return usage{}, err
		}
		total = total.plus(u)
	}
	return total, nil
}

func (s *side) command(ctx context.Context, dir, program string, args []string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir, cmd.Env = dir, s.env
	return cmd
}

// edit replaces a text of the spec, and generates the code anew.
func (s *side) edit(ctx context.Context, old, replacement string) error {
	file := filepath.Join(s.dir, "tfgen.hcl")
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := os.WriteFile(file, bytes.Replace(text, []byte(old), []byte(replacement), 1), 0o644); err != nil {
		return err
	}
	_, err = s.ours(ctx, "generate")
	return err
}
