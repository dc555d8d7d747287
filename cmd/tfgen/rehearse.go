package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tfgen/internal/deploy"
	"tfgen/internal/rehearsal"
	"tfgen/internal/terminal"
)

type rehearseOptions struct {
	from, source string
	steps        []string
	keep, json   bool
}

func (a *app) rehearseCommand() *cobra.Command {
	var o rehearseOptions
	cmd := &cobra.Command{
		Use:   "rehearse",
		Short: "Play the project's whole life against a local AWS: no account, no cost",
		Long: `Play the project's whole life against a local AWS: generate, apply, a run of the
pipeline, a change, a retry, a rollback, destroy.

All happens in a copy of the project, on this machine. Terraform, its provider and
the commands of the buildspec are the real ones; docker is a stand-in, and each
role has its own permissions and no more. The first thing that does not hold ends
it, with the evidence and what it would have meant on AWS.

The steps: ` + strings.Join(rehearsal.StepNames(), ", ") + ".",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.rehearse(cmd.Context(), o) },
	}
	cmd.Flags().StringVar(&o.from, "from", "", "git revision to upgrade from: its code is applied first, then today's")
	cmd.Flags().StringVar(&o.source, "source", "", "git revision that the pipeline builds; default the working folder")
	cmd.Flags().StringArrayVar(&o.steps, "step", nil, "a step to run, with those it needs; can be given several times")
	cmd.Flags().BoolVar(&o.keep, "keep", false, "destroy nothing at the end: leave the local AWS running until Ctrl-C")
	cmd.Flags().BoolVar(&o.json, "json", false, "print what happens as JSON, an object a line")
	return cmd
}

func (a *app) rehearse(ctx context.Context, o rehearseOptions) error {
	options, err := a.rehearsalOptions(o)
	if err != nil {
		return err
	}
	screen := terminal.NewRehearsal(a.screen())
	show := &stepShow{app: a, screen: screen, json: o.json}
	if o.keep {
		options.Keep = a.keep
	}
	began := time.Now()
	stop := screen.Start(100 * time.Millisecond)
	say := func(string) {
		screen.Say("Stopping: Terraform is waited for, then the local AWS and all files go. Interrupt again to stop at once.")
	}
	err = deploy.Interruptible(ctx, a.signals, say, func(ctx context.Context) error {
		return rehearsal.Run(ctx, options, show.event)
	})
	stop()
	return show.end(err, time.Since(began))
}

func (a *app) rehearsalOptions(o rehearseOptions) (rehearsal.Options, error) {
	file, err := a.specFile()
	if err != nil {
		return rehearsal.Options{}, err
	}
	docker, err := os.Executable()
	if err != nil {
		return rehearsal.Options{}, err
	}
	config := deploy.Config{Terraform: a.flags.terraform, PluginDir: a.flags.plugins, Env: a.environ}
	if config.PluginDir != "" {
		if config.PluginDir, err = filepath.Abs(joinDir(a.workDir(), config.PluginDir)); err != nil {
			return rehearsal.Options{}, err
		}
	}
	if a.flags.verbose {
		config.Verbose = a.err
	}
	return rehearsal.Options{
		SpecFile: file, From: o.from, Source: o.source, Steps: o.steps, Version: version(),
		Docker: docker, Terraform: config, Progress: a.err,
	}, nil
}

// keep tells how to reach the local AWS, and waits.
func (a *app) keep(ctx context.Context, environ []string, dir string) {
	lines := []string{"cd " + shellQuote(dir)}
	for _, pair := range environ {
		name, value, _ := strings.Cut(pair, "=")
		lines = append(lines, "export "+name+"="+shellQuote(value))
	}
	fmt.Fprint(a.err, "\n"+a.style(a.err).Block("The local AWS runs until Ctrl-C. In another shell:", lines))
	<-ctx.Done()
}

// A stepShow tells of steps as they happen.
type stepShow struct {
	app    *app
	screen *terminal.Rehearsal
	json   bool
	held   []string
}

func (s *stepShow) event(e rehearsal.Event) {
	if s.json {
		s.line(e)
	}
	switch e.Kind {
	case rehearsal.Begun:
		s.screen.Begin(e.Name, e.Title)
	case rehearsal.Noted:
		s.screen.Note(e.Text)
	case rehearsal.Ended:
		s.held = append(s.held, e.Name)
		s.screen.Held(e.Proves, e.Took)
	case rehearsal.Failed:
		s.screen.Failed(e.Failure.Err.Error(), e.Failure.Evidence, e.Failure.OnAWS, e.Took)
	}
}

// line writes an event for a program.
func (s *stepShow) line(e rehearsal.Event) {
	fields := map[string]any{"step": e.Name, "status": string(e.Kind)}
	switch e.Kind {
	case rehearsal.Noted:
		fields["message"] = e.Text
	case rehearsal.Failed:
		fields["error"], fields["evidence"], fields["on_aws"] = e.Failure.Err.Error(), e.Failure.Evidence, e.Failure.OnAWS
	}
	if e.Kind != rehearsal.Noted {
		fields["title"], fields["proves"] = e.Title, e.Proves
	}
	if e.Took > 0 {
		fields["elapsed_seconds"] = e.Took.Seconds()
	}
	// Whoever read it went away; the rehearsal goes on and its exit code tells.
	_ = s.app.jsonLines().Write("rehearsal_step", fields)
}

// end says what was proved, and what cannot be.
func (s *stepShow) end(err error, took time.Duration) error {
	if s.json {
		fields := map[string]any{"held": s.held, "ok": err == nil, "elapsed_seconds": took.Seconds(), "untold": rehearsal.Untold()}
		err = errors.Join(err, s.app.jsonLines().Write("rehearsal", fields))
	}
	var failure *rehearsal.Failure
	if errors.As(err, &failure) {
		return exitCode(1) // All has been said.
	}
	if err == nil {
		fmt.Fprint(s.app.err, s.app.style(s.app.err).Rehearsed(s.held, took, rehearsal.Untold()))
	}
	return err
}
