//go:build !linux

package deploy

import "context"

// onThread runs f. Outside of Linux, Terraform is not bound to the thread that
// starts it, and gets a terminal's interrupts itself.
func onThread(_ context.Context, f func() error) error { return f() }
