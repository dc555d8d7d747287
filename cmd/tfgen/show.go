package main

import (
	"github.com/spf13/cobra"

	"tfgen/internal/deploy/bundle"
	"tfgen/internal/terminal"
)

func (a *app) showCommand() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "show PLANFILE",
		Short: "Show a plan that was kept",
		Example: `  tfgen show shop.tfplan
  tfgen show -format=markdown shop.tfplan > comment.md`,
		Args: planFile,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := a.choosePlanFormat(cmd, format); err != nil {
				return err
			}
			b, _, err := a.readBundle(args[0])
			if err != nil {
				return err
			}
			a.showReviewed(sectionsOf(b), format, b.Digest, b.Destroy)
			return nil
		},
	}
	a.jsonFlag(cmd)
	planFormatFlag(cmd, &format)
	return cmd
}

// sectionsOf are the plans of a bundle, as they are shown.
func sectionsOf(b *bundle.Bundle) (all []terminal.Section) {
	for _, r := range b.Roots {
		all = append(all, terminal.Section{Root: r.Name, Facts: r.Facts, Plan: r.Report})
	}
	return all
}
