package main

import (
	"fmt"
	"strings"
	"time"

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
		Short: "Check the spec, and the buildspecs and policies that it names",
		Args:  cobra.NoArgs,
		RunE:  func(*cobra.Command, []string) error { return a.validate(o) },
	}
	cmd.Flags().BoolVar(&o.json, "json", false, "print the result as terraform validate -json does")
	cmd.Flags().StringVar(&o.format, "format", "text", "text, json, or github for annotations of a pull request")
	return cmd
}

func (a *app) validate(o validateOptions) error {
	if o.json {
		o.format = "json"
	}
	formats := map[string]func(spec.Problems) error{"text": a.problemsAsText, "json": a.problemsAsJSON, "github": a.problemsForGitHub}
	show, ok := formats[o.format]
	if !ok {
		return fmt.Errorf("there is no format %q.%s The formats are text, json and github", o.format, didYouMean(o.format, []string{"text", "json", "github"}, ""))
	}
	file, err := a.specFile()
	if err != nil {
		return err
	}
	s, problems := spec.Load(a.show(file))
	if err := show(problems); err != nil {
		return err
	}
	if s == nil {
		return exitCode(1)
	}
	_, err = generator.Generate(s)
	return err
}

func (a *app) problemsAsText(problems spec.Problems) error {
	a.showProblems(problems)
	if problems.HasErrors() {
		return nil
	}
	_, err := fmt.Fprintln(a.out, "The spec is valid.")
	return err
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
	for _, p := range problems {
		if p.Severity == spec.Warning {
			v.WarningCount++
		} else {
			v.ErrorCount++
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
		_, err := fmt.Fprintf(a.out, "::%s file=%s,line=%d,col=%d,endLine=%d,title=%s::%s\n", p.Severity,
			property.Replace(p.Range.Filename), p.Range.Start.Line, p.Range.Start.Column, p.Range.End.Line,
			property.Replace(p.Code+" "+p.Summary), data.Replace(p.Detail))
		if err != nil {
			return err
		}
	}
	return nil
}

// now is the clock of what is printed for programs.
func now() time.Time { return time.Now().UTC() }
