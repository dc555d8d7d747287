//go:build unix

package rehearsal

import (
	"os/exec"
	"runtime"
	"syscall"
)

// runAlone runs a command in a session of its own: a Ctrl-C is not for it, and
// it finds no terminal to ask on. All that it started ends when it ends or is
// ended. The mark is a variable of its environment that no other process has.
func runAlone(cmd *exec.Cmd, mark string) error {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	runtime.LockOSThread() // The thread that starts a process is its parent.
	defer runtime.UnlockOSThread()
	dieWith(cmd.SysProcAttr)
	if err := cmd.Start(); err != nil {
		return err
	}
	err := cmd.Wait()
	_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) // Mostly there is nobody left.
	endMarked(mark)
	return err
}
