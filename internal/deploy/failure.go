package deploy

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"

	"tfgen/internal/deploy/report"
)

// maxDiagnostics caps how many diagnostics an error prints.
const maxDiagnostics = 10

// A Failure is what Terraform said when it failed.
type Failure struct {
	Root        Root
	Product     string              // "Terraform" or "OpenTofu"
	Verb        string              // what was asked for: "plan", "apply", "initialize"
	Advice      string              // what to do about it, in a sentence; "" where Terraform's words must do
	Local       bool                // the reason is this machine: its disk, its network, or what is installed
	Diagnostics []report.Diagnostic // without repetition
	Text        string              // what Terraform said in plain text, without escapes
	Shown       bool                // the reader has seen Terraform's own words already

	err error // *LockHeld, *StalePlan or terraform-exec's
}

// Unwrap gives access to a *LockHeld or a *StalePlan.
func (f *Failure) Unwrap() error { return f.err }

// Error says what failed, what to do, and then Terraform's words once.
func (f *Failure) Error() string {
	parts := []string{fmt.Sprintf("%s %s: %s failed", f.Verb, f.Root.Name, f.Product)}
	if f.Advice != "" {
		parts[0] = fmt.Sprintf("%s %s: %s", f.Verb, f.Root.Name, f.Advice)
	}
	if !f.Shown {
		parts = append(parts, f.words()...)
	}
	return strings.Join(parts, "\n\n")
}

// words are Terraform's errors; its warnings have their place elsewhere.
func (f *Failure) words() []string {
	var said []string
	for _, d := range f.Diagnostics {
		if d.IsError() {
			said = append(said, d.String())
		}
	}
	if len(said) == 0 && f.Text != "" {
		return []string{f.Text}
	}
	if more := len(said) - maxDiagnostics; more > 0 {
		said = append(said[:maxDiagnostics], fmt.Sprintf("… and %d more errors; -verbose shows all.", more))
	}
	return said
}

// everything is all that Terraform said, to look for what it means.
func (f *Failure) everything() string {
	var b strings.Builder
	for _, d := range f.Diagnostics {
		if d.IsError() {
			b.WriteString(d.Summary + "\n" + d.Detail + "\n")
		}
	}
	return b.String() + f.Text
}

// wantsInit reports whether Terraform failed for want of an init.
func (f *Failure) wantsInit() bool { return strings.Contains(f.everything(), "terraform init") }

// failure makes an error of a run that failed.
func (t *Terraform) failure(r *run, err error) error {
	f := &Failure{
		Root:        r.root,
		Product:     t.Product,
		Verb:        r.verb,
		Diagnostics: report.Unique(r.diagnostics),
		Text:        located(unboxed(r.text.String()+"\n"+r.stray.String()), r.root.Dir),
		Shown:       t.config.Verbose != nil && !r.quiet,
		err:         err,
	}
	said := f.everything()
	switch how := killed(err); {
	case how != "":
		f.Advice = fmt.Sprintf("%s did not end by itself (%s); perhaps somebody ended it, or there was no memory left.", t.Product, how)
		f.Local = true
	case strings.Contains(said, "Error acquiring the state lock") && strings.Contains(said, "Lock Info:"):
		held := t.lockHeld(r.root, said)
		if held.ID == "" { // Nobody holds it: the place of the lock is missing, or closed.
			f.Advice, f.Local = t.advice(f, said)
		}
		if f.Advice == "" {
			f.err, f.Advice = held, held.Error()
		}
	case strings.Contains(said, "Saved plan is stale"):
		stale := &StalePlan{Root: r.root}
		f.err, f.Advice = stale, stale.Error()
	default:
		f.Advice, f.Local = t.advice(f, said)
	}
	return f
}

// unboxed takes the frame of box characters off Terraform's plain text.
func unboxed(text string) string {
	var kept []string
	for line := range strings.Lines(report.Clean(text)) {
		line = strings.TrimRight(strings.TrimPrefix(strings.TrimLeft(line, "╷╵"), "│"), " \n")
		kept = append(kept, strings.TrimPrefix(line, " "))
	}
	return strings.TrimSpace(strings.Join(kept, "\n"))
}

// located names the files of a text as diagnostics do: seen from where dir, the
// root's folder, is relative to. Terraform names them as seen from there.
func located(text, dir string) string {
	place := regexp.MustCompile(`(?m)^( *on )(.+?)( line \d+)`)
	return place.ReplaceAllStringFunc(text, func(said string) string {
		parts := place.FindStringSubmatch(said)
		file := filepath.Join(dir, parts[2])
		if filepath.IsAbs(parts[2]) || !exists(file) {
			return said
		}
		return parts[1] + file + parts[3]
	})
}

// A StalePlan is a saved plan whose state has moved on.
type StalePlan struct{ Root Root }

func (e *StalePlan) Error() string {
	return "the saved plan is stale: the state has changed since it was made. Nothing was applied; plan anew."
}
