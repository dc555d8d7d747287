//go:build !unix

package rehearsal

import "os/exec"

// runAlone just runs a command where there are no process groups.
func runAlone(cmd *exec.Cmd, _ string) error { return cmd.Run() }
