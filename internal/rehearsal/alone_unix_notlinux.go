//go:build unix && !linux

package rehearsal

import "syscall"

func dieWith(*syscall.SysProcAttr) {}

func endMarked(string) {}
