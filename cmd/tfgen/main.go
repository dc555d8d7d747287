// Tfgen turns a short spec into Terraform for a container delivery pipeline on
// AWS, and drives plan and apply.
//
// This package is the command line: a file a command, each of them options, the
// flags that set them, and a run function. Only main prints errors and exits.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
)

func main() { os.Exit(run()) }

// run is main with an exit code instead of an exit.
func run() int {
	// A command lives for a moment, or waits for Terraform: collecting garbage
	// early would be a third of the time that generate takes.
	debug.SetGCPercent(800)
	// A reader that went away, such as head, ends the output and not an apply.
	signal.Ignore(syscall.SIGPIPE)
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	dir, err := os.Getwd()
	if err != nil {
		dir = "."
	}
	a := &app{
		in:      os.Stdin,
		out:     os.Stdout,
		err:     os.Stderr,
		dir:     dir,
		environ: os.Environ(),
		signals: signals,
	}
	return a.execute(context.Background(), os.Args[1:])
}
