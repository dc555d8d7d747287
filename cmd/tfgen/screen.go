package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"tfgen/generator/spec"
	"tfgen/internal/deploy"
	"tfgen/internal/terminal"
)

// style is how a stream may look.
func (a *app) style(stream *os.File) terminal.Style {
	fd := int(stream.Fd())
	tty := term.IsTerminal(fd)
	color := terminal.ColorFor(a.environ, a.flags.noColor, tty)
	style := terminal.Style{Color: color, Live: tty && color}
	if width, _, err := term.GetSize(fd); tty && err == nil {
		style.Width = width
	}
	return style
}

// screen is where progress is shown: stderr, so that stdout holds results only.
func (a *app) screen() terminal.Screen {
	screen := terminal.Screen{Out: a.err, Style: a.style(a.err), Now: time.Now}
	if screen.Style.Live {
		screen.Size = func() (int, int) {
			width, height, _ := term.GetSize(int(a.err.Fd()))
			return width, height
		}
	}
	return screen
}

// fail shows the error that ended a command.
func (a *app) fail(err error) {
	fmt.Fprint(a.err, a.style(a.err).Error(err.Error()))
}

// warn shows something that is worth a look.
func (a *app) warn(text string) {
	fmt.Fprint(a.err, a.style(a.err).Warning(text))
}

// showProblems shows what is wrong with a spec, each with its place.
func (a *app) showProblems(problems spec.Problems) {
	style := a.style(a.err)
	for _, p := range problems {
		text := problemText(p)
		if p.Severity == spec.Warning {
			fmt.Fprint(a.err, style.Warning(text))
			continue
		}
		fmt.Fprint(a.err, style.Error(text))
	}
}

// problemText is a problem in the form of Terraform's diagnostics: what, where,
// the source line, and what to do.
func problemText(p spec.Problem) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s)\n", p.Summary, p.Code)
	fmt.Fprintf(&b, "on %s line %d, column %d", p.Range.Filename, p.Range.Start.Line, p.Range.Start.Column)
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

// canAsk reports whether there is somebody to ask. Without a terminal, in CI or
// where it was forbidden, there never is.
func (a *app) canAsk() bool {
	if !a.flags.input || a.getenv("CI") != "" && a.getenv("CI") != "false" {
		return false
	}
	switch strings.ToLower(a.getenv("TF_INPUT")) {
	case "0", "false":
		return false
	}
	return term.IsTerminal(int(a.in.Fd())) && term.IsTerminal(int(a.err.Fd()))
}

// roots returns the project's root modules, or the one that env names.
func (a *app) roots(s *spec.Spec, env string) ([]deploy.Root, error) {
	var roots []deploy.Root
	var names []string
	for _, r := range spec.Roots(s) {
		names = append(names, r.Name)
		if env == "" || r.Name == env {
			roots = append(roots, deploy.Root{Name: r.Name, Dir: a.show(a.path(joinDir(s.Dir, r.Dir)))})
		}
	}
	if len(roots) == 0 && env != "" {
		return nil, fmt.Errorf("there is no environment %q.%s The spec has %s", env, didYouMean(env, names, ""), strings.Join(names, ", "))
	}
	if len(roots) == 0 {
		return nil, errors.New("the spec describes nothing to apply: it has neither a source nor a cluster")
	}
	return roots, nil
}
