package deploy

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
)

// onThread runs f, which starts Terraform and waits for it, on an operating
// system thread that lives until f returns.
//
// Terraform-exec asks Linux to kill Terraform when the thread that started it
// ends, so that it does not outlive tfgen. Go ends threads when it likes, and
// a Terraform killed that way writes no state and leaves its lock.
//
// When the context's person asks a second time to stop, Terraform gets a
// second interrupt, which it obeys at once and in its own way.
func onThread(ctx context.Context, f func() error) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	thread, done := syscall.Gettid(), make(chan struct{})
	defer close(done)
	go func() {
		select {
		case <-insisted(ctx):
			interruptChildren(thread)
		case <-done:
		}
	}()
	return f()
}

// interruptChildren interrupts the processes that a thread has started. Where
// Linux does not tell which those are, Terraform ends with tfgen.
func interruptChildren(thread int) {
	list, err := os.ReadFile(fmt.Sprintf("/proc/self/task/%d/children", thread))
	if err != nil {
		return
	}
	for field := range strings.FieldsSeq(string(list)) {
		if pid, err := strconv.Atoi(field); err == nil {
			_ = syscall.Kill(pid, syscall.SIGINT) // it may have ended by itself
		}
	}
}
