package terraformtest

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// findBinary looks where a person says, on the PATH, and where scripts/setup.sh
// installs what is missing.
func findBinary(getenv func(string) string) (string, error) {
	if chosen := getenv("TFGEN_TERRAFORM"); chosen != "" {
		path, err := exec.LookPath(chosen)
		if err != nil {
			return "", fmt.Errorf("TFGEN_TERRAFORM: %w", err)
		}
		return filepath.Abs(path)
	}
	if path, err := exec.LookPath("terraform"); err == nil {
		return filepath.Abs(path)
	}
	if root, err := repository(); err == nil {
		if path, err := exec.LookPath(filepath.Join(root, ".tools", "terraform")); err == nil {
			return path, nil
		}
	}
	return "", errors.New("this test needs Terraform 1.11 or newer on the PATH or in TFGEN_TERRAFORM; scripts/setup.sh installs it")
}

// repository is the folder of the module that the test belongs to.
func repository() (string, error) {
	dir, err := os.Getwd()
	for err == nil {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", errors.New("no go.mod in this folder or above it")
		}
		dir = parent
	}
	return "", err
}
