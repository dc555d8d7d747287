//go:build unix

package rehearsal

import (
	"os/exec"
	"syscall"
	"time"
)

// alone gives a command a process group of its own: a Ctrl-C is not for it, and
// when it is ended, all that it started ends with it.
func alone(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = time.Second
}
