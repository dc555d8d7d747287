package deploy

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/hashicorp/terraform-exec/tfexec"
)

// stampFile is the file in the data folder that says what was initialized.
const stampFile = "tfgen.init"

// initialized runs f in a root that is initialized. It saves the init where
// nothing changed since the last one, and where Terraform does not agree with
// that, it does both once more.
func (t *Terraform) initialized(ctx context.Context, root Root, f func() error) error {
	fresh := t.isFresh(root)
	if !fresh {
		if err := t.init(ctx, root); err != nil {
			return err
		}
	}
	err := f()
	var failure *Failure
	if !fresh || !errors.As(err, &failure) || !failure.wantsInit() {
		return err
	}
	if err := t.init(ctx, root); err != nil {
		return err
	}
	return f()
}

// init prepares a root: modules, providers, backend. The options say what
// becomes of a state that is elsewhere; without one, that is an error.
func (t *Terraform) init(ctx context.Context, root Root, options ...tfexec.InitOption) error {
	// Terraform does not say that it could not make its folder.
	if _, err := os.Stat(root.Dir); err == nil {
		if err := os.MkdirAll(t.dataDir(root), 0o755); err != nil {
			return fmt.Errorf("initialize %s: %w", root.Name, err)
		}
	}
	if t.config.PluginDir != "" {
		options = append(options, tfexec.PluginDir(t.config.PluginDir))
	}
	err := t.run(ctx, &run{root: root, verb: "initialize", versioned: true, do: func(ctx context.Context, tf *tfexec.Terraform) error {
		return tf.Init(ctx, options...)
	}})
	if err != nil {
		return err
	}
	// A stamp that cannot be written costs an init next time, and no more.
	if stamp, err := t.stamp(root); err == nil {
		_ = os.WriteFile(filepath.Join(t.dataDir(root), stampFile), []byte(stamp), 0o644)
	}
	return nil
}

// isFresh reports whether the last init still holds: it was ours, nothing that
// it read has changed, and what it made is still there.
func (t *Terraform) isFresh(root Root) bool {
	stamp, err := t.stamp(root)
	if err != nil {
		return false
	}
	last, err := os.ReadFile(filepath.Join(t.dataDir(root), stampFile))
	return err == nil && string(last) == stamp && t.isComplete(root)
}

// stamp identifies everything that an init reads.
func (t *Terraform) stamp(root Root) (string, error) {
	dir, err := filepath.Abs(root.Dir)
	if err != nil {
		return "", err
	}
	settings, err := configuration(root.Dir)
	if err != nil {
		return "", err
	}
	lock, err := os.ReadFile(lockFile(root))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return "", err
	}
	return digest(dir, settings, string(lock), t.config.PluginDir, t.Product, t.Version) + "\n", nil
}

// isComplete reports whether the data folder holds what the code asks for: the
// list of modules, the record of the backend, and each locked provider.
func (t *Terraform) isComplete(root Root) bool {
	settings, err := configuration(root.Dir)
	if err != nil {
		return false
	}
	data := t.dataDir(root)
	if len(localSources(settings)) > 0 && !exists(filepath.Join(data, "modules", "modules.json")) {
		return false
	}
	if hasBackend(settings) != hasRecord(data) {
		return false
	}
	for _, provider := range lockedProviders(root) {
		if !exists(filepath.Join(data, "providers", provider, runtime.GOOS+"_"+runtime.GOARCH)) {
			return false
		}
	}
	return true
}

// hasBackend reports whether the state is kept elsewhere than beside the code.
func hasBackend(settings string) bool {
	return strings.Contains(settings, `backend "`) || strings.Contains(settings, "cloud {")
}

func lockFile(root Root) string { return filepath.Join(root.Dir, ".terraform.lock.hcl") }

// lockedProviders lists the providers of the lock file as paths below the
// data folder: registry.terraform.io/hashicorp/aws/5.100.0. Terraform writes
// that file, so its form is known.
func lockedProviders(root Root) []string {
	src, err := os.ReadFile(lockFile(root))
	if err != nil {
		return nil
	}
	var found []string
	var address string
	for line := range strings.Lines(string(src)) {
		fields := strings.Fields(line)
		if len(fields) == 3 && fields[0] == "provider" {
			address = strings.Trim(fields[1], `"`)
		}
		if len(fields) == 3 && fields[0] == "version" {
			found = append(found, filepath.Join(filepath.FromSlash(address), strings.Trim(fields[2], `"`)))
		}
	}
	return found
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
