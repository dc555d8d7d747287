package main

import (
	"io"
	"sync/atomic"
	"time"

	"tfgen/internal/deploy/report"
	"tfgen/internal/terminal"
)

// now is the clock of what is shown.
func now() time.Time { return time.Now() }

// style is how a stream may look.
func (a *app) style(s *stream) terminal.Style {
	tty := s.isTerminal()
	color := terminal.ColorFor(a.environ, a.flags.noColor, tty)
	style := terminal.Style{Color: color, Live: tty && color}
	if tty {
		style.Width, _ = s.size()
	}
	return style
}

// screen is where progress is shown: stderr, so that stdout holds results only.
// Where each event is a line of JSON, or Terraform speaks for itself, it is
// shown nowhere.
func (a *app) screen() terminal.Screen {
	if a.flags.json || a.flags.verbose {
		return terminal.Screen{Out: io.Discard, Now: now}
	}
	screen := terminal.Screen{Out: a.err, Style: a.style(a.err), Now: now}
	if screen.Style.Live {
		screen.Size = a.err.size
	}
	return screen
}

// running is who tells a person what a signal does, while Terraform runs.
type running struct {
	now atomic.Pointer[func(string)]
}

// speaks lets say tell of signals until the function that it returns is called.
func (r *running) speaks(say func(string)) (done func()) {
	r.now.Store(&say)
	return func() { r.now.Store(nil) }
}

// progress shows how far Terraform is until done is called.
func (a *app) progress(verb string, tasks []terminal.Task) (listen func(report.Event), done func()) {
	p := terminal.NewProgress(a.screen(), verb, tasks)
	silent := a.running.speaks(a.aloud(p.Say))
	stop := p.Start(100 * time.Millisecond)
	done = func() {
		silent()
		stop()
		p.Close()
	}
	if !a.flags.json {
		return p.Event, done
	}
	return func(e report.Event) { _ = a.lines().Event(e) }, done
}
