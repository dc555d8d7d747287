// Command cmd runs a local AWS. With arguments it runs them as a command in
// the server's environment and ends with it; without, it prints the
// environment as lines for a shell and runs until it is interrupted:
//
//	go run ./internal/rehearsal/localaws/cmd terraform apply
//	go run ./internal/rehearsal/localaws/cmd > aws.env & . ./aws.env
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"tfgen/internal/rehearsal/localaws"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		os.Exit(exit.ExitCode())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, command []string, stdout, stderr io.Writer) error {
	server, err := localaws.Start(ctx, localaws.Options{Dir: ".", Progress: stderr})
	if err != nil {
		return err
	}
	if len(command) == 0 {
		for _, variable := range server.Env() {
			fmt.Fprintf(stdout, "export %s\n", variable)
		}
		<-ctx.Done()
		return server.Stop()
	}
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Env = server.Environ(os.Environ(), localaws.DefaultAccount)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, stdout, stderr
	return errors.Join(cmd.Run(), server.Stop())
}
