package terraformtest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"

	"github.com/gofrs/flock"
)

// provider is the folder that a mirror of the AWS provider has inside it.
const provider = "registry.terraform.io/hashicorp/aws"

// required is the provider that an own mirror gets: the oldest one that the
// generated modules allow.
const required = `terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}
`

// findMirror returns a folder that has the AWS provider in the layout of a
// filesystem mirror. When there is none on the machine it downloads one into
// the user's cache folder: Terraform's own plugin cache may not be used by
// two at once, and tests run at once.
func findMirror(binary string) (string, error) {
	for _, dir := range append(named(), usual()...) {
		if isDir(filepath.Join(dir, provider)) {
			return dir, nil
		}
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	return download(binary, filepath.Join(cache, "tfgen", "providers"))
}

// named are the mirrors that a person named, for us or for Terraform.
func named() []string {
	dirs := []string{os.Getenv("TFGEN_PLUGIN_DIR")}
	config, err := os.ReadFile(os.Getenv("TF_CLI_CONFIG_FILE"))
	if err != nil {
		return dirs
	}
	path := regexp.MustCompile(`path\s*=\s*"([^"]+)"`)
	for _, match := range path.FindAllStringSubmatch(string(config), -1) {
		dirs = append(dirs, match[1])
	}
	return dirs
}

// usual are the folders that Terraform looks at by itself
// (https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories),
// and mirrors up to two folders below where machines keep what is shared.
func usual() []string {
	home, _ := os.UserHomeDir()
	dirs := []string{
		filepath.Join(home, ".terraform.d", "plugins"),
		filepath.Join(home, ".local", "share", "terraform", "plugins"),
		"/usr/local/share/terraform/plugins",
		"/usr/share/terraform/plugins",
	}
	for _, root := range []string{"/opt", "/usr/local/share", "/usr/share", "/usr/local/lib", "/srv", filepath.Join(home, ".terraform.d")} {
		for _, depth := range []string{".", "*", "*/*"} {
			found, _ := filepath.Glob(filepath.Join(root, depth, provider))
			for _, dir := range found {
				dirs = append(dirs, filepath.Join(dir, "..", "..", ".."))
			}
		}
	}
	return dirs
}

// download lets Terraform install the provider into dir. What init leaves
// behind has the layout of a mirror, and unpacked: later inits link to it.
func download(binary, dir string) (string, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	lock := flock.New(filepath.Join(dir, "lock"))
	if err := lock.Lock(); err != nil {
		return "", err
	}
	defer func() { _ = lock.Unlock() }() // The end of the process unlocks it too.
	mirror := filepath.Join(dir, ".terraform", "providers")
	if isDir(filepath.Join(mirror, provider, "5.100.0", runtime.GOOS+"_"+runtime.GOARCH)) {
		return mirror, nil
	}
	if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(required), 0o644); err != nil {
		return "", err
	}
	init := exec.Command(binary, "init", "-input=false", "-no-color")
	init.Dir = dir
	if out, err := init.CombinedOutput(); err != nil {
		return "", fmt.Errorf("no mirror of the AWS provider on this machine (TFGEN_PLUGIN_DIR names one), and no download: %w\n%s", err, out)
	}
	return mirror, nil
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// writeConfig writes a configuration of Terraform's command line that takes
// the AWS provider from the mirror, and says where it stands.
func writeConfig(dir, mirror string) (string, error) {
	mirror, err := filepath.Abs(mirror)
	if err != nil {
		return "", err
	}
	text := fmt.Sprintf(`provider_installation {
  filesystem_mirror {
    path    = %q
    include = ["registry.terraform.io/hashicorp/aws"]
  }
  direct {
    exclude = ["registry.terraform.io/hashicorp/aws"]
  }
}
`, filepath.ToSlash(mirror))
	file := filepath.Join(dir, "terraform.rc")
	return file, os.WriteFile(file, []byte(text), 0o644)
}
