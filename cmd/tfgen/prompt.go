package main

import (
	"bufio"
	"context"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/term"
)

// mayProceed ends a run that would have to ask where there is nobody, before
// any work.
func (a *app) mayProceed(o applyOptions) error {
	if o.reviewed() {
		return nil
	}
	why := a.cannotAsk()
	if why == "" {
		return nil
	}
	look := "tfgen plan"
	if o.destroy {
		look += " -destroy"
	}
	return fmt.Errorf("%s: give -auto-approve to go ahead without a question, or look first with %s", why, look)
}

// cannotAsk is why there is nobody to ask, or "".
func (a *app) cannotAsk() string {
	no := func(text string) bool {
		yes, err := strconv.ParseBool(text)
		return err == nil && !yes
	}
	ci := a.getenv("CI")
	switch {
	case a.flags.json:
		return "with -json there is no question"
	case !a.flags.input:
		return "with -input=false there is no question"
	case no(a.getenv("TF_INPUT")):
		return "TF_INPUT says not to ask"
	case ci != "" && !no(ci):
		return "CI is set, so there is nobody to ask"
	case !term.IsTerminal(int(a.in.Fd())) || !a.err.isTerminal():
		return "there is no terminal to ask on"
	}
	return ""
}

// confirm asks. Only yes is yes.
func (a *app) confirm(ctx context.Context, o applyOptions) error {
	if o.reviewed() {
		return nil
	}
	what := "Shall tfgen make these changes?"
	if o.destroy {
		what = "Shall tfgen remove all of this, with the images, artifacts and logs in it?"
	}
	fmt.Fprintf(a.err, "\n%s\nOnly yes is taken for yes: ", what)
	answer, err := a.readLine(ctx)
	if err != nil {
		fmt.Fprintln(a.err)
		return err
	}
	if answer != "yes" {
		a.note("Nothing was changed.")
		return exitCode(1)
	}
	fmt.Fprintln(a.err)
	return nil
}

// readLine reads an answer. The end of the input is an empty one.
func (a *app) readLine(ctx context.Context) (string, error) {
	return await(ctx, func() (string, error) {
		text, _ := bufio.NewReader(a.in).ReadString('\n')
		return strings.TrimSpace(text), nil
	})
}

// await waits for f, which reads what a person types, unless a signal comes
// first.
func await[T any](ctx context.Context, f func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	go func() {
		value, err := f()
		done <- result{value, err}
	}()
	select {
	case r := <-done:
		return r.value, r.err
	case <-ctx.Done():
		var none T
		return none, context.Cause(ctx)
	}
}
