package deploy_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"tfgen/internal/deploy"
)

// binaries are Terraforms that misbehave, and two that do not.
const binaries = `
-- old --
#!/bin/sh
echo "Terraform v1.10.5"
-- rubbish --
#!/bin/sh
printf '\033[31mhello\033[0m\nworld\n'
-- silent --
#!/bin/sh
-- fails --
#!/bin/sh
exit 7
-- hangs --
#!/bin/sh
sleep 1000
-- endless --
#!/bin/sh
exec yes rubbish
-- wide --
#!/bin/sh
printf 'é%.0s' $(seq 100)
-- killed --
#!/bin/sh
kill -9 $$
-- foreign --
#!/nowhere/sh
-- tofu --
#!/bin/sh
echo "OpenTofu v1.11.2"
echo "on linux_amd64"
-- warns --
#!/bin/sh
printf '╷\n│ Warning: Unable to open CLI configuration file\n│ \n│ It does not exist.\n╵\n\n'
echo "OpenTofu v1.12.6"
echo "on linux_amd64"
-- beta --
#!/bin/sh
echo "Terraform v1.15.0-beta1"
-- no-binary --
this is text
-- wrapped/terraform --
#!/usr/bin/env node
require('nothing')
-- wrapped/terraform-bin --
#!/bin/sh
echo "Terraform v1.12.1"
-- plain/terraform --
#!/bin/sh
echo "Terraform v1.13.0"
`

func TestFind(t *testing.T) {
	dir := t.TempDir()
	unpack(t, dir, binaries)
	if err := os.Chmod(filepath.Join(dir, "no-binary"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := unix.Mkfifo(filepath.Join(dir, "pipe"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ name, want string }{
		{"old", "is Terraform 1.10.5: 1.11 or newer is needed"},
		{"rubbish", `is neither Terraform nor OpenTofu: asked for its version it says "hello"`},
		{"silent", `is neither Terraform nor OpenTofu: asked for its version it says ""`},
		{"fails", "does not run: exit status 7"},
		{"hangs", "does not answer"},
		{"endless", `is neither Terraform nor OpenTofu: asked for its version it says "rubbish"`},
		{"wide", `it says "` + strings.Repeat("é", 60) + `"`},
		{"killed", "does not run: signal: killed"},
		{"foreign", "does not run: fork/exec"},
		{"pipe", "does not run: fork/exec"},
		{".", "there is no Terraform at"},
		{"no-binary", "is not executable"},
		{"missing", "there is no Terraform at"},
		{"tofu", "OpenTofu 1.11.2 tofu"},
		{"warns", "OpenTofu 1.12.6 warns Unable to open CLI configuration file It does not exist."},
		{"beta", "Terraform 1.15.0-beta1 beta"},
		{"wrapped/terraform", "Terraform 1.12.1 terraform-bin"},
		{"plain/terraform", "Terraform 1.13.0 terraform"},
	} {
		ctx, cancel := t.Context(), func() {}
		if test.name == "hangs" {
			ctx, cancel = context.WithTimeout(ctx, 50*time.Millisecond)
		}
		got := found(ctx, filepath.Join(dir, test.name))
		cancel()
		if !strings.Contains(got, test.want) || strings.ContainsAny(got, "\n\x1b") {
			t.Errorf("%s: %q, want %q in one line", test.name, got, test.want)
		}
	}
}

func found(ctx context.Context, path string) string {
	tf, err := deploy.Find(ctx, deploy.Config{Terraform: path, Env: environ()})
	if err != nil {
		return err.Error()
	}
	return strings.TrimSpace(tf.Product + " " + tf.Version + " " + filepath.Base(tf.Path) + " " + strings.Join(tf.Warnings, " "))
}

// TestFindOnPath looks a name up, and sees through a wrapper whose binary
// setup-terraform names.
func TestFindOnPath(t *testing.T) {
	dir := t.TempDir()
	unpack(t, dir, binaries)
	t.Setenv("PATH", t.TempDir())
	if got, want := found(t.Context(), "terraform"), "terraform is not on PATH"; !strings.HasPrefix(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	t.Setenv("PATH", filepath.Join(dir, "plain")+":/bin")
	tf, err := deploy.Find(t.Context(), deploy.Config{Env: environ("TERRAFORM_CLI_PATH=" + filepath.Join(dir, "wrapped"))})
	if err != nil || tf.Version != "1.12.1" {
		t.Errorf("%+v, %v", tf, err)
	}
}

// TestFindWarnings holds what else is checked before any work.
func TestFindWarnings(t *testing.T) {
	dir := t.TempDir()
	absent := filepath.Join(dir, "absent")
	tf := find(t, "TF_CLI_CONFIG_FILE="+absent)
	if len(tf.Warnings) != 1 || !strings.Contains(tf.Warnings[0], absent) {
		t.Errorf("warnings: %q", tf.Warnings)
	}
	tf = findWith(t, deploy.Config{Env: environ("TF_CLI_CONFIG_FILE=" + absent), PluginDir: dir})
	if len(tf.Warnings) != 0 {
		t.Errorf("with a plugin folder: %q", tf.Warnings)
	}
	if _, err := deploy.Find(t.Context(), deploy.Config{Env: environ(), PluginDir: absent}); err == nil || !strings.Contains(err.Error(), absent) {
		t.Errorf("absent plugin folder: %v", err)
	}
}

func TestCommand(t *testing.T) {
	dir := t.TempDir()
	unpack(t, dir, binaries)
	tofu := findWith(t, deploy.Config{Terraform: filepath.Join(dir, "tofu"), Env: environ()})
	if got := tofu.Command(deploy.Root{Dir: "infra"}, "init"); got != "tofu -chdir=infra init" {
		t.Error(got)
	}
	shared := find(t, "TF_DATA_DIR=/var/my data")
	if got := shared.Command(deploy.Root{Name: "delivery", Dir: "/x"}, "init"); got != "TF_DATA_DIR='/var/my data/delivery-c0d3cae6' terraform -chdir=/x init" {
		t.Error(got)
	}
	tf := find(t)
	for dir, want := range map[string]string{
		"infra/delivery": "terraform -chdir=infra/delivery init",
		"my infra/it's":  `terraform -chdir='my infra/it'\''s' init`,
	} {
		if got := tf.Command(deploy.Root{Dir: dir}, "init"); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
