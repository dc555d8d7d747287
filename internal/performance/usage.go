//go:build linux

package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// A usage is what a command took.
type usage struct {
	all    time.Duration // of processors, with every process that it started
	own    time.Duration // of processors, by itself
	clock  time.Duration
	memory int64 // of the largest of its processes, in bytes
}

// plus is the usage of two commands, one after the other.
func (u usage) plus(other usage) usage {
	return usage{u.all + other.all, u.own + other.own, u.clock + other.clock, max(u.memory, other.memory)}
}

// use runs a command, which must succeed, and returns what it took.
func use(cmd *exec.Cmd) (usage, error) {
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	start := time.Now()
	if err := cmd.Start(); err != nil {
		return usage{}, err
	}
	own, err := ownTime(cmd.Process.Pid)
	u := usage{own: own, clock: time.Since(start)}
	if waitErr := cmd.Wait(); waitErr != nil {
		return usage{}, fmt.Errorf("%s: %w\n%s", strings.Join(cmd.Args, " "), waitErr, said.Bytes())
	}
	u.all = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	u.memory = cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss << 10
	return u, err
}

// tick is the unit of times in /proc: USER_HZ, which is the same everywhere.
const tick = time.Second / 100

// ownTime waits until a process has ended, and leaves it to be waited for. It
// returns what the process used by itself: fields 14 and 15 of proc_pid_stat(5),
// of which the second is a name in parentheses.
func ownTime(pid int) (time.Duration, error) {
	for {
		err := unix.Waitid(unix.P_PID, pid, nil, unix.WEXITED|unix.WNOWAIT, nil)
		if err == nil {
			break
		}
		if err != unix.EINTR {
			return 0, err
		}
	}
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, err
	}
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	user, userErr := strconv.Atoi(fields[11])
	system, systemErr := strconv.Atoi(fields[12])
	if userErr != nil || systemErr != nil {
		return 0, fmt.Errorf("/proc/%d/stat says %q", pid, stat)
	}
	return time.Duration(user+system) * tick, nil
}
