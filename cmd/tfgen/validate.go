package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"tfgen/generator"
	"tfgen/generator/spec"
)

type validateOptions struct {
	json   bool
	format string
}

func (a *app) validateCommand() *cobra.Command {
	var o validateOptions
	cmd := &cobra.Command{
		Use:   "validate",
		Short: "Check the spec, and the buildspecs, policies and Dockerfiles that it names",
		Example: `  tfgen validate
  tfgen validate -format=sarif > tfgen.sarif`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.validate(cmd, o) },
	}
	cmd.Flags().BoolVar(&o.json, "json", false, "print the result as terraform validate -json does; the same as -format=json")
	cmd.Flags().StringVar(&o.format, "format", "text", "print the result as `FORMAT`: text, json, github for annotations of a pull request, or sarif")
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]cobra.Completion{"github", "json", "sarif", "text"}, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func (a *app) validate(cmd *cobra.Command, o validateOptions) error {
	if o.json && cmd.Flags().Changed("format") && o.format != "json" {
		return usagef(cmd, "-json and -format=%s cannot go together", o.format)
	}
	if o.json {
		o.format = "json"
	}
	formats := map[string]func(spec.Problems) error{
		"text": a.problemsAsText, "json": a.problemsAsJSON, "github": a.problemsForGitHub, "sarif": a.problemsAsSARIF,
	}
	show, ok := formats[o.format]
	if !ok {
		return noSuchFormat(cmd, o.format, slices.Sorted(maps.Keys(formats)))
	}
	problems, err := a.problems(o)
	if err != nil {
		return err
	}
	if err := show(problems); err != nil {
		return err
	}
	if problems.HasErrors() {
		return exitCode(1)
	}
	return nil
}

// problems are what is wrong with the spec. To a program, that there is none is
// one of them.
func (a *app) problems(o validateOptions) (spec.Problems, error) {
	file, err := a.specFile()
	if err != nil && o.format != "text" {
		return spec.Problems{{Code: "TFG001", Severity: spec.Error, Summary: "File cannot be read", Detail: err.Error(), Range: spec.Range{Filename: "tfgen.hcl"}}}, nil
	}
	if err != nil {
		return nil, err
	}
	s, problems := spec.Validate(a.show(file))
	if s == nil {
		return problems, nil
	}
	_, err = generator.Generate(s)
	return problems, err
}

func (a *app) problemsAsText(problems spec.Problems) error {
	a.showProblems(problems)
	if !problems.HasErrors() {
		fmt.Fprintln(a.out, "The spec is valid.")
		return nil
	}
	a.note("\nRun 'tfgen explain " + firstError(problems) + "' for what stands behind a code.")
	return nil
}

func firstError(problems spec.Problems) string {
	i := slices.IndexFunc(problems, func(p spec.Problem) bool { return p.Severity == spec.Error })
	return problems[i].Code
}

// The shape of `terraform validate -json`, format version 1.0, with a code.
type validation struct {
	FormatVersion string        `json:"format_version"`
	Valid         bool          `json:"valid"`
	ErrorCount    int           `json:"error_count"`
	WarningCount  int           `json:"warning_count"`
	Diagnostics   spec.Problems `json:"diagnostics"`
}

func (a *app) problemsAsJSON(problems spec.Problems) error {
	v := validation{FormatVersion: "1.0", Valid: !problems.HasErrors(), Diagnostics: append(spec.Problems{}, problems...)}
	for i, p := range problems {
		if p.Severity == spec.Warning {
			v.WarningCount++
		} else {
			v.ErrorCount++
		}
		if p.Range.Start.Line == 0 { // Terraform's lines begin at 1.
			first := spec.Pos{Line: 1, Column: 1}
			v.Diagnostics[i].Range.Start, v.Diagnostics[i].Range.End = first, first
		}
	}
	return a.printJSON(v)
}

// problemsForGitHub prints workflow commands, which GitHub shows beside the
// lines of a pull request. What ends a command or a property in them is escaped:
// https://docs.github.com/actions/reference/workflow-commands-for-github-actions
func (a *app) problemsForGitHub(problems spec.Problems) error {
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	for _, p := range problems {
		place := "file=" + property.Replace(p.Range.Filename)
		if p.Range.Start.Line > 0 {
			place += fmt.Sprintf(",line=%d,col=%d,endLine=%d", p.Range.Start.Line, p.Range.Start.Column, p.Range.End.Line)
		}
		fmt.Fprintf(a.out, "::%s %s,title=%s::%s\n", p.Severity, place, property.Replace(p.Code+" "+p.Summary), data.Replace(p.Detail))
	}
	return nil
}
