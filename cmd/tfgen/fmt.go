package main

import (
	"bytes"
	"fmt"
	"os"

	"github.com/aymanbagabas/go-udiff"
	"github.com/google/renameio/v2"
	"github.com/spf13/cobra"

	"tfgen/generator/spec"
)

type fmtOptions struct {
	check, diff bool
}

func (a *app) fmtCommand() *cobra.Command {
	var o fmtOptions
	cmd := &cobra.Command{
		Use:   "fmt",
		Short: "Format the spec as Terraform formats its files",
		Args:  cobra.NoArgs,
		RunE:  func(*cobra.Command, []string) error { return a.fmt(o) },
	}
	cmd.Flags().BoolVar(&o.check, "check", false, "write nothing; exit 0 if the spec is formatted, 3 if it is not")
	cmd.Flags().BoolVar(&o.diff, "diff", false, "show the changes as a unified diff")
	return cmd
}

func (a *app) fmt(o fmtOptions) error {
	file, err := a.specFile()
	if err != nil {
		return err
	}
	// A file that cannot be parsed is left alone, with what is wrong in it said.
	old, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	formatted := spec.Format(old)
	if bytes.Equal(old, formatted) {
		return nil
	}
	fmt.Fprintln(a.out, a.show(file))
	if o.diff {
		fmt.Fprint(a.out, udiff.Unified("a/"+a.show(file), "b/"+a.show(file), string(old), string(formatted)))
	}
	if o.check {
		return exitCode(3)
	}
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	return renameio.WriteFile(file, formatted, info.Mode().Perm())
}
