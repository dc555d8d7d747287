package terraformtest_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tfgen/internal/terraformtest"
)

// The provider must come from the mirror, whatever the environment says of
// Terraform's own settings.
func TestFind(t *testing.T) {
	t.Setenv("TF_CLI_ARGS_init", "-no-such-flag")
	tf := terraformtest.Find(t)
	dir := t.TempDir()
	config := `terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.100" }
  }
}
`
	if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(config), 0o644); err != nil {
		t.Fatal(err)
	}
	out := tf.Run(t, dir, os.Environ(), "init", "-no-color")
	if !strings.Contains(out, "Installed hashicorp/aws v5.100") {
		t.Errorf("init did not install the provider:\n%s", out)
	}
	if out, code := tf.Code(t, dir, os.Environ(), "no-such-command"); code == 0 {
		t.Errorf("a command that does not exist has exit code 0:\n%s", out)
	}
}

// A test that waits for tfgen's question must find it asked, also in CI, and one
// that looks for colours finds those of a terminal.
func TestEnviron(t *testing.T) {
	tf := terraformtest.Terraform{Env: []string{"TF_CLI_CONFIG_FILE=ours"}}
	got := tf.Environ([]string{"CI=true", "NO_COLOR=1", "CLICOLOR_FORCE=1", "TF_INPUT=0", "TF_CLI_CONFIG_FILE=theirs", "TFGEN_SPEC=theirs", "CITY=Ulm", "HOME=/root"})
	if want := []string{"CITY=Ulm", "HOME=/root", "TF_CLI_CONFIG_FILE=ours"}; !slices.Equal(got, want) {
		t.Errorf("Environ returns %q, want %q", got, want)
	}
}
