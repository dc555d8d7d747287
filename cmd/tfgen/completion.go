package main

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"tfgen/generator/spec"
)

func (a *app) completionCommand() *cobra.Command {
	shells := []string{"bash", "fish", "powershell", "zsh"}
	return &cobra.Command{
		Use:   "completion SHELL",
		Short: "Print a script that completes commands and flags in a shell",
		Long:  "Print a script that completes commands and flags in bash, fish, powershell or zsh",
		Example: `  source <(tfgen completion bash)
  tfgen completion fish > ~/.config/fish/completions/tfgen.fish`,
		ValidArgs: shells,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef(cmd, "completion needs the name of one shell: bash, fish, powershell or zsh")
			}
			if !slices.Contains(shells, args[0]) {
				return usagef(cmd, "there is no completion for %s.%s", args[0], didYouMean(args[0], shells, ""))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return a.completion(cmd.Root(), args[0]) },
	}
}

func (a *app) completion(root *cobra.Command, shell string) error {
	switch shell {
	case "bash":
		return root.GenBashCompletionV2(a.out, true)
	case "fish":
		return root.GenFishCompletion(a.out, true)
	case "powershell":
		return root.GenPowerShellCompletionWithDesc(a.out)
	case "zsh":
		return root.GenZshCompletion(a.out)
	}
	return fmt.Errorf("there is no completion for %s", shell)
}

// A dashes writes flags that are proposed the way they were begun, with one
// dash: a shell drops what does not begin like that. The quotes around a
// value's name are for the help alone.
type dashes struct{ w io.Writer }

func (d dashes) Write(p []byte) (int, error) {
	line := bytes.Replace(p, []byte("--"), []byte("-"), 1)
	_, err := d.w.Write(bytes.ReplaceAll(line, []byte("`"), nil))
	return len(p), err
}

// proposals is where the flags that begin like the last of args are written.
func (a *app) proposals(args []string) io.Writer {
	if len(args) < 2 || !strings.HasPrefix(args[0], cobra.ShellCompRequestCmd) {
		return a.out
	}
	if last := args[len(args)-1]; last != "-" && !isShort(last) {
		return a.out
	}
	return dashes{a.out}
}

// completeRoots completes -env from the spec.
func (a *app) completeRoots(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	file, err := a.specFile()
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	s, _ := spec.Load(file)
	if s == nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var names []cobra.Completion
	for _, root := range spec.Roots(s) {
		names = append(names, root.Name)
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}
