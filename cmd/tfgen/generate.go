package main

import (
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"tfgen/generator/files"
)

type generateOptions struct {
	check, diff, force bool
}

func (a *app) generateCommand() *cobra.Command {
	var o generateOptions
	cmd := &cobra.Command{
		Use:   "generate",
		Short: "Write the Terraform that the spec describes",
		Long: `Write the Terraform that the spec describes, and remove what it no longer does.

Files that tfgen did not write, or that somebody edited since, are never
overwritten unless -force is given: they are named, and nothing is written.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.generate(cmd, o) },
	}
	cmd.Flags().BoolVar(&o.check, "check", false, "write nothing; exit 0 if the code is fresh, 2 if it is stale, 1 on an error")
	cmd.Flags().BoolVar(&o.diff, "diff", false, "show the changes as a unified diff; with -check, write nothing")
	cmd.Flags().BoolVar(&o.force, "force", false, "overwrite files that were edited, or that tfgen did not write")
	return cmd
}

func (a *app) generate(cmd *cobra.Command, o generateOptions) error {
	p, err := a.project()
	if err != nil {
		return err
	}
	changes, err := p.diff(files.Options{Force: o.force, Waiting: a.waiting})
	if err != nil {
		return err
	}
	if !o.check {
		if err := changes.Write(cmd.Context()); err != nil {
			return err
		}
	}
	if o.diff {
		fmt.Fprintf(a.out, "%s", changes.Unified())
	} else {
		a.list(p, changes)
	}
	if o.check && changes.Stale() {
		fmt.Fprintln(a.err, "The code is stale: run tfgen generate.")
		return exitCode(2)
	}
	return nil
}

// list prints a line a file. The manifest is bookkeeping, and goes unsaid.
func (a *app) list(p *project, changes *files.Changes) {
	n := 0
	for _, c := range changes.List {
		if filepath.Base(c.Path) == ".tfgen.json" {
			continue
		}
		fmt.Fprintln(a.out, c)
		n++
	}
	if n == 0 {
		fmt.Fprintf(a.err, "%s is up to date.\n", p.spec.Project.Output)
	}
}

func (a *app) waiting(holder string) {
	fmt.Fprintf(a.err, "Waiting for %s, which is writing too.\n", holder)
}
