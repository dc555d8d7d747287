package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"tfgen/generator/spec"
)

func (a *app) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "explain CODE",
		Short:   "Say what a diagnostic such as TFG012 means, and what to do",
		Example: "  tfgen explain TFG012",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef(cmd, "explain needs the code of a diagnostic, such as TFG012")
			}
			return atMostOne(cmd, args)
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
			return codes(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error { return a.explain(args[0]) },
	}
}

func (a *app) explain(code string) error {
	for _, e := range spec.Codes() {
		if strings.EqualFold(e.Code, code) {
			fmt.Fprint(a.out, explanation(e))
			return nil
		}
	}
	all := codes()
	return fmt.Errorf("there is no code %s; the codes go from %s to %s", code, all[0], all[len(all)-1])
}

func explanation(e spec.Explanation) string {
	text := fmt.Sprintf("%s (%s): %s\n\n%s\n\n%s\n", e.Code, e.Severity, e.Title, e.Why, e.Fix)
	if e.Example != "" {
		text += "\nFor example:\n\n  " + strings.ReplaceAll(strings.TrimSpace(e.Example), "\n", "\n  ") + "\n"
	}
	return text
}

func codes() (all []string) {
	for _, e := range spec.Codes() {
		all = append(all, e.Code)
	}
	return all
}
