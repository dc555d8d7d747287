package terminal_test

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"tfgen/internal/deploy/report"
	"tfgen/internal/terminal"
)

// clock is a time that tests turn.
type clock struct{ now time.Time }

func (c *clock) Now() time.Time          { return c.now }
func (c *clock) forward(d time.Duration) { c.now = c.now.Add(d) }

func event(kind, address string, a report.Action, took time.Duration) report.Event {
	return report.Event{Root: "production", Type: kind, Resource: report.Resource{Address: address}, Action: a, Elapsed: took}
}

// life is an apply as Terraform tells it, with the time that passes between.
func life(p *terminal.Progress, c *clock, tick func()) {
	for _, step := range []struct {
		event report.Event
		pass  time.Duration
	}{
		{event(report.ApplyStart, "aws_sns_topic.approval", report.Create, 0), 0},
		{event(report.ApplyStart, "data.aws_ecs_service.live", report.Read, 0), time.Second},
		{event(report.ApplyComplete, "data.aws_ecs_service.live", report.Read, time.Second), 0},
		{event(report.ApplyComplete, "aws_sns_topic.approval", report.Create, time.Second), 0},
		{event("never_heard_of", "aws_sns_topic.approval", "", 0), 0},
		{event(report.ApplyStart, "aws_ecs_service.this", report.Update, 0), 0},
		{event(report.ApplyStart, "aws_lb.this", report.Delete, 0), 20 * time.Second},
		{event(report.ApplyProgress, "aws_ecs_service.this", report.Update, 20*time.Second), 9 * time.Second},
		{event(report.ApplyErrored, "aws_lb.this", report.Delete, 29*time.Second), 29 * time.Second},
		{event(report.ApplyProgress, "aws_ecs_service.this", report.Update, 50*time.Second), 14 * time.Second},
	} {
		p.Event(step.event)
		c.forward(step.pass)
		tick()
	}
}

// TestLock holds that a lock which takes long is told of once, and that nobody is
// said to hold it: a slow bucket looks the same.
func TestLock(t *testing.T) {
	var out bytes.Buffer
	p := terminal.NewProgress(terminal.Screen{Out: &out, Now: (&clock{}).Now}, "Planning", []terminal.Task{{Root: "delivery"}, {Root: "production"}})
	for range 2 {
		p.Event(event(report.LockWait, "", "", 0))
	}
	if want := "Taking the lock of the state of production takes long: somebody else may hold it.\n"; out.String() != want {
		t.Errorf("%q, want %q", out.String(), want)
	}
}

// TestLines holds what a log shows: a line for each resource that is done,
// and a sign of life no oftener than every 30 seconds.
func TestLines(t *testing.T) {
	var out bytes.Buffer
	c := &clock{}
	p := terminal.NewProgress(terminal.Screen{Out: &out, Now: c.Now}, "Applying", []terminal.Task{{Root: "production", Total: 4}})
	life(p, c, p.Tick)
	p.Say("Stopping.")
	p.Close()
	want := `aws_sns_topic.approval created after 1s
aws_lb.this failed after 29s
Applying production: 1 of 4 done, 1m13s, updating aws_ecs_service.this
Stopping.
`
	if out.String() != want {
		t.Errorf("%s\nwant:\n%s", out.String(), want)
	}
}

// TestHeartbeat holds the interval from both sides, and that it names roots.
func TestHeartbeat(t *testing.T) {
	var out bytes.Buffer
	c := &clock{}
	p := terminal.NewProgress(terminal.Screen{Out: &out, Now: c.Now}, "Planning", []terminal.Task{{Root: "production"}, {Root: "delivery"}})
	p.Event(event(report.RefreshStart, "x.y", "", 0))
	p.Event(event(report.RefreshComplete, "x.y", "", 0))
	for i := range 61 {
		if i == 35 {
			p.Event(event(report.RefreshStart, "x.slow", "", 0))
		}
		c.forward(time.Second)
		p.Tick()
	}
	want := `Planning production: 1 read, 30s
Planning delivery: 0 read, 30s
Planning production: 1 read, 1m0s, still reading x.slow
Planning delivery: 0 read, 1m0s
`
	if out.String() != want {
		t.Errorf("%s\nwant:\n%s", out.String(), want)
	}
}

// TestTwoRoots holds that lines say which root they belong to.
func TestTwoRoots(t *testing.T) {
	var out bytes.Buffer
	c := &clock{}
	p := terminal.NewProgress(terminal.Screen{Out: &out, Now: c.Now}, "Applying", []terminal.Task{{"production", 1}, {"delivery", 1}})
	p.Event(event(report.ApplyComplete, "x.y", report.Create, time.Minute))
	if want := "production: x.y created after 1m0s\n"; out.String() != want {
		t.Errorf("%q, want %q", out.String(), want)
	}
}

// TestClosedPipe holds that nobody listening is no trouble.
func TestClosedPipe(*testing.T) {
	c := &clock{}
	p := terminal.NewProgress(terminal.Screen{Out: deadPipe{}, Now: c.Now}, "Applying", []terminal.Task{{"production", 4}})
	life(p, c, p.Tick)
	p.Close()
}

type deadPipe struct{}

func (deadPipe) Write([]byte) (int, error) { return 0, errors.New("broken pipe") }

// A screen understands what a progress writes to a terminal: text, and taking
// back the rows it wrote last.
type screen struct {
	t             *testing.T
	width, height int
	lines         []string
}

func (s *screen) Size() (int, int) { return s.width, s.height }

func (s *screen) Write(p []byte) (int, error) {
	text := string(p)
	erase := regexp.MustCompile(`^\x1b\[(\d*)A\r\x1b\[J`)
	if m := erase.FindStringSubmatch(text); m != nil {
		rows := 1
		if m[1] != "" {
			rows, _ = strconv.Atoi(m[1])
		}
		s.take(rows)
		text = text[len(m[0]):]
	}
	text, ok := strings.CutSuffix(ansi.Strip(text), "\n")
	if !ok && text != "" {
		s.t.Errorf("the cursor stays behind %q", text)
	}
	if ok {
		s.lines = append(s.lines, strings.Split(text, "\n")...)
	}
	return len(p), nil
}

// take removes rows from the bottom, as wide as the screen is now.
func (s *screen) take(rows int) {
	for rows > 0 && len(s.lines) > 0 {
		last := s.lines[len(s.lines)-1]
		rows -= max(1, (ansi.StringWidth(last)+s.width-1)/s.width)
		s.lines = s.lines[:len(s.lines)-1]
	}
	if rows != 0 {
		s.t.Errorf("took %d rows too many", -rows)
	}
}

func (s *screen) text() string { return strings.Join(s.lines, "\n") + "\n" }

func live(t *testing.T, width, height int) (*screen, *clock, terminal.Screen) {
	s, c := &screen{t: t, width: width, height: height, lines: []string{"$ tfgen apply"}}, &clock{}
	return s, c, terminal.Screen{Out: s, Style: terminal.Style{Color: true, Live: true}, Size: s.Size, Now: c.Now}
}

// TestLive holds what a terminal shows on the way and in the end.
func TestLive(t *testing.T) {
	s, c, on := live(t, 90, 24)
	p := terminal.NewProgress(on, "Applying", []terminal.Task{{"production", 7}})
	life(p, c, p.Tick)
	golden(t, "live", s.text())

	s.width = 50 // the window gets narrower
	p.Tick()
	golden(t, "live-narrow", s.text())

	s.width = 90
	p.Say("Stopping.")
	p.Event(event(report.ApplyComplete, "aws_ecs_service.this", report.Update, time.Minute+13*time.Second))
	p.Close()
	golden(t, "live-end", s.text())
}

// TestLiveShort holds that a picture is never higher than the screen, which
// could not be taken back, and that the end shows everything all the same.
func TestLiveShort(t *testing.T) {
	s, c, on := live(t, 60, 8)
	p := terminal.NewProgress(on, "Applying", []terminal.Task{{"production", 40}})
	for i := range 20 {
		p.Event(event(report.ApplyStart, fmt.Sprintf("x.y[%d]", i), report.Create, 0))
		p.Tick()
		if rows := len(s.lines) - 1; rows >= s.height {
			t.Fatalf("%d rows on a screen of %d:\n%s", rows, s.height, s.text())
		}
	}
	golden(t, "live-short-flight", s.text())
	for i := range 18 {
		c.forward(time.Second)
		p.Event(event(report.ApplyComplete, fmt.Sprintf("x.y[%d]", i), report.Create, time.Second))
		p.Tick()
	}
	golden(t, "live-short", s.text())
	p.Close()
	if got := strings.Count(s.text(), "✓"); got != 18 {
		t.Errorf("%d finished at the end:\n%s", got, s.text())
	}
}

// TestLiveManyRoots holds the same for more roots than there is room for.
func TestLiveManyRoots(t *testing.T) {
	s, _, on := live(t, 60, 8)
	p := terminal.NewProgress(on, "Applying", []terminal.Task{{"a", 9}, {"b", 9}, {"production", 9}})
	for i := range 5 {
		for _, root := range []string{"a", "b", "production"} {
			e := event(report.ApplyStart, fmt.Sprintf("x.y[%d]", i), report.Create, 0)
			e.Root = root
			p.Event(e)
		}
		p.Tick()
	}
	if rows := len(s.lines) - 1; rows >= s.height {
		t.Errorf("%d rows on a screen of %d:\n%s", rows, s.height, s.text())
	}
}

// TestLivePlanning holds that planning leaves nothing on the screen.
func TestLivePlanning(t *testing.T) {
	s, c, on := live(t, 60, 8)
	p := terminal.NewProgress(on, "Planning", []terminal.Task{{Root: "production"}, {Root: "delivery"}})
	p.Event(event(report.RefreshComplete, "x.y", "", 0))
	p.Event(event(report.RefreshStart, "x.slow", "", 0))
	c.forward(4 * time.Second)
	p.Tick()
	golden(t, "live-planning", s.text())
	c.forward(8 * time.Second)
	p.Tick()
	if want := "Planning production  1 read · 12s · still reading x.slow\n"; !strings.Contains(s.text(), want) {
		t.Errorf("%s\nhas no %s", s.text(), want)
	}
	p.Close()
	if want := "$ tfgen apply\n"; s.text() != want {
		t.Errorf("left:\n%s", s.text())
	}
}

// TestStart holds that the clock behind it can be stopped, twice.
func TestStart(t *testing.T) {
	s, _, on := live(t, 60, 8)
	ticked := make(chan bool)
	on.Now = func() time.Time {
		select {
		case ticked <- true:
		default:
		}
		return time.Time{}
	}
	stop := terminal.NewProgress(on, "Planning", []terminal.Task{{Root: "production"}}).Start(time.Millisecond)
	<-ticked
	stop()
	stop()
	_ = s
}
