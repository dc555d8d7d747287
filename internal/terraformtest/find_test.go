package terraformtest

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFindBinary(t *testing.T) {
	chosen := func(path string) func(string) string {
		return func(string) string { return path }
	}
	if _, err := findBinary(chosen("no-such-terraform")); err == nil || !strings.Contains(err.Error(), "TFGEN_TERRAFORM") {
		t.Errorf("error %v does not name TFGEN_TERRAFORM", err)
	}
	dir := t.TempDir()
	binary := filepath.Join(dir, "my-terraform")
	if err := os.WriteFile(binary, []byte("#!/bin/sh\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	if got, err := findBinary(chosen(binary)); got != binary || err != nil {
		t.Errorf("got %q, %v, want the one that was named", got, err)
	}
	t.Setenv("PATH", dir)
	if got, err := findBinary(chosen("")); err == nil {
		if root, _ := repository(); got != filepath.Join(root, ".tools", "terraform") {
			t.Errorf("got %q, which is neither on the PATH nor installed by us", got)
		}
	}
}

// What a person names comes before what stands around; a folder without the
// provider counts for nothing.
func TestFindMirror(t *testing.T) {
	mine, inConfig, empty := t.TempDir(), t.TempDir(), t.TempDir()
	for _, dir := range []string{mine, inConfig} {
		if err := os.MkdirAll(filepath.Join(dir, provider), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	config, err := writeConfig(t.TempDir(), inConfig)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ plugins, config, want string }{
		{mine, config, mine},
		{"", config, inConfig},
		{empty, config, inConfig},
	} {
		t.Setenv("TFGEN_PLUGIN_DIR", test.plugins)
		t.Setenv("TF_CLI_CONFIG_FILE", test.config)
		if got, err := findMirror("terraform"); got != test.want || err != nil {
			t.Errorf("with %+v: %q, %v", test, got, err)
		}
	}
}

// Before a provider that is packed nothing stands.
func TestThinOfAPackedProvider(t *testing.T) {
	mirror := t.TempDir()
	packed := filepath.Join(mirror, provider, "terraform-provider-aws_5.100.0_linux_amd64.zip")
	if err := errors.Join(os.MkdirAll(filepath.Dir(packed), 0o755), os.WriteFile(packed, nil, 0o644)); err != nil {
		t.Fatal(err)
	}
	p, err := Thin(mirror)
	if err != nil || p.Mirror != mirror || p.End() != nil {
		t.Errorf("%+v, %v", p, err)
	}
}
