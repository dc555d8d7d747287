package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"

	"github.com/spf13/cobra"

	"tfgen/internal/deploy"
)

// An app is what a command has of the world: streams, folder, environment and
// signals. A test makes its own.
type app struct {
	in      *os.File
	out     *stream
	err     *stream
	dir     string   // where the caller stands
	environ []string // as os.Environ has it
	signals <-chan os.Signal

	denied  bool // that something could not be looked up has been said
	flags   globalFlags
	running running
}

// execute runs the command that args name and returns the exit code.
func (a *app) execute(ctx context.Context, args []string) int {
	root := a.command()
	root.SetArgs(longFlags(args))
	root.SetOut(a.proposals(args))
	err := deploy.Interruptible(ctx, a.signals, a.say, root.ExecuteContext)
	if lost := a.out.failed(); lost != nil {
		err = errors.Join(err, lost)
	}
	return a.end(err)
}

// end says what went wrong, and returns the exit code for it.
func (a *app) end(err error) int {
	if w, ok := errors.AsType[waitEnded](err); ok {
		return int(w)
	}
	if stop, ok := errors.AsType[*deploy.Interrupted](err); ok {
		a.interrupted(stop)
		return signalCode(stop.Signal)
	}
	code := 0
	for _, e := range parts(err) {
		if said, ok := errors.AsType[exitCode](e); ok {
			code = max(code, int(said))
			continue
		}
		a.fail(e)
		code = 1
	}
	return code
}

// parts takes apart what errors.Join put together.
func parts(err error) (all []error) {
	joined, ok := err.(interface{ Unwrap() []error })
	switch {
	case err == nil:
		return nil
	case !ok:
		return []error{err}
	}
	for _, e := range joined.Unwrap() {
		all = append(all, parts(e)...)
	}
	return all
}

// An exitCode is an end that needs no more words: all has been said.
type exitCode int

func (c exitCode) Error() string { return fmt.Sprintf("exit code %d", int(c)) }

// signalCode is what a shell expects of a command that a signal ended.
func signalCode(s os.Signal) int {
	if number, ok := s.(syscall.Signal); ok {
		return 128 + int(number)
	}
	return 1
}

// The groups that commands are listed in.
const (
	groupWrite     = "write"
	groupTerraform = "terraform"
	groupTry       = "try"
	groupHelp      = "help"
)

func (a *app) command() *cobra.Command {
	root := &cobra.Command{
		Use:           "tfgen",
		Short:         "Terraform for a container delivery pipeline on AWS, from one short spec",
		Version:       version(),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          noSuchCommand,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetIn(a.in)
	root.SetErr(a.err)
	root.SetVersionTemplate("tfgen {{.Version}}\n")
	root.SetHelpFunc(a.help)
	root.SetFlagErrorFunc(flagError)
	root.CompletionOptions.DisableDefaultCmd = true
	a.globalFlags(root.PersistentFlags())
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error { return a.prepare(cmd) }
	a.addCommands(root)
	return root
}

func (a *app) addCommands(root *cobra.Command) {
	for _, group := range []struct {
		id, title string
		commands  []*cobra.Command
	}{
		{groupWrite, "Write", []*cobra.Command{a.fmtCommand(), a.validateCommand(), a.generateCommand()}},
		{groupTerraform, "Terraform", []*cobra.Command{
			a.planCommand(), a.showCommand(), a.applyCommand(), a.outputCommand(), a.destroyCommand(), a.bootstrapCommand(),
		}},
		{groupTry, "Try", []*cobra.Command{a.rehearseCommand()}},
		{groupHelp, "Help", []*cobra.Command{a.explainCommand(), a.completionCommand(), a.versionCommand()}},
	} {
		root.AddGroup(&cobra.Group{ID: group.id, Title: group.title})
		for _, sub := range group.commands {
			sub.GroupID = group.id
			root.AddCommand(sub)
		}
	}
	root.SetHelpCommand(a.helpCommand())
}
