package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// globalFlags are the flags that every command has, and -json of those that
// then write a line for each thing that happens.
type globalFlags struct {
	chdir, file             string
	terraform, plugins      string
	noColor, verbose, debug bool
	input                   bool
	json                    bool
	lockTimeout             time.Duration
}

func (a *app) globalFlags(flags *pflag.FlagSet) {
	flags.StringVar(&a.flags.chdir, "chdir", "", "go to the folder `DIR` first; stands before the command")
	flags.StringVar(&a.flags.file, "file", "", "read the spec at `PATH`; else tfgen.hcl here, then upwards to the repository's root")
	flags.StringVar(&a.flags.terraform, "terraform", "", "run the Terraform or OpenTofu at `PATH`; else terraform on the PATH")
	flags.StringVar(&a.flags.plugins, "plugin-dir", "", "take providers from the folder `DIR`, where there is no network")
	flags.BoolVar(&a.flags.input, "input", true, "never ask")
	flags.BoolVar(&a.flags.noColor, "no-color", false, "write no colours")
	flags.BoolVar(&a.flags.verbose, "verbose", false, "show Terraform's own words, on stderr")
	flags.BoolVar(&a.flags.debug, "debug", false, "write Terraform's log to a file")
}

// jsonFlag is for commands whose output is a stream of events.
func (a *app) jsonFlag(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&a.flags.json, "json", false, "print what happens as JSON, an object a line")
}

// envFlag chooses one root.
func (a *app) envFlag(cmd *cobra.Command, env *string, what string) {
	cmd.Flags().StringVar(env, "env", "", what+" only `NAME`: an environment, or delivery")
	_ = cmd.RegisterFlagCompletionFunc("env", a.completeRoots) // it fails for a flag that there is not
}

// lockFlag is for commands that lock states.
func (a *app) lockFlag(cmd *cobra.Command) {
	cmd.Flags().Var((*seconds)(&a.flags.lockTimeout), "lock-timeout", "wait up to `DURATION`, such as 90s or 5m, for a lock that somebody else holds; else not at all")
}

// A seconds is a flag for a time to wait.
type seconds time.Duration

// Set takes what Terraform takes, but no time that is over before it begins.
func (s *seconds) Set(text string) error {
	d, err := time.ParseDuration(text)
	if err == nil && d < 0 {
		err = errors.New("it is negative")
	}
	*s = seconds(d)
	return err
}

func (s *seconds) String() string { return time.Duration(*s).String() }

// Type is what pflag calls it.
func (s *seconds) Type() string { return "duration" }

// longFlags makes --flag of -flag, which is how Terraform writes its flags.
func longFlags(args []string) []string {
	out := slices.Clone(args)
	for i, arg := range out {
		if arg == "--" {
			break
		}
		if isShort(arg) {
			out[i] = "-" + arg
		}
	}
	return out
}

// isShort tells -flag from a number, a lone dash and the one-letter -h.
func isShort(arg string) bool {
	return len(arg) > 2 && arg[0] == '-' && arg[1] != '-' && (arg[1] < '0' || arg[1] > '9')
}

// prepare completes the flags and goes where they say, before any command runs.
func (a *app) prepare(cmd *cobra.Command) error {
	if err := a.fromEnvironment(cmd.Flags()); err != nil {
		return err
	}
	if err := noEmptyFlag(cmd); err != nil {
		return err
	}
	info, err := os.Stat(a.workDir())
	if err != nil || !info.IsDir() {
		return fmt.Errorf("-chdir: there is no folder %s", a.show(a.workDir()))
	}
	if strings.ContainsRune(a.flags.terraform, filepath.Separator) {
		a.flags.terraform = joinDir(a.workDir(), a.flags.terraform)
	}
	if a.flags.plugins != "" {
		a.flags.plugins = joinDir(a.workDir(), a.flags.plugins)
	}
	return nil
}

// fromEnvironment sets the flags that were not given from their variables.
func (a *app) fromEnvironment(flags *pflag.FlagSet) error {
	for _, name := range []string{"env", "file", "plugin-dir", "terraform"} {
		variable := "TFGEN_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
		val := a.getenv(variable)
		if val == "" || flags.Lookup(name) == nil || flags.Changed(name) {
			continue
		}
		if err := flags.Set(name, val); err != nil {
			return fmt.Errorf("%s: %w", variable, err)
		}
	}
	return nil
}

// noEmptyFlag refuses -env="$ENV" of a script that forgot to set ENV: it would
// mean every environment.
func noEmptyFlag(cmd *cobra.Command) error {
	var err error
	cmd.Flags().Visit(func(f *pflag.Flag) {
		if f.Value.Type() == "string" && f.Value.String() == "" {
			err = usagef(cmd, "-%s is given without a value", f.Name)
		}
	})
	return err
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
