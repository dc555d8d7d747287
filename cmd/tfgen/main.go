// Tfgen turns a short spec into Terraform for a container delivery pipeline on
// AWS, and drives plan and apply.
//
// This package is the command line: a file a command, each of them options, the
// flags that set them, and a run function. It promises that results are all
// that stdout ever holds, and that only main prints errors and exits.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"syscall"

	"tfgen/internal/rehearsal"
)

func main() {
	if filepath.Base(os.Args[0]) == rehearsal.DockerName {
		os.Exit(playDocker())
	}
	os.Exit(run())
}

// playDocker is tfgen under the name of docker, which a rehearsal gives it.
func playDocker() int {
	dir, err := os.Getwd()
	if err != nil {
		dir = "."
	}
	streams := rehearsal.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Dir: dir, Getenv: os.Getenv}
	return rehearsal.Docker(context.Background(), os.Args[1:], streams)
}

// run is main with an exit code instead of an exit.
func run() int {
	collectLate()
	// A reader that went away, such as head, ends the output and not an apply.
	// To ignore the signal would hand that down to Terraform and its children.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	dir, err := os.Getwd()
	if err != nil {
		fmt.Fprintln(os.Stderr, "Error: the current folder is gone:", err)
		return 1
	}
	a := &app{
		in:      os.Stdin,
		out:     &stream{file: os.Stdout},
		err:     &stream{file: os.Stderr},
		dir:     dir,
		environ: os.Environ(),
		signals: endings(),
	}
	return a.execute(context.Background(), os.Args[1:])
}

// collectLate lets garbage lie until it is 32 MB: a command lives for a moment,
// or waits for Terraform, and to collect it would be a third of the time that
// generate takes. What gets as far as a first collection works on a large spec,
// where memory counts.
func collectLate() {
	debug.SetGCPercent(800)
	runtime.AddCleanup(new([64]byte), func(percent int) { debug.SetGCPercent(percent) }, 65)
}

// endings receives the signals that ask for an end, but none that whoever
// started tfgen wants ignored, as nohup does.
func endings() <-chan os.Signal {
	signals := make(chan os.Signal, 8)
	for _, s := range []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP} {
		if !signal.Ignored(s) {
			signal.Notify(signals, s)
		}
	}
	return signals
}
