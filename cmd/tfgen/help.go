package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func (a *app) helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "help [COMMAND]",
		Short:   "Say what a command does",
		GroupID: groupHelp,
		Args:    atMostOne,
		RunE: func(cmd *cobra.Command, args []string) error {
			root := cmd.Root()
			if len(args) == 0 {
				return root.Help()
			}
			for _, sub := range root.Commands() {
				if sub.Name() == args[0] {
					return sub.Help()
				}
			}
			return unknownCommand(root, args[0])
		},
	}
}

// help prints the help of a command, or the list of all.
func (a *app) help(cmd *cobra.Command, _ []string) {
	fmt.Fprintf(a.out, "Usage: %s\n\n%s.\n", usage(cmd), strings.TrimSuffix(about(cmd), "."))
	if cmd.Example != "" {
		fmt.Fprintf(a.out, "\nExamples:\n%s\n", cmd.Example)
	}
	for _, group := range cmd.Groups() {
		fmt.Fprintf(a.out, "\n%s:\n", group.Title)
		listCommands(a.out, cmd, group.ID)
	}
	if cmd.HasParent() {
		listFlags(a.out, "Flags", cmd.LocalNonPersistentFlags())
		listFlags(a.out, "Flags of every command", cmd.InheritedFlags())
		return
	}
	listFlags(a.out, "Flags of every command", cmd.PersistentFlags())
	fmt.Fprint(a.out, "\nRun 'tfgen COMMAND -help' for the flags of one.\n")
}

func usage(cmd *cobra.Command) string {
	if !cmd.HasParent() {
		return "tfgen [-chdir=DIR] COMMAND [FLAGS]"
	}
	name, arguments, _ := strings.Cut(cmd.Use, " ")
	return strings.TrimSpace("tfgen " + name + " [FLAGS] " + arguments)
}

func about(cmd *cobra.Command) string {
	if cmd.Long != "" {
		return cmd.Long
	}
	return cmd.Short
}

func listCommands(w io.Writer, root *cobra.Command, group string) {
	for _, sub := range root.Commands() {
		if sub.GroupID == group {
			fmt.Fprintf(w, "  %-11s %s\n", sub.Name(), sub.Short)
		}
	}
}

// listFlags prints flags the way Terraform writes them, with one dash.
func listFlags(w io.Writer, title string, flags *pflag.FlagSet) {
	var rows [][2]string
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Name != "help" && !f.Hidden {
			rows = append(rows, [2]string{flagForm(f), flagText(f)})
		}
	})
	if len(rows) == 0 {
		return
	}
	widest := slices.MaxFunc(rows, func(a, b [2]string) int { return len(a[0]) - len(b[0]) })
	fmt.Fprintf(w, "\n%s:\n", title)
	for _, row := range rows {
		fmt.Fprintf(w, "  %-*s  %s\n", len(widest[0]), row[0], row[1])
	}
}

// flagForm is a flag as one gives it. Its value's name stands in its text,
// between backquotes.
func flagForm(f *pflag.Flag) string {
	switch {
	case f.DefValue == "true":
		return "-" + f.Name + "=false"
	case f.Value.Type() == "bool":
		return "-" + f.Name
	}
	value, _ := pflag.UnquoteUsage(f)
	return "-" + f.Name + "=" + value
}

func flagText(f *pflag.Flag) string {
	_, text := pflag.UnquoteUsage(f)
	return text
}
