// Package rehearsal plays the whole life of a project against a local AWS:
// generate, apply, a run of the pipeline, a change, a rollback, destroy.
//
// It promises:
//   - Nothing of the user's is touched. All happens in a scratch copy, and the
//     AWS is a process of this machine that ends with the rehearsal.
//   - Terraform and its provider are the real ones. So are the commands of a
//     buildspec, but for docker; each role has its own permissions and no more.
//   - The first thing that does not hold ends it, with the evidence and what it
//     would have meant on AWS.
//   - What a local AWS cannot tell is said ([Untold]), not implied.
//
// It prints nothing: what happens goes to a listener.
package rehearsal

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"tfgen/internal/deploy"
	"tfgen/internal/rehearsal/localaws"
)

// Options say what is rehearsed, and with what.
type Options struct {
	SpecFile string   // path of tfgen.hcl
	From     string   // git revision whose code is applied first, or ""
	Source   string   // git revision that the pipeline builds, or "" for the working folder
	Steps    []string // names of the steps to run, with those that they need; none for all
	Version  string   // of tfgen, for the manifest of the generated code
	// Docker is the program that is run as docker: this one, which calls
	// [Docker] when it is started under that name.
	Docker    string
	Terraform deploy.Config
	Progress  io.Writer // told of what takes long before the first step; or nil
	// Keep is called when all is done, instead of destroying, or when a step
	// has failed, with what a shell needs in its environment. The local AWS
	// runs until it returns.
	Keep func(ctx context.Context, environ []string, dir string)
}

// A Kind says what an event tells.
type Kind string

// The kinds of event, in the order in which a step has them.
const (
	Begun  Kind = "begun"  // a step begins
	Noted  Kind = "noted"  // something that it found, in Text
	Ended  Kind = "ended"  // it held
	Idle   Kind = "idle"   // it had nothing to do, and proves nothing; Text says why
	Failed Kind = "failed" // it did not hold; Failure says why
)

// An Event is one thing that happens.
type Event struct {
	Kind    Kind
	Name    string        // of the step: "apply"
	Title   string        // what it does: "Apply on an empty account"
	Proves  string        // what is known once it holds
	Text    string        // Noted, Idle
	Doubts  []string      // Ended: what it rests on that only AWS, or another, can tell
	Product string        // "Terraform" or "OpenTofu": what plans and applies
	Took    time.Duration // Ended, Idle, Failed
	Untold  []string      // Ended: what it leaves open beside what it proves
	Failure *Failure
}

// A Failure is a step that did not hold.
type Failure struct {
	Step     string
	Err      error
	Evidence []string // lines
	OnAWS    string   // what it would have meant there
	Advice   string   // what to do about it, where that is known, or ""
}

func (f *Failure) Error() string { return fmt.Sprintf("%s: %s", f.Step, f.Err) }

// Unwrap gives access to the cause.
func (f *Failure) Unwrap() error { return f.Err }

// A finding is what a step's function returns with its evidence.
type finding struct {
	err      error
	evidence []string
	onAWS    string // "" for what the step's own row says
	advice   string // "" for what is known by its words
}

func (f *finding) Error() string { return f.err.Error() }
func (f *finding) Unwrap() error { return f.err }

// unplayable is a failure that may be the rehearsal's own.
func unplayable(err error, why string) *finding {
	return &finding{err: err, onAWS: nobodyKnows(why)}
}

// nobodyKnows is what a failure means on AWS where it is this machine that
// could not play something.
func nobodyKnows(why string) string {
	return "Nobody knows: " + why + ", and it may well have held."
}

// Run rehearses. The error is a *Failure of the first step that did not hold,
// the context's, or one that says why there is nothing to rehearse.
func Run(ctx context.Context, o Options, listen func(Event)) (err error) {
	chosen, err := choose(o)
	if err != nil {
		return err
	}
	revisions, err := o.resolve(ctx)
	if err != nil {
		return err
	}
	server, err := localaws.Start(ctx, localaws.Options{Dir: ".", Progress: o.Progress})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.Stop()) }()
	dir, err := os.MkdirTemp(server.Dir(), "rehearsal-")
	if err != nil {
		return err
	}
	w := &world{Options: o, revisions: revisions, server: server, dir: dir, listen: listen}
	if err := w.open(ctx); err != nil {
		return err
	}
	err = w.playAll(ctx, chosen)
	if o.Keep != nil && ctx.Err() == nil {
		environ := append(w.server.EnvFor(w.account()), "AWS_DEFAULT_REGION="+w.spec.Project.Region)
		o.Keep(ctx, environ, w.project())
	}
	return err
}

func (w *world) playAll(ctx context.Context, steps []step) error {
	for _, s := range steps {
		if err := w.play(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// play runs one step and tells of it.
func (w *world) play(ctx context.Context, s step) error {
	event := Event{Name: s.name, Title: s.title, Proves: s.proves, Product: w.terraform.Product}
	began := time.Now()
	end := func(kind Kind, failure *Failure) {
		event.Kind, event.Took, event.Failure = kind, time.Since(began), failure
		w.listen(event)
	}
	w.note = func(format string, args ...any) {
		w.listen(Event{Kind: Noted, Name: s.name, Text: fmt.Sprintf(format, args...)})
	}
	w.prove = func(text string) { event.Proves = text }
	w.doubt = func(format string, args ...any) {
		event.Doubts = append(event.Doubts, fmt.Sprintf(format, args...))
	}
	w.leave = func(format string, args ...any) {
		event.Untold = append(event.Untold, fmt.Sprintf(format, args...))
	}
	event.Kind = Begun
	w.listen(event)
	err := s.run(w, ctx)
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if isIdle(err) {
		event.Text = err.Error()
		end(Idle, nil)
		return nil
	}
	if err != nil {
		failure := failureOf(s, err)
		end(Failed, failure)
		return failure
	}
	end(Ended, nil)
	return nil
}

func failureOf(s step, err error) *Failure {
	failure := &Failure{Step: s.name, Err: err, OnAWS: s.onAWS}
	if found, ok := errors.AsType[*finding](err); ok {
		failure.Evidence, failure.Advice = found.evidence, found.advice
		if found.onAWS != "" {
			failure.OnAWS = found.onAWS
		}
	}
	words := strings.Join(append(failure.Evidence, err.Error()), "\n")
	failure.Advice = cmp.Or(failure.Advice, advice(words))
	if strings.Contains(words, "NotEmulated") {
		failure.OnAWS = "It may well have held: the local AWS lacks an action that AWS has, so that nobody knows."
	}
	return failure
}

// choose returns the steps to run, in their order: those that were asked for
// and all that they need, or all.
func choose(o Options) ([]step, error) {
	wanted := map[string]bool{}
	all := steps()
	for _, name := range o.Steps {
		if !slices.ContainsFunc(all, func(s step) bool { return s.name == name }) {
			return nil, fmt.Errorf("there is no step %q; the steps are %v", name, StepNames())
		}
		wanted[o.instead(name)] = true
	}
	for _, s := range slices.Backward(all) {
		if !wanted[s.name] {
			continue
		}
		for _, need := range s.needs {
			wanted[o.instead(need)] = true
		}
	}
	chosen := slices.DeleteFunc(all, func(s step) bool { return !o.plays(s, wanted) })
	return chosen, o.checkFrom(chosen)
}

// checkFrom demands a revision where there is an upgrade, and an upgrade where
// there is a revision.
func (o Options) checkFrom(chosen []step) error {
	upgrade := slices.ContainsFunc(chosen, func(s step) bool { return s.name == "before" || s.name == "upgrade" })
	switch {
	case upgrade && o.From == "":
		return errors.New("the steps before and upgrade need -from=REV, the git revision whose code is applied first")
	case !upgrade && o.From != "":
		return fmt.Errorf("-from=%s is of no use here: none of the steps that were asked for needs what was applied before", o.From)
	}
	return nil
}

// instead is the step that stands for another one: an upgrade for the apply to
// an empty account.
func (o Options) instead(name string) string {
	if name == "apply" && o.From != "" {
		return "upgrade"
	}
	return name
}

// plays reports whether a step is part of the rehearsal.
func (o Options) plays(s step, wanted map[string]bool) bool {
	if len(o.Steps) > 0 {
		return wanted[s.name]
	}
	switch s.name {
	case "before", "upgrade":
		return o.From != ""
	case "apply":
		return o.From == ""
	case "destroy", "nothing":
		return o.Keep == nil
	}
	return true
}
