//go:build !linux

package main

import "syscall"

// dieTogether does nothing here: a provider outlives this process if that is
// killed.
func dieTogether() *syscall.SysProcAttr { return nil }
