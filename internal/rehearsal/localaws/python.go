package localaws

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// motoVersion is the one that the fixes were written for and run against.
const motoVersion = "5.2.1"

// probe prints where the interpreter stands, if it can run the server. The
// fixes reach into moto, so that its version is part of the question.
const probe = `import importlib.metadata as m, importlib.util as u, sys
sys.exit(not (m.version("moto").startswith("5.2.") and u.find_spec("flask") and not print(sys.executable)))`

// findPython returns an interpreter that has moto, making an environment for
// one where there is none. TFGEN_PYTHON is the last word when it is set.
func findPython(ctx context.Context, options Options) (string, error) {
	if chosen := os.Getenv("TFGEN_PYTHON"); chosen != "" {
		python, err := canServe(ctx, chosen)
		if err != nil && ctx.Err() == nil {
			err = fmt.Errorf("TFGEN_PYTHON=%s cannot run moto 5.2: %w", chosen, err)
		}
		return python, err
	}
	cached, err := cachedEnvironment()
	if err != nil {
		return "", err
	}
	for _, candidate := range []string{inside(filepath.Join(options.Dir, ".venv")), inside(cached), "python3", "python"} {
		if python, err := canServe(ctx, candidate); err == nil {
			return python, nil
		}
	}
	if ctx.Err() != nil {
		return "", context.Cause(ctx)
	}
	return makeEnvironment(ctx, cached, options.Progress)
}

func canServe(ctx context.Context, python string) (string, error) {
	out, err := exec.CommandContext(ctx, python, "-c", probe).Output()
	if ctx.Err() != nil { // It did not answer because nobody waited for it.
		err = context.Cause(ctx)
	}
	return strings.TrimSpace(string(out)), err
}

func cachedEnvironment() (string, error) {
	cache, err := os.UserCacheDir()
	return filepath.Join(cache, "tfgen", "moto-"+motoVersion), err
}

// inside names the interpreter of a virtual environment.
func inside(environment string) string {
	if runtime.GOOS == "windows" {
		return filepath.Join(environment, "Scripts", "python.exe")
	}
	return filepath.Join(environment, "bin", "python")
}

// makeEnvironment makes a virtual environment with moto and the aws command.
func makeEnvironment(ctx context.Context, dir string, progress io.Writer) (string, error) {
	base, err := exec.LookPath("python3")
	if err != nil {
		return "", errors.New("it needs Python 3.10 or newer with moto " + motoVersion + ", and there is no python3 on the PATH")
	}
	if progress != nil {
		fmt.Fprintf(progress, "Installing moto %s for the local AWS in %s, once.\n", motoVersion, dir)
	}
	steps := [][]string{
		{base, "-m", "venv", dir},
		append([]string{inside(dir), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"}, packages()...),
	}
	for _, step := range steps {
		if err := install(ctx, dir, step); err != nil {
			err = errors.Join(err, os.RemoveAll(dir)) // Half an environment is none.
			if ctx.Err() != nil {
				return "", context.Cause(ctx)
			}
			return "", fmt.Errorf("no Python here has moto, and it cannot be installed: %w"+
				"Install it with: pip install '%s', or name such a Python in TFGEN_PYTHON", err, strings.Join(packages(), "' '"))
		}
	}
	return canServe(ctx, inside(dir))
}

// packages are what a rehearsal needs of a Python.
func packages() []string { return []string{"moto[server]==" + motoVersion, "boto3", "awscli"} }

// install runs a step that fills an environment. Its temporary files stand in
// the environment, with which they go: an installer that is interrupted leaves
// its own behind.
func install(ctx context.Context, dir string, step []string) error {
	temporary := filepath.Join(dir, "tmp")
	if err := os.MkdirAll(temporary, 0o700); err != nil {
		return err
	}
	defer os.RemoveAll(temporary)
	cmd := exec.CommandContext(ctx, step[0], step[1:]...)
	cmd.Env = append(os.Environ(), "TMPDIR="+temporary)
	inGroup(cmd)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", strings.Join(step, " "), err, out)
	}
	return nil
}
