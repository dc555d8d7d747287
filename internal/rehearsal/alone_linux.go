package rehearsal

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
)

// dieWith ends a process with the thread that starts it, also where that is
// killed and can end nothing itself.
func dieWith(attributes *syscall.SysProcAttr) { attributes.Pdeathsig = syscall.SIGKILL }

// endMarked ends the processes that left the group of a build, as what has a
// session of its own does: they have the mark in their environment still. It
// looks again as long as it finds some, which may have begun others.
func endMarked(mark string) {
	const most = 100
	for range most {
		ended := false
		names, _ := filepath.Glob("/proc/[0-9]*")
		for _, name := range names {
			pid, _ := strconv.Atoi(filepath.Base(name))
			ended = endIfMarked(pid, mark) || ended
		}
		if !ended {
			return
		}
	}
}

// endIfMarked takes hold of the process before it looks: if the number goes to
// another one in between, nobody is ended.
func endIfMarked(pid int, mark string) bool {
	process, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	defer func() { _ = process.Release() }()
	environ, _ := os.ReadFile(fmt.Sprintf("/proc/%d/environ", pid))
	if !bytes.Contains(append([]byte{0}, environ...), []byte("\x00"+mark+"\x00")) {
		return false
	}
	return process.Kill() == nil
}
