package terminal

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/x/ansi"

	"tfgen/internal/deploy/report"
)

// nameWidth is the column of a step's name.
const nameWidth = 10

// The width where there is no terminal to ask, and the most that is used of one:
// nobody reads longer lines.
const (
	usualWidth = 100
	mostWidth  = 120
)

// A Rehearsal shows steps one after the other: a line when each has held, with
// what was found below it. On a terminal the line of the running step turns;
// elsewhere there is a sign of life every 30 seconds.
type Rehearsal struct {
	screen Screen

	mutex   sync.Mutex
	frame   int
	name    string // of the running step, or ""
	title   string
	notes   []string
	began   time.Time
	spoke   time.Time
	painted bool
}

// NewRehearsal begins to show steps on a screen.
func NewRehearsal(screen Screen) *Rehearsal {
	return &Rehearsal{screen: screen, spoke: screen.Now()}
}

// Begin shows that a step runs.
func (r *Rehearsal) Begin(name, title string) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.name, r.title, r.notes, r.began = name, title, nil, r.screen.Now()
	r.paint()
}

// Note keeps something that the step found, for when it ends.
func (r *Rehearsal) Note(text string) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.notes = append(r.notes, report.Clean(text))
}

// Held shows what a step proved.
func (r *Rehearsal) Held(proves string, took time.Duration) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	s := r.screen.Style
	r.end(s.green("✓"), proves, took)
}

// Idle shows why a step had nothing to do. It proved nothing.
func (r *Rehearsal) Idle(why string) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.end("·", "nothing to do: "+why, 0)
}

// Failed shows why a step did not hold: the error, the evidence, what it would
// have meant on AWS, and what to do. The last two may be "".
func (r *Rehearsal) Failed(reason string, evidence []string, onAWS, advice string, took time.Duration) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	s := r.screen.Style.readable()
	r.end(s.red("✗"), r.title, took)
	out := "\n" + s.message("  "+s.red("Failed:"), reason)
	if len(evidence) > 0 {
		out += "\n" + indent(report.Clean(strings.Join(evidence, "\n")), "    │ ")
	}
	r.write(out + s.labelled("On AWS:", onAWS) + s.labelled("To do:", advice))
}

// labelled is a sentence below a failure, or "" for none.
func (s Style) labelled(label, text string) string {
	if text == "" {
		return ""
	}
	return "\n  " + s.bold(pad(label, len("On AWS:"))) + " " + s.wrap(text, 10) + "\n"
}

// end writes the line of a step that is over, and its notes.
func (r *Rehearsal) end(mark, text string, took time.Duration) {
	r.erase()
	s := r.screen.Style.readable()
	out, margin := r.line(mark, text, elapsed(took)), nameWidth+4
	s.Width -= margin
	for _, note := range r.notes {
		for line := range strings.SplitSeq(s.wrap(note, 2), "\n") {
			out += strings.Repeat(" ", margin) + s.faint(line) + "\n"
		}
	}
	r.name = ""
	r.write(out)
}

// line is a step's mark, name and text, with a time at the end of the line.
func (r *Rehearsal) line(mark, text, took string) string {
	s := r.screen.Style.readable()
	room := max(10, s.Width-nameWidth-4-columns(took)-1)
	return mark + " " + s.bold(pad(r.name, nameWidth)) + "  " + pad(ansi.Truncate(text, room, "…"), room) + " " + took + "\n"
}

// Tick lets time pass.
func (r *Rehearsal) Tick() {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.frame++
	if r.screen.Style.Live {
		r.paint()
		return
	}
	if r.name != "" && r.screen.Now().Sub(r.spoke) >= heartbeat {
		r.write(fmt.Sprintf("  %s: %s …\n", r.title, elapsed(r.screen.Now().Sub(r.began))))
	}
}

// Start ticks until stop is called.
func (r *Rehearsal) Start(every time.Duration) (stop func()) {
	ticker, done := time.NewTicker(every), make(chan struct{})
	var wait sync.WaitGroup
	wait.Go(func() {
		for {
			select {
			case <-ticker.C:
				r.Tick()
			case <-done:
				return
			}
		}
	})
	return func() { ticker.Stop(); close(done); wait.Wait() }
}

// Say writes a line between the steps.
func (r *Rehearsal) Say(text string) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.erase()
	r.write(report.Clean(text) + "\n")
}

// paint draws the line of the running step over the last one.
func (r *Rehearsal) paint() {
	if !r.screen.Style.Live || r.name == "" {
		return
	}
	r.erase()
	if r.screen.Size != nil {
		r.screen.Style.Width, _ = r.screen.Size()
	}
	glyphs := []rune(spinner)
	glyph := r.screen.Style.yellow(string(glyphs[r.frame%len(glyphs)]))
	r.write(r.line(glyph, r.title, elapsed(r.screen.Now().Sub(r.began))))
	r.painted = true
}

func (r *Rehearsal) erase() {
	if r.painted {
		r.write(ansi.CursorUp(1) + "\r" + ansi.EraseScreenBelow)
		r.painted = false
	}
}

func (r *Rehearsal) write(text string) {
	_, _ = r.screen.Out.Write([]byte(text)) // A reader that went away stops nothing.
	r.spoke = r.screen.Now()
}

// readable is a style whose lines are as wide as one reads with ease.
func (s Style) readable() Style {
	if s.Width <= 0 {
		s.Width = usualWidth
	}
	s.Width = min(s.Width, mostWidth)
	return s
}

// A Rehearsed is what a rehearsal came to.
type Rehearsed struct {
	Steps   int      // that held
	Product string   // "Terraform" or "OpenTofu"
	Idle    []string // names of those that had nothing to do
	Took    time.Duration
	Proved  []string // sentences
	Untold  []string // what nobody can tell
}

// Rehearsed is what stands below the last step: what nobody can tell, and at
// the very end what was proved.
func (s Style) Rehearsed(r Rehearsed) string {
	s = s.readable()
	steps := fmt.Sprintf("%d steps", r.Steps)
	if r.Steps == 1 {
		steps = "1 step"
	}
	held := s.green("Everything held.") + fmt.Sprintf(" %s in %s, against a local AWS, with the real %s.", steps, elapsed(r.Took), r.Product)
	if len(r.Idle) > 0 {
		held += " Nothing to do, and nothing proved: " + strings.Join(r.Idle, ", ") + "."
	}
	return s.listed("What a local AWS cannot tell", r.Untold) + s.listed("What was proved", r.Proved) + "\n" + s.wrap(held, 0) + "\n"
}

func (s Style) listed(title string, lines []string) string {
	out := "\n" + s.bold(title) + "\n"
	for _, line := range lines {
		out += "  · " + s.wrap(line, 4) + "\n"
	}
	return out
}
