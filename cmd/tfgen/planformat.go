package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"tfgen/internal/terminal"
)

// maxComment is what Markdown is cut to, in bytes. GitHub takes 65,536
// characters in a comment, and a workflow may have a few words of its own.
const maxComment = 65_000

// The forms in which a plan can be shown.
const (
	planText     = "text"
	planMarkdown = "markdown"
	planJSON     = "json"
)

func planFormats() []string { return []string{planJSON, planMarkdown, planText} }

func planFormatFlag(cmd *cobra.Command, format *string) {
	cmd.Flags().StringVar(format, "format", planText, "show the plan as `FORMAT`: text, markdown for a pull request's comment, or json, which is -json")
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(planFormats(), cobra.ShellCompDirectiveNoFileComp))
}

// choosePlanFormat makes one choice of -format and -json.
func (a *app) choosePlanFormat(cmd *cobra.Command, format string) error {
	switch {
	case !slices.Contains(planFormats(), format):
		return noSuchFormat(cmd, format, planFormats())
	case a.flags.json && cmd.Flags().Changed("format") && format != planJSON:
		return usagef(cmd, "-json and -format=%s cannot go together", format)
	}
	a.flags.json = a.flags.json || format == planJSON
	return nil
}

// noSuchFormat is the error of a -format that there is not.
func noSuchFormat(cmd *cobra.Command, format string, formats []string) error {
	return usagef(cmd, "-format cannot be %s.%s It is one of %s", format, didYouMean(format, formats, ""), strings.Join(formats, ", "))
}

// showReviewed shows plans for a review: with the digest that an apply can be
// held to.
func (a *app) showReviewed(sections []terminal.Section, format, digest string, destroy bool) {
	if format == planMarkdown {
		a.showMarkdown(sections, digest)
		return
	}
	a.showPlans(sections, destroy)
	changes := slices.ContainsFunc(sections, func(s terminal.Section) bool { return !s.Plan.Empty })
	a.showDigest(digest, changes)
}

// showMarkdown prints plans for a pull request's comment.
func (a *app) showMarkdown(sections []terminal.Section, digest string) {
	var notes []string
	if digest != "" {
		notes = []string{"Digest `" + digest + "`"}
	}
	fmt.Fprint(a.out, terminal.Markdown(sections, notes, maxComment))
}

// showDigest says what an apply can be held to, where there is something to
// apply. To a program it is said in any case.
func (a *app) showDigest(digest string, changes bool) {
	switch {
	case digest == "":
	case a.flags.json:
		a.line("digest", map[string]any{"digest": digest})
	case changes:
		fmt.Fprintf(a.out, "\nDigest %s\n", digest)
	}
}
