package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"tfgen/generator/spec"
)

func (a *app) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "explain CODE",
		Short: "Say what a diagnostic such as TFG012 means, and what to do",
		Args:  cobra.ExactArgs(1),
		RunE:  func(_ *cobra.Command, args []string) error { return a.explain(args[0]) },
	}
}

func (a *app) explain(code string) error {
	var codes []string
	for _, e := range spec.Codes() {
		codes = append(codes, e.Code)
		if strings.EqualFold(e.Code, code) {
			_, err := fmt.Fprintf(a.out, "%s: %s\n\n%s\n\n%s\n", e.Code, e.Title, e.Why, e.Fix)
			return err
		}
	}
	return fmt.Errorf("there is no code %q.%s The spec's codes are %s to %s", code, didYouMean(code, codes, ""), codes[0], codes[len(codes)-1])
}
