package main

import "syscall"

// dieTogether ends the provider with the thread that starts it, also where
// Terraform or a test kills this process.
func dieTogether() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}
