package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"tfgen/generator/spec"
	"tfgen/internal/deploy"
	"tfgen/internal/deploy/report"
	"tfgen/internal/terminal"
)

// fail shows an error that ended a command.
func (a *app) fail(err error) {
	_, usage := errors.AsType[*usageError](err)
	if a.flags.json && !usage {
		a.diagnose("error", err.Error())
		return
	}
	fmt.Fprint(a.err, a.style(a.err).Error(err.Error()))
}

// warn shows something that is worth a look.
func (a *app) warn(text string) {
	if a.flags.json {
		a.diagnose("warning", text)
		return
	}
	fmt.Fprint(a.err, a.style(a.err).Warning(text))
}

// note says something beside the result.
func (a *app) note(text string) {
	if a.flags.json {
		a.line("message", map[string]any{"message": text})
		return
	}
	fmt.Fprintln(a.err, report.Clean(text))
}

// diagnose writes an error or a warning in the form of Terraform's stream.
func (a *app) diagnose(severity, text string) {
	summary, detail, _ := strings.Cut(text, "\n")
	a.line("diagnostic", map[string]any{
		"message":    summary,
		"diagnostic": map[string]string{"severity": severity, "summary": summary, "detail": strings.TrimSpace(detail)},
	})
}

// showProblems shows what is wrong with a spec, each with its place.
func (a *app) showProblems(problems spec.Problems) {
	if a.flags.json {
		for _, p := range problems {
			a.line("diagnostic", map[string]any{"message": p.Summary, "diagnostic": p})
		}
		return
	}
	style := a.style(a.err)
	for _, p := range problems {
		show := style.Error
		if p.Severity == spec.Warning {
			show = style.Warning
		}
		fmt.Fprint(a.err, show(problemText(p)))
	}
}

// problemText is a problem in the form of Terraform's diagnostics: what, where,
// the source line, and what to do.
func problemText(p spec.Problem) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s)\non %s", p.Summary, p.Code, p.Range.Filename)
	if p.Range.Start.Line > 0 {
		fmt.Fprintf(&b, " line %d, column %d", p.Range.Start.Line, p.Range.Start.Column)
	}
	if s := p.Snippet; s != nil {
		if s.Context != "" {
			fmt.Fprintf(&b, ", in %s", s.Context)
		}
		for i, line := range strings.Split(s.Code, "\n") {
			fmt.Fprintf(&b, "\n%4d: %s", s.StartLine+i, line)
		}
	}
	fmt.Fprintf(&b, "\n%s", p.Detail)
	return b.String()
}

// say is what a signal has to say: nothing, unless Terraform runs.
func (a *app) say(text string) {
	if say := a.running.now.Load(); say != nil {
		(*say)(text)
	}
}

// aloud is how to say something beside progress, which show shows where it is
// shown at all.
func (a *app) aloud(show func(string)) func(string) {
	if a.flags.json || a.flags.verbose {
		return a.note
	}
	return show
}

// interrupted says what there is to say about the end, and that it came early.
func (a *app) interrupted(stop *deploy.Interrupted) {
	for _, e := range parts(stop.Err) {
		_, said := errors.AsType[exitCode](e)
		if !said && !errors.Is(e, context.Canceled) {
			a.fail(e)
		}
	}
	a.note(fmt.Sprintf("Stopped (%s).", stop.Signal))
}

// line writes one line for programs.
func (a *app) line(kind string, fields map[string]any) {
	_ = a.lines().Write(kind, fields) // what it writes to remembers its errors
}

func (a *app) lines() terminal.JSONLines {
	return terminal.JSONLines{Out: a.out, Version: version(), Now: now}
}
