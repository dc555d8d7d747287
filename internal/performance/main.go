//go:build linux

// Command performance measures tfgen: what it costs to generate code, and what
// it adds to the Terraform that it drives. It prints the tables that
// docs/performance.md holds.
//
// Terraform alone and tfgen do the same work on the same code, in turns, each
// in a folder and with a local AWS of its own. The commands are compared by
// processor seconds, with all processes that they start: the time on the clock
// is mostly the provider's own waits. It needs Linux, which tells what a
// process used without those that it started.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	tfgen := flag.String("tfgen", "", "the `BINARY` that is measured")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, *tfgen); err != nil {
		fmt.Fprintln(os.Stderr, "performance:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, tfgen string) error {
	dir, err := os.MkdirTemp("", "tfgen-performance-")
	if err != nil {
		return err
	}
	err = measure(ctx, tfgen, dir)
	return errors.Join(err, os.RemoveAll(dir))
}

func measure(ctx context.Context, tfgen, dir string) error {
	busy := load()
	generating, err := generate(ctx, tfgen, dir)
	if err != nil {
		return err
	}
	sides, err := newPair(ctx, tfgen, dir)
	if err != nil {
		return err
	}
	rows, err := sides.compare(ctx)
	if err := errors.Join(err, sides.stop()); err != nil {
		return err
	}
	printMachine(busy)
	printGenerating(generating)
	printRows(rows)
	return nil
}
