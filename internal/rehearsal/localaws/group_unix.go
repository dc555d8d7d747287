//go:build unix

package localaws

import (
	"os/exec"
	"syscall"
	"time"
)

// inGroup gives a command a session of its own, without a terminal to ask on,
// all of which is interrupted when the command is to end.
func inGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGINT) }
	cmd.WaitDelay = 5 * time.Second
}
