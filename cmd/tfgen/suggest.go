package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/agext/levenshtein"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// A usageError is a command line that tfgen cannot make sense of. It is said as
// text even where -json was given: what else was given is not known for sure.
type usageError struct{ text, hint string }

func (e *usageError) Error() string { return e.text + "\n" + e.hint }

func usagef(cmd *cobra.Command, format string, args ...any) error {
	return &usageError{fmt.Sprintf(format, args...), fmt.Sprintf("Run '%s -help' for what it takes.", cmd.CommandPath())}
}

// flagError says what is wrong with a flag, and which was meant.
func flagError(cmd *cobra.Command, err error) error {
	if unknown, ok := errors.AsType[*pflag.NotExistError](err); ok {
		name := unknown.GetSpecifiedName()
		return usagef(cmd, "there is no flag -%s.%s", name, didYouMean(name, flagNames(cmd), "-"))
	}
	if valueless, ok := errors.AsType[*pflag.ValueRequiredError](err); ok {
		return usagef(cmd, "-%s is given without a value", valueless.GetFlag().Name)
	}
	if invalid, ok := errors.AsType[*pflag.InvalidValueError](err); ok {
		f := invalid.GetFlag()
		return usagef(cmd, "-%s cannot be %q: %s", f.Name, invalid.GetValue(), flagText(f))
	}
	return usagef(cmd, "%s", err)
}

func flagNames(cmd *cobra.Command) (names []string) {
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	return names
}

// noSuchCommand is what the root command says to an argument: a command would
// have been found.
func noSuchCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return unknownCommand(cmd, args[0])
}

func unknownCommand(root *cobra.Command, name string) error {
	var names []string
	for _, sub := range root.Commands() {
		names = append(names, sub.Name())
	}
	return &usageError{
		fmt.Sprintf("there is no command %s.%s", name, didYouMean(name, names, "")),
		"Run 'tfgen -help' for those there are.",
	}
}

// noArguments is for commands that take flags only.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return usagef(cmd, "%s takes no arguments, and was given %s", cmd.Name(), strings.Join(args, " "))
}

// atMostOne is for commands that take one argument or none.
func atMostOne(cmd *cobra.Command, args []string) error {
	if len(args) <= 1 {
		return nil
	}
	return usagef(cmd, "%s takes one argument, and was given %s", cmd.Name(), strings.Join(args, " "))
}

// planFile is for commands that take the file of a plan.
func planFile(cmd *cobra.Command, args []string) error {
	if len(args) == 1 {
		return nil
	}
	return usagef(cmd, "%s takes the file of a plan, as tfgen plan -out wrote it", cmd.Name())
}

// didYouMean names the closest of the words there are, if one is close.
func didYouMean(word string, words []string, prefix string) string {
	best, least := "", 3 // Two letters off at most: further, and it is another word.
	word = strings.ToLower(word)
	for _, candidate := range words {
		distance := levenshtein.Distance(word, strings.ToLower(candidate), nil)
		if len(word) > 1 && strings.HasPrefix(strings.ToLower(candidate), word) {
			distance = 1
		}
		if distance < least && distance < len(word) {
			best, least = candidate, distance
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf(" Did you mean %s%s?", prefix, best)
}
