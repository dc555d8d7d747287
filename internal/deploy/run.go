package deploy

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"strings"

	"github.com/hashicorp/terraform-exec/tfexec"

	"tfgen/internal/deploy/report"
)

// A run is one run of Terraform in one root: what it is told beyond the
// ordinary, and what it said.
type run struct {
	root      Root
	verb      string             // what a person asked for: "plan", "apply"
	json      string             // the subcommand that streams events, or ""
	versioned bool               // terraform-exec picks its arguments by the version
	quiet     bool               // it is not among what -verbose shows
	listen    func(report.Event) // receives each event of the stream, or nil
	do        func(context.Context, *tfexec.Terraform) error

	veil        *strings.Replacer   // hides secrets in what it said
	lines       []*lines            // all that takes what it says line by line
	text, stray text                // what it said on stderr, and in the stream without being JSON
	diagnostics []report.Diagnostic // what it said in it
}

// run runs Terraform. The error is nil, the context's, or a *Failure.
func (t *Terraform) run(ctx context.Context, r *run) error {
	tf, err := tfexec.NewTerraform(r.root.Dir, t.Path)
	if err != nil {
		return fmt.Errorf("%s %s: there is no folder %s; tfgen generate writes it", r.verb, r.root.Name, r.root.Dir)
	}
	if err := t.configure(ctx, tf, r); err != nil {
		return err
	}
	logged, err := t.log(tf)
	if err != nil {
		return err
	}
	defer logged()
	err = onThread(ctx, func() error { return r.do(ctx, tf) })
	for _, l := range r.lines {
		l.end()
	}
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx) // terraform-exec's own error may hold nothing, and then panics when read
	case err != nil:
		return t.failure(r, err)
	}
	return nil
}

// configure prepares terraform-exec for one run.
func (t *Terraform) configure(ctx context.Context, tf *tfexec.Terraform, r *run) error {
	env, err := t.sharedEnv(tf)
	if err != nil {
		return err
	}
	if filepath.IsAbs(env["TF_DATA_DIR"]) {
		env["TF_DATA_DIR"] = t.dataDir(r.root)
	}
	if r.json != "" {
		// PlanJSON and ApplyJSON would do the same, after asking each root's
		// Terraform for its version once more.
		env["TF_CLI_ARGS_"+r.json] = "-json"
	}
	// No WaitDelay: after an interrupt Terraform has all the time it needs.
	if err := tf.SetWaitDelay(0); err != nil {
		return err
	}
	if r.versioned {
		// It is asked once, and here before the reader listens.
		if _, _, err := tf.Version(ctx, false); err != nil {
			return err
		}
	}
	r.veil = veil(t.secrets(r.root))
	stdout, stderr := t.writers(r)
	tf.SetStdout(stdout)
	tf.SetStderr(stderr)
	return nil
}

// sharedEnv gives terraform-exec an environment of its own and returns the
// map that it will read.
//
// SetEnv refuses TF_VAR_* and offers -var instead, which would show values to
// everyone who may list processes, and fails where a variable is not declared.
// The other way it knows, to inherit the process's environment, lets
// TF_CLI_ARGS through. So the variables are put into the map after it was
// checked. A test holds terraform-exec to reading it late.
func (t *Terraform) sharedEnv(tf *tfexec.Terraform) (map[string]string, error) {
	env := map[string]string{}
	if err := tf.SetEnv(env); err != nil {
		return nil, err
	}
	maps.Copy(env, t.env)
	return env, nil
}

// writers returns where Terraform's output goes. They never fail: Terraform
// must not stop because a reader of tfgen's output went away.
func (t *Terraform) writers(r *run) (stdout, stderr io.Writer) {
	if r.json != "" {
		return r.byLine(r.line), r.veiled(&r.text)
	}
	if t.config.Verbose == nil || r.quiet {
		return io.Discard, r.veiled(&r.text)
	}
	verbose := deaf{t.config.Verbose}
	return r.veiled(verbose), r.veiled(io.MultiWriter(verbose, &r.text))
}

// byLine calls each for every line of what the run says.
func (r *run) byLine(each func(line []byte)) *lines {
	l := &lines{each: each}
	r.lines = append(r.lines, l)
	return l
}

// line takes one line of a JSON stream.
func (r *run) line(line []byte) {
	e, ok := report.ParseEvent(line, r.veil.Replace)
	if !ok {
		_, _ = r.stray.Write([]byte(r.veil.Replace(string(line)) + "\n"))
		return
	}
	e.Root = r.root.Name
	if e.Diagnostic != nil {
		*e.Diagnostic = e.Diagnostic.In(r.root.Dir)
		r.diagnostics = append(r.diagnostics, *e.Diagnostic)
	}
	if r.listen != nil {
		r.listen(e)
	}
}

// deaf writes, and does not hear that nobody reads.
type deaf struct{ w io.Writer }

func (d deaf) Write(p []byte) (int, error) {
	_, _ = d.w.Write(p)
	return len(p), nil
}

// maxText caps what is kept of Terraform's text for an error, in bytes: half
// of it from the beginning, where a crash says what it is, and half from the
// end, where an error stands below what a provider printed.
const (
	maxText  = 16 << 10
	halfText = maxText / 2
)

// text keeps the beginning and the end of what is written to it.
type text struct {
	head, tail []byte
	dropped    bool // something between the two
}

func (t *text) Write(p []byte) (int, error) {
	room := min(len(p), halfText-len(t.head))
	t.head = append(t.head, p[:room]...)
	t.tail = append(t.tail, p[room:]...)
	if len(t.tail) > maxText { // and not at every line, which would move each many times
		t.cut()
	}
	return len(p), nil
}

// cut drops the beginning of a tail that is too long.
func (t *text) cut() {
	if more := len(t.tail) - halfText; more > 0 {
		t.tail = append(t.tail[:0], t.tail[more:]...)
		t.dropped = true
	}
}

func (t *text) String() string {
	t.cut()
	between := ""
	if t.dropped {
		between = "\n…\n"
	}
	return strings.ToValidUTF8(string(t.head)+between+string(t.tail), "")
}

// maxLine caps a line of the stream, in bytes. The longest that Terraform
// writes hold every output, or a diagnostic with its snippet.
const maxLine = 16 << 20

// lines calls each for every line that is written to it. Of a line that is too
// long the beginning counts.
type lines struct {
	each func(line []byte)
	rest []byte
}

func (l *lines) Write(p []byte) (int, error) {
	for part := range bytes.SplitAfterSeq(p, []byte("\n")) {
		line, whole := bytes.CutSuffix(part, []byte("\n"))
		l.rest = append(l.rest, line[:min(len(line), maxLine-len(l.rest))]...)
		if whole {
			l.each(l.rest)
			l.rest = l.rest[:0]
		}
	}
	return len(p), nil
}

// end takes what is left for a line: who crashes ends none.
func (l *lines) end() {
	if len(l.rest) > 0 {
		l.each(l.rest)
		l.rest = nil
	}
}
