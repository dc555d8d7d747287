package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func (a *app) versionCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Print the version of tfgen",
		Args:  noArguments,
		RunE: func(*cobra.Command, []string) error {
			if !asJSON {
				fmt.Fprintln(a.out, "tfgen", version())
				return nil
			}
			a.line("version", map[string]any{
				"tfgen_version": version(),
				"platform":      runtime.GOOS + "_" + runtime.GOARCH,
			})
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print it as JSON")
	return cmd
}

// version is the module's version, as the Go command recorded it.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return "dev"
	}
	return info.Main.Version
}
