package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
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
	keep         bool
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

The steps are ` + strings.Join(rehearsal.StepNames(), ", "),
		Example: `  tfgen rehearse
  tfgen rehearse -step=build
  tfgen rehearse -from=v1.4.0`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.rehearse(cmd.Context(), o) },
	}
	cmd.Flags().StringVar(&o.from, "from", "", "apply the code of the git revision `REV` first, then today's")
	cmd.Flags().StringVar(&o.source, "source", "", "build the git revision `REV` instead of the working folder")
	cmd.Flags().StringArrayVar(&o.steps, "step", nil, "run only the step `NAME`, with those that it needs; may be repeated")
	cmd.Flags().BoolVar(&o.keep, "keep", false, "destroy nothing at the end, and leave the local AWS running until Ctrl-C")
	a.jsonFlag(cmd)
	return cmd
}

func (a *app) rehearse(ctx context.Context, o rehearseOptions) error {
	options, err := a.rehearsalOptions(o)
	if err != nil {
		return err
	}
	screen := a.screen()
	if a.flags.verbose {
		screen.Out = a.err // Between Terraform's words, a line a step.
	}
	show := &stepShow{app: a, screen: terminal.NewRehearsal(screen), began: now(), held: []string{}, idle: []string{}}
	if o.keep {
		options.Keep = show.keep
	}
	stop := show.screen.Start(100 * time.Millisecond)
	silent := a.running.speaks(stopping(a.aloud(show.screen.Say)))
	err = rehearsal.Run(ctx, options, show.event)
	silent()
	stop()
	return show.end(err)
}

// A waitEnded is the end of a wait that a signal is meant to end, with the exit
// code of what came before.
type waitEnded int

func (w waitEnded) Error() string { return exitCode(w).Error() }

// stopping says what signals do to a rehearsal. There is no state to be afraid
// for, so that the words are others than those for an apply.
func stopping(say func(string)) func(string) {
	words := []string{
		"Stopping: what is under way is waited for, then the local AWS and all files go. Interrupt again to stop at once.",
		"Stopping at once: what was being made goes with the local AWS. Nothing else was touched.",
	}
	return func(string) {
		if len(words) > 0 {
			say(words[0])
			words = words[1:]
		}
	}
}

func (a *app) rehearsalOptions(o rehearseOptions) (rehearsal.Options, error) {
	for _, name := range o.steps {
		if names := rehearsal.StepNames(); !slices.Contains(names, name) {
			return rehearsal.Options{}, fmt.Errorf("there is no step %s.%s The steps are %s", name, didYouMean(name, names, ""), strings.Join(names, ", "))
		}
	}
	file, err := a.specFile()
	if err == nil {
		_, err = a.load() // What is wrong with it is shown with its place, before anything starts.
	}
	if err != nil {
		return rehearsal.Options{}, err
	}
	docker, err := os.Executable()
	if err != nil {
		return rehearsal.Options{}, err
	}
	config := deploy.Config{Terraform: a.flags.terraform, PluginDir: a.flags.plugins, Env: a.environ}
	if a.flags.verbose {
		config.Verbose = a.err
	}
	return rehearsal.Options{
		SpecFile: file, From: o.from, Source: o.source, Steps: o.steps, Version: version(),
		Docker: docker, Terraform: config, Progress: a.err,
	}, nil
}

// keep says what held, tells how to reach the local AWS, and waits.
func (s *stepShow) keep(ctx context.Context, environ []string, dir string) {
	s.sum()
	a, lines := s.app, []string{"cd " + shellQuote(dir)}
	for _, pair := range environ {
		name, value, _ := strings.Cut(pair, "=")
		lines = append(lines, "export "+name+"="+shellQuote(value))
	}
	if a.flags.json {
		a.line("local_aws", map[string]any{"environment": environ, "dir": dir})
	}
	fmt.Fprint(a.err, "\n"+a.style(a.err).Block("The local AWS runs until Ctrl-C. In another shell:", lines))
	s.waited = true
	<-ctx.Done()
}

// A stepShow tells of steps as they happen.
type stepShow struct {
	app     *app
	screen  *terminal.Rehearsal
	began   time.Time
	held    []string
	sure    []string // of what held, that which rests on no doubt
	doubts  []string
	idle    []string
	product string
	failed  bool
	summed  bool
	waited  bool
}

func (s *stepShow) event(e rehearsal.Event) {
	if s.app.flags.json {
		s.line(e)
	}
	switch e.Kind {
	case rehearsal.Begun:
		s.product = e.Product
		s.screen.Begin(e.Name, e.Title)
	case rehearsal.Noted:
		s.screen.Note(e.Text)
	case rehearsal.Ended:
		s.held = append(s.held, e.Name)
		s.hear(e)
		s.screen.Held(e.Proves, e.Took)
	case rehearsal.Idle:
		s.idle = append(s.idle, e.Name)
		s.screen.Idle(e.Text)
	case rehearsal.Failed:
		s.failed = true
		s.screen.Failed(e.Failure.Err.Error(), e.Failure.Evidence, e.Failure.OnAWS, e.Failure.Advice, e.Took)
	}
}

// hear notes what a step that held rests on.
func (s *stepShow) hear(e rehearsal.Event) {
	if len(e.Doubts) == 0 {
		s.sure = append(s.sure, e.Name)
	}
	for _, doubt := range slices.Concat(e.Doubts, e.Untold) {
		if !slices.Contains(s.doubts, doubt) {
			s.doubts = append(s.doubts, doubt)
		}
	}
}

// line writes an event for a program.
func (s *stepShow) line(e rehearsal.Event) {
	fields := map[string]any{"step": e.Name, "status": string(e.Kind)}
	switch e.Kind {
	case rehearsal.Noted, rehearsal.Idle:
		fields["message"] = e.Text
	case rehearsal.Failed:
		fields["error"], fields["evidence"], fields["on_aws"] = e.Failure.Err.Error(), e.Failure.Evidence, e.Failure.OnAWS
		if e.Failure.Advice != "" {
			fields["advice"] = e.Failure.Advice
		}
	}
	if e.Kind != rehearsal.Noted {
		fields["title"] = e.Title
	}
	if e.Kind != rehearsal.Noted && e.Kind != rehearsal.Idle {
		fields["proves"] = e.Proves
	}
	if len(e.Doubts) > 0 {
		fields["doubts"] = e.Doubts
	}
	if e.Took > 0 {
		fields["elapsed_seconds"] = e.Took.Seconds()
	}
	s.app.line("rehearsal_step", fields)
}

// end ends with the error of a rehearsal, of which a failed step has said all.
func (s *stepShow) end(err error) error {
	_, failed := errors.AsType[*rehearsal.Failure](err)
	s.failed = err != nil
	s.sum()
	switch {
	case s.waited && failed:
		return waitEnded(1)
	case s.waited && err == nil:
		return waitEnded(0)
	case failed:
		return exitCode(1)
	}
	return err
}

// sum says once what was proved, and what cannot be.
func (s *stepShow) sum() {
	if s.summed {
		return
	}
	s.summed = true
	took, untold := time.Since(s.began), append(s.doubts, rehearsal.Untold()...)
	switch a := s.app; {
	case a.flags.json:
		a.line("rehearsal", map[string]any{
			"held": s.held, "idle": s.idle, "ok": !s.failed, "elapsed_seconds": took.Seconds(),
			"proved": rehearsal.Proved(s.sure), "untold": untold,
		})
	case !s.failed:
		fmt.Fprint(a.err, a.style(a.err).Rehearsed(terminal.Rehearsed{
			Steps: len(s.held), Product: s.product, Idle: s.idle, Took: took, Proved: rehearsal.Proved(s.sure), Untold: untold,
		}))
	}
}
