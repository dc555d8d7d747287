package terminal

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"tfgen/internal/deploy/report"
)

// heartbeat is how long a progress without a terminal may be silent.
const heartbeat = 30 * time.Second

// A Task is one root that makes progress.
type Task struct {
	Root  string
	Total int // operations to do; 0 where that is not known, as in planning
}

// Screen is what a progress is drawn on.
type Screen struct {
	Out   io.Writer                  // progress never fails for what it returns
	Style Style                      // its width is asked anew through Size
	Size  func() (width, height int) // of the terminal now; nil where there is none
	Now   func() time.Time
}

// A Progress shows how Terraform gets on. On a terminal that is a bar with a
// line for each resource in flight, painted over and over; elsewhere one line
// for each resource that is done, and a sign of life every 30 seconds. Its
// methods may be called from several goroutines.
type Progress struct {
	screen Screen
	verb   string // "Applying"
	tracks []*track

	mutex   sync.Mutex
	frame   int
	painted []string  // the lines on the screen that will be painted over
	spoke   time.Time // when the last line was written
}

// NewProgress begins to show the progress of some roots; verb is what is done
// with them, such as "Applying". Close ends it.
func NewProgress(screen Screen, verb string, tasks []Task) *Progress {
	p := &Progress{screen: screen, verb: verb, spoke: screen.Now()}
	for _, t := range tasks {
		p.tracks = append(p.tracks, &track{Task: t, began: screen.Now()})
	}
	return p
}

// Event takes what Terraform says.
func (p *Progress) Event(e report.Event) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	for _, t := range p.tracks {
		if t.Root != e.Root {
			continue
		}
		if e.Type == report.LockWait && !t.locked {
			t.locked = true
			p.say("Taking the lock of the state of " + t.Root + " takes long: somebody else may hold it.")
		}
		if done := t.add(e, p.screen.Now()); done != nil && !p.screen.Style.Live && t.Total > 0 {
			p.write(p.prefix(t) + done.sentence() + "\n")
		}
	}
}

// Tick lets time pass: it paints anew, or gives a sign of life if it is time.
func (p *Progress) Tick() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.screen.Style.Live {
		p.frame++
		p.repaint()
		return
	}
	if p.screen.Now().Sub(p.spoke) < heartbeat {
		return
	}
	for _, t := range p.tracks {
		if !t.ended() {
			p.write(p.verb + " " + t.alive(p.screen.Now()) + "\n")
		}
	}
}

// Start calls Tick at an interval until stop is called.
func (p *Progress) Start(every time.Duration) (stop func()) {
	ticker, done := time.NewTicker(every), make(chan struct{})
	go func() {
		for {
			select {
			case <-ticker.C:
				p.Tick()
			case <-done:
				return
			}
		}
	}()
	return sync.OnceFunc(func() { ticker.Stop(); close(done) })
}

// Say writes something for a person between the progress, such as that an
// interrupt was heard.
func (p *Progress) Say(text string) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.say(text)
}

func (p *Progress) say(text string) {
	p.write(p.erase() + strings.TrimRight(text, "\n") + "\n")
	if p.screen.Style.Live {
		p.repaint()
	}
}

// Close leaves on the screen what was done, all of it.
func (p *Progress) Close() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if !p.screen.Style.Live {
		return
	}
	text := p.erase()
	for _, t := range p.tracks {
		if t.Total > 0 {
			text += strings.Join(p.final(t), "\n") + "\n"
		}
	}
	p.write(text)
}

// write ignores errors: an apply goes on when nobody looks any more.
func (p *Progress) write(text string) {
	p.spoke = p.screen.Now()
	_, _ = io.WriteString(p.screen.Out, text)
}

// prefix names the root where there are several.
func (p *Progress) prefix(t *track) string {
	if len(p.tracks) == 1 {
		return ""
	}
	return t.Root + ": "
}

// elapsed is a duration as people say it: 58s, 1m12s.
func elapsed(d time.Duration) string {
	return fmt.Sprint(max(0, d.Round(time.Second)))
}
