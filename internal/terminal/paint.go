package terminal

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

const (
	barWidth = 24

	// statusWidth holds "destroying" and a time like "12m58s" behind it.
	statusWidth = 17

	// minColumn keeps the columns from moving with the first addresses.
	minColumn = 30

	spinner = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
)

// repaint draws the progress over what it drew before, in one write, so that
// nothing flickers.
func (p *Progress) repaint() {
	erase := p.erase()
	width, height := p.size()
	p.screen.Style.Width = max(1, width-1) // a full line would wrap on some terminals
	var lines []string
	room := max(4, (height-1)/max(1, len(p.tracks)))
	for _, t := range p.tracks {
		if !t.ended() || len(p.tracks) == 1 {
			lines = append(lines, p.block(t, room)...)
		} else {
			lines = append(lines, p.header(t))
		}
	}
	lines = lines[:min(len(lines), max(1, height-1))]
	p.painted = lines
	p.write(erase + strings.Join(lines, "\n") + "\n")
}

// size is the screen's now, or a common one where nobody can tell.
func (p *Progress) size() (width, height int) {
	if p.screen.Size != nil {
		width, height = p.screen.Size()
	}
	if width <= 0 || height <= 0 {
		return 80, 24
	}
	return width, height
}

// erase returns what takes the last picture off the screen. After a resize
// its lines may have wrapped, so the rows are counted for the width of now.
func (p *Progress) erase() string {
	if len(p.painted) == 0 {
		return ""
	}
	width, _ := p.size()
	rows := 0
	for _, line := range p.painted {
		rows += max(1, (columns(line)+width-1)/width)
	}
	p.painted = nil
	return ansi.CursorUp(rows) + "\r" + ansi.EraseScreenBelow
}

// block draws one root in at most so many lines: what is in flight has
// precedence over what is done, and the latest over what came before.
func (p *Progress) block(t *track, room int) []string {
	lines := []string{p.header(t)}
	if t.Total == 0 {
		return lines
	}
	var flight []string
	for _, it := range t.flight {
		flight = append(flight, p.line(t, p.glyph(), it, it.doing(), elapsed(p.screen.Now().Sub(it.began))))
	}
	room -= 2 // header and what is waiting
	if len(flight) > room {
		more := len(flight) - room + 1
		flight = append(flight[:max(0, room-1)], p.note("%d more in flight", more))
	}
	lines = append(append(lines, p.finished(t, room-len(flight))...), flight...)
	if waiting := t.waiting(); waiting > 0 {
		lines = append(lines, p.note("%d waiting", waiting))
	}
	return lines
}

// finished draws the latest items that are done, in at most so many lines.
func (p *Progress) finished(t *track, room int) []string {
	hidden := max(0, len(t.done)-room)
	if hidden > 0 {
		hidden = min(len(t.done), hidden+1) // one line says how many
	}
	var lines []string
	if hidden > 0 && room > 0 {
		lines = append(lines, p.note("%d done", hidden))
	}
	for _, it := range t.done[hidden:] {
		lines = append(lines, p.outcome(t, it))
	}
	return lines
}

// final draws everything that was done, to stay on the screen.
func (p *Progress) final(t *track) []string {
	lines := []string{p.header(t)}
	for _, it := range t.done {
		lines = append(lines, p.outcome(t, it))
	}
	return lines
}

// header is the bar with its numbers, or where there is no total, a sign of
// life.
func (p *Progress) header(t *track) string {
	s, since := p.screen.Style, elapsed(p.screen.Now().Sub(t.began))
	if t.Total == 0 {
		said := append([]string{fmt.Sprintf("%d read", t.read), since}, t.slow(p.screen.Now())...)
		return s.fit(p.glyph() + " " + s.bold(p.verb+" "+t.Root) + s.faint("  "+strings.Join(said, " · ")))
	}
	name, numbers := p.verb+" "+t.Root, fmt.Sprintf("%d/%d · %s", t.count, t.Total, since)
	width := max(0, min(barWidth, s.Width-columns(name+numbers)-3))
	done := min(width, width*t.count/t.Total)
	bar := s.green(strings.Repeat("━", done)) + s.faint(strings.Repeat("─", width-done))
	return s.fit(s.bold(name) + "  " + bar + " " + numbers)
}

func (p *Progress) outcome(t *track, it *item) string {
	mark := p.screen.Style.green("✓")
	if it.failed {
		mark = p.screen.Style.red("✗")
	}
	return p.line(t, mark, it, it.did(), elapsed(it.took))
}

// line is a resource with its status. Where the screen is narrow, the address
// loses its beginning: its end tells more.
func (p *Progress) line(t *track, mark string, it *item, status, took string) string {
	s := p.screen.Style
	room := max(1, min(t.widest(), s.Width-len("  x ")-len("  ")-statusWidth))
	address := it.address
	if over := columns(address) - room; over > 0 {
		address = "…" + ansi.TruncateLeft(address, over+1, "")
	}
	return s.fit(fmt.Sprintf("  %s %s  %s%6s", mark, pad(address, room), s.faint(pad(status, 11)), took))
}

// widest is the width of the column of addresses.
func (t *track) widest() int {
	width := minColumn
	for _, it := range slices.Concat(t.flight, t.done) {
		width = max(width, columns(it.address))
	}
	return width
}

func (p *Progress) note(format string, n int) string {
	return p.screen.Style.fit(p.screen.Style.faint("  · " + fmt.Sprintf(format, n)))
}

// glyph turns.
func (p *Progress) glyph() string {
	runes := []rune(spinner)
	return p.screen.Style.yellow(string(runes[p.frame%len(runes)]))
}
