//go:build unix

package files

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"syscall"
	"testing"
	"time"
)

// The test binary plays the other process: with a role in its environment it
// does that in the folder that it is given, and no tests.
const roleVariable = "TFGEN_TEST_ROLE"

func TestMain(m *testing.M) {
	var err error
	switch role := os.Getenv(roleVariable); role {
	case "":
		os.Exit(m.Run())
	case "alternate":
		err = alternate(os.Getenv("DIR"))
	case "hold":
		err = hold(os.Getenv("DIR"))
	case "limited":
		err = limited(os.Getenv("DIR"))
	case "unprivileged":
		err = unprivileged(os.Getenv("DIR"))
	default:
		err = fmt.Errorf("no role %q", role)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func play(t *testing.T, role, dir string, env ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	must(t, err)
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Env = append(os.Environ(), roleVariable+"="+role, "DIR="+dir)
	cmd.Env = append(cmd.Env, env...)
	return cmd
}

// started starts a role and waits for its first line.
func started(t *testing.T, role, dir string, env ...string) *exec.Cmd {
	t.Helper()
	cmd := play(t, role, dir, env...)
	out, err := cmd.StdoutPipe()
	must(t, err)
	cmd.Stderr = os.Stderr
	must(t, cmd.Start())
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		t.Fatalf("%s said nothing: %v", role, err)
	}
	return cmd
}

func write(dir string, set Set, opts Options) error {
	c, err := Diff(dir, set, opts)
	if err != nil {
		return err
	}
	return c.Write(context.Background())
}

// alternate writes one set and the other until it is killed.
func alternate(dir string) error {
	fmt.Println("begun")
	for {
		for _, words := range []string{setA, setB} {
			if err := write(dir, parseSet(words), options()); err != nil {
				return err
			}
		}
	}
}

// hold keeps the lock until it is killed.
func hold(dir string) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	if _, err := acquire(context.Background(), newTree(root), dir, options()); err != nil {
		return err
	}
	fmt.Println("held")
	time.Sleep(time.Hour)
	return nil
}

// limited writes the set WORDS where no file may have more than LIMIT bytes, which is
// to a program what a full disk is.
func limited(dir string) error {
	limit, err := strconv.ParseUint(os.Getenv("LIMIT"), 10, 64)
	if err != nil {
		return err
	}
	signal.Ignore(syscall.SIGXFSZ)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: limit, Max: limit}); err != nil {
		return err
	}
	return write(dir, parseSet(os.Getenv("WORDS")), options())
}

// unprivileged writes set B as somebody to whom permissions apply.
func unprivileged(dir string) error {
	if os.Getuid() == 0 {
		if err := syscall.Setuid(nobody); err != nil {
			return err
		}
	}
	return write(dir, parseSet(setB), options())
}
