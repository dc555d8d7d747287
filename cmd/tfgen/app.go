package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"tfgen/internal/deploy"
)

// An app is what a command has of the world: streams, folder, environment and
// signals. A test makes its own.
type app struct {
	in      *os.File
	out     *os.File
	err     *os.File
	dir     string   // where the caller stands
	environ []string // as os.Environ has it
	signals <-chan os.Signal

	flags globalFlags
}

// globalFlags are the flags that every command has.
type globalFlags struct {
	chdir, file        string
	terraform, plugins string
	noColor, verbose   bool
	input              bool
}

// execute runs the command that args name and returns the exit code.
func (a *app) execute(ctx context.Context, args []string) int {
	root := a.command()
	root.SetArgs(longFlags(args))
	err := root.ExecuteContext(ctx)
	if err == nil {
		return 0
	}
	var code exitCode
	if errors.As(err, &code) {
		return int(code)
	}
	var interrupted *deploy.Interrupted
	if errors.As(err, &interrupted) {
		fmt.Fprintln(a.err, err)
		return signalCode(interrupted.Signal)
	}
	a.fail(err)
	return 1
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

// longFlags makes --flag of -flag, which is how Terraform writes its flags.
func longFlags(args []string) []string {
	out := slices.Clone(args)
	for i, arg := range out {
		if arg == "--" {
			break
		}
		if len(arg) > 2 && arg[0] == '-' && arg[1] != '-' && !strings.ContainsAny(arg[1:2], "0123456789") {
			out[i] = "-" + arg
		}
	}
	return out
}

func (a *app) command() *cobra.Command {
	root := &cobra.Command{
		Use:           "tfgen",
		Short:         "Terraform for a container delivery pipeline on AWS, from one short spec",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.err)
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SuggestionsMinimumDistance = 2
	root.SetFlagErrorFunc(flagError)
	a.globalFlags(root.PersistentFlags())
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error { return a.fromEnvironment(cmd.Flags()) }
	for _, sub := range a.commands() {
		root.AddCommand(sub)
	}
	return root
}

func (a *app) commands() []*cobra.Command {
	return []*cobra.Command{
		a.generateCommand(), a.validateCommand(), a.fmtCommand(), a.explainCommand(),
		a.planCommand(), a.applyCommand(), a.destroyCommand(), a.outputCommand(),
		a.versionCommand(),
	}
}

func (a *app) globalFlags(flags *pflag.FlagSet) {
	flags.StringVar(&a.flags.chdir, "chdir", "", "folder to run in, before the command does anything else")
	flags.StringVar(&a.flags.file, "file", "", "the spec; default tfgen.hcl here or above, up to the repository's root")
	flags.StringVar(&a.flags.terraform, "terraform", "", "the terraform command; default the one on PATH")
	flags.StringVar(&a.flags.plugins, "plugin-dir", "", "folder with providers, for machines without a network")
	flags.BoolVar(&a.flags.noColor, "no-color", false, "no colour, and no other escape sequence")
	flags.BoolVar(&a.flags.verbose, "verbose", false, "show Terraform's own output too")
	flags.BoolVar(&a.flags.input, "input", true, "ask when there is something to ask")
}

// fromEnvironment sets the flags that were not given from their variables.
func (a *app) fromEnvironment(flags *pflag.FlagSet) error {
	for _, name := range []string{"file", "terraform", "plugin-dir"} {
		variable := "TFGEN_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
		val := a.getenv(variable)
		if val == "" || flags.Changed(name) {
			continue
		}
		if err := flags.Set(name, val); err != nil {
			return fmt.Errorf("%s: %w", variable, err)
		}
	}
	return nil
}

// getenv returns a variable of the environment. The last one counts.
func (a *app) getenv(name string) string {
	for _, pair := range slices.Backward(a.environ) {
		if val, ok := strings.CutPrefix(pair, name+"="); ok {
			return val
		}
	}
	return ""
}
