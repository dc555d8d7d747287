package main

import (
	"context"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"tfgen/generator/files"
	"tfgen/internal/deploy/report"
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
		Example: `  tfgen generate
  tfgen generate -check -diff`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.generate(cmd.Context(), o) },
	}
	cmd.Flags().BoolVar(&o.check, "check", false, "write nothing; exit 0 if the code is fresh, 2 if it is stale, 1 on an error")
	cmd.Flags().BoolVar(&o.diff, "diff", false, "show the changes as a unified diff; they are made unless -check is given")
	cmd.Flags().BoolVar(&o.force, "force", false, "overwrite files that were edited, or that tfgen did not write")
	return cmd
}

func (a *app) generate(ctx context.Context, o generateOptions) error {
	p, err := a.project()
	if err != nil {
		return err
	}
	changes, err := p.diff(files.Options{Force: o.force, Waiting: a.waiting})
	if err != nil {
		return err
	}
	if !o.check {
		if err := a.abandoned(p, changes); err != nil {
			return err
		}
		if err := changes.Write(ctx); err != nil {
			return a.conflict(p, err)
		}
	}
	if o.diff {
		fmt.Fprintf(a.out, "%s", changes.Unified())
	} else {
		a.list(p, changes.List)
	}
	if o.check && changes.Stale() {
		a.note("The code is not what the spec describes. " + remedy(changes))
		return exitCode(2)
	}
	return nil
}

// list prints a line a file. The manifest is bookkeeping, and goes unsaid.
func (a *app) list(p *project, changes []files.Change) {
	n := 0
	for _, c := range a.shown(p, changes) {
		if !isManifest(c.Path) {
			fmt.Fprintln(a.out, report.Clean(c.String()))
			n++
		}
	}
	if n == 0 {
		a.note(a.show(joinDir(p.dir(), p.spec.Project.Output)) + " is up to date.")
	}
}

func isManifest(name string) bool { return path.Base(name) == ".tfgen.json" }

// conflict names the files of a conflict as the caller would.
func (a *app) conflict(p *project, err error) error {
	if conflict, ok := errors.AsType[*files.ConflictError](err); ok {
		return &files.ConflictError{Changes: a.shown(p, conflict.Changes)}
	}
	return err
}

// shown are changes with their paths as the caller would write them.
func (a *app) shown(p *project, changes []files.Change) []files.Change {
	changes = slices.Clone(changes)
	for i, c := range changes {
		changes[i].Path = filepath.ToSlash(a.show(joinDir(p.dir(), c.Path)))
	}
	return changes
}

func (a *app) waiting(holder string) {
	a.note("Waiting for another run that is writing: " + holder + ".")
}
