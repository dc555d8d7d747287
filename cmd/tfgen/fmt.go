package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/aymanbagabas/go-udiff"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"tfgen/generator/spec"
	"tfgen/internal/deploy/report"
)

type fmtOptions struct {
	check, diff bool
}

func (a *app) fmtCommand() *cobra.Command {
	var o fmtOptions
	cmd := &cobra.Command{
		Use:   "fmt [-]",
		Short: "Format the spec as Terraform formats its files",
		Long:  "Format the spec as Terraform formats its files, or with - what comes from stdin",
		Example: `  tfgen fmt
  tfgen fmt -check -diff`,
		Args: func(cmd *cobra.Command, args []string) error {
			if slices.Equal(args, []string{"-"}) {
				return nil
			}
			return noArguments(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				return a.fmtStdin(cmd.Context(), o)
			}
			return a.fmt(o)
		},
	}
	cmd.Flags().BoolVar(&o.check, "check", false, "write nothing; exit 0 if the spec is formatted, 3 if it is not, 1 on an error")
	cmd.Flags().BoolVar(&o.diff, "diff", false, "show the changes as a unified diff")
	return cmd
}

func (a *app) fmt(o fmtOptions) error {
	file, err := a.specFile()
	if err != nil {
		return err
	}
	if strings.HasSuffix(file, ".json") {
		a.note(a.show(file) + " is JSON, which tfgen does not format.")
		return nil
	}
	// What cannot be parsed is left alone, with what is wrong in it said. Load
	// also waits for no pipe.
	_, problems := spec.Load(a.show(file))
	if err := a.unreadable(problems); err != nil {
		return err
	}
	old, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	formatted := spec.Format(old)
	if bytes.Equal(old, formatted) {
		return nil
	}
	fmt.Fprintln(a.out, report.Clean(a.show(file)))
	a.fmtDiff(o, a.show(file), old, formatted)
	if o.check {
		return exitCode(3)
	}
	return replace(file, formatted)
}

// fmtStdin writes to stdout what comes from stdin. As a check it writes nothing.
func (a *app) fmtStdin(ctx context.Context, o fmtOptions) error {
	if term.IsTerminal(int(a.in.Fd())) {
		a.note("Reading the spec from the terminal, up to Ctrl-D.")
	}
	// A byte more than a spec may have is enough to say so.
	old, err := await(ctx, func() ([]byte, error) { return io.ReadAll(io.LimitReader(a.in, spec.MaxSize+1)) })
	if err != nil {
		return err
	}
	_, problems := spec.Parse(old, "<stdin>")
	if err := a.unreadable(problems); err != nil {
		return err
	}
	formatted := spec.Format(old)
	a.fmtDiff(o, "<stdin>", old, formatted)
	switch {
	case o.check && !bytes.Equal(old, formatted):
		return exitCode(3)
	case !o.check && !o.diff:
		fmt.Fprintf(a.out, "%s", formatted)
	}
	return nil
}

func (a *app) fmtDiff(o fmtOptions, name string, old, formatted []byte) {
	if o.diff {
		fmt.Fprint(a.out, udiff.Unified("old/"+name, "new/"+name, string(old), string(formatted)))
	}
}

// unreadable shows the problems that a text has before it is a spec: those of
// the file and of its grammar.
func (a *app) unreadable(problems spec.Problems) error {
	problems = slices.DeleteFunc(problems, func(p spec.Problem) bool { return p.Code >= "TFG010" })
	if len(problems) == 0 {
		return nil
	}
	a.showProblems(problems)
	return exitCode(1)
}
