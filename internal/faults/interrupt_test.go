package faults

import (
	"os"
	"os/exec"
	"slices"
	"syscall"
	"testing"
)

// storing is the call that stores the state, and not the one that locks it.
func (p *project) storing() string { return "PUT /" + p.bucket + "/" + stateKey + " " }

// interrupted holds an apply to what one signal makes of it: Terraform gets one
// interrupt, whatever tfgen got, is waited for while it stores the state, and
// leaves no lock.
func (p *project) interrupted(t *testing.T, x *process, signal func(), code int) {
	t.Helper()
	p.begun(t)
	store := p.aws.hold(t, p.storing())
	signal()
	store.arrived(t)
	if x.screen == nil {
		x.says(t, "Stopping: what runs was asked to end cleanly, and is waited for as long as that takes.")
	}
	if x.ended() {
		t.Error("nobody waits for the state to be stored")
	}
	store.pass()
	if got := x.end(t); got != code {
		t.Errorf("exit code %d, want %d", got, code)
	}
	p.aws.clear()
	if got := p.signals(t); !slices.Equal(got, []string{"interrupt"}) {
		t.Errorf("Terraform got %q", got)
	}
	// A lock that stays would be seen by whoever comes next.
	p.holds(t, "aws_codecommit_repository.this", "terraform_data.slow tainted")
}

// Somebody presses Ctrl-C on a terminal, which signals all that runs there;
// sends tfgen a signal; closes the terminal. Each time the same holds, and each
// apply goes on where the last one ended.
func TestOneSignal(t *testing.T) {
	t.Parallel()
	p := newProject(t, slow)

	x := startOnTerminal(t, p.witnessed(t, "apply"))
	x.says(t, "Only yes is taken for yes: ")
	x.types(t, "yes\n")
	p.interrupted(t, x, func() { x.types(t, "\x03") }, 130)
	demand(t, x.err.String(), `Stopping: what runs was asked to end`, `^ +done +module.source.aws_codecommit_repository.this`,
		`^ +failed +terraform_data.slow`, `^ +not begun +terraform_data.after`, `It is safe to run apply again`, `Stopped \(interrupt\)`)

	// Others wait for the lock meanwhile, and say so: one for less long than the
	// first one lives, and one that goes on when it is free.
	x = start(t, p.witnessed(t, "apply", "-auto-approve"))
	var second *process
	p.interrupted(t, x, func() {
		p.waitsInVain(t)
		second = start(t, p.command(t, "plan", "-lock-timeout=10m"))
		second.says(t, "Taking the lock of the state of delivery takes long: somebody else may hold it.")
		x.Process.Signal(syscall.SIGTERM)
	}, 143)
	if got := second.end(t); got != 0 {
		t.Errorf("the one that waited: exit code %d", got)
	}
	demand(t, second.out.String(), `terraform_data.slow`)

	x = startOnTerminal(t, p.witnessed(t, "apply", "-auto-approve"))
	p.interrupted(t, x, func() { x.screen.Close() }, 129)

	x = start(t, p.witnessed(t, "apply", "-auto-approve"))
	p.begun(t)
	p.twice(t, x)
}

// waitsInVain applies while another apply lives: that one is named, and nothing
// is done to what it holds.
func (p *project) waitsInVain(t *testing.T) {
	t.Helper()
	s := p.tfgen(t, "apply", "-auto-approve", "-lock-timeout=1s")
	if s.code != 1 {
		t.Errorf("exit code %d, want 1\n%s", s.code, s.out)
	}
	demand(t, s.err, `^Taking the lock of the state of delivery takes long: somebody else may hold it\.$`, `^Error: plan delivery: its state is locked by \S+@\S+ since .* \(Apply\)\. When that run is surely over, and only then, unlock it with:$`)
	if !p.locked(t) {
		t.Error("it took the lock away")
	}
}

// twice interrupts a second time while the state is being stored: Terraform
// ends without it, and tfgen says what that means, who holds the lock, and how
// to go on. That works as it is said.
func (p *project) twice(t *testing.T, x *process) {
	t.Helper()
	store := p.aws.hold(t, p.storing())
	x.Process.Signal(os.Interrupt)
	x.says(t, "Interrupt again to stop at once.")
	store.arrived(t)
	x.Process.Signal(os.Interrupt)
	if got := x.end(t); got != 130 {
		t.Errorf("exit code %d, want 130", got)
	}
	p.aws.clear()
	if got := p.signals(t); !slices.Equal(got, []string{"interrupt", "interrupt"}) {
		t.Errorf("Terraform got %q", got)
	}
	demand(t, x.err.String(), `^Stopping at once. What was being made may be missing from the state`, `Not all of this may be in the state`,
		`Terraform ended before it had stored the state of delivery`, `Its state is locked by \S+@\S+ since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+0000 UTC \(Apply\)`)
	if !p.locked(t) {
		t.Fatal("nobody holds the lock: this test shows nothing")
	}
	p.obey(t, x.err.String(), "terraform -chdir=infra/delivery force-unlock ")
	p.unheard(t)
	p.holds(t, "aws_codecommit_repository.this", "terraform_data.after", "terraform_data.slow")
	if p.locked(t) {
		t.Error("the state is still locked")
	}
}

// unheard applies without a stdin and a terminal, for a reader that goes away in
// the middle, which ends nothing.
func (p *project) unheard(t *testing.T) {
	t.Helper()
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "sh", "-c", "exec tfgen apply -auto-approve <&- >&3 2>&1 3>&-")
	cmd.Dir, cmd.Env, cmd.ExtraFiles = p.dir, slices.Clone(p.env), []*os.File{writer}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	x := start(t, cmd)
	writer.Close()
	p.begun(t)
	reader.Close()
	p.goOn(t)
	if got := x.end(t); got != 0 {
		t.Errorf("nobody hears it: exit code %d", got)
	}
}

// Before anything is made there is nothing to save, but a lock to give back.
func TestEarlySignal(t *testing.T) {
	t.Parallel()
	p := newProject(t, slow)
	state := "/" + p.bucket + "/" + stateKey
	for _, phase := range []struct {
		name, call string
		signal     syscall.Signal
		code       int
	}{
		{"init", "GET /" + p.bucket, syscall.SIGINT, 130},
		{"plan, with the lock", "HEAD " + state, syscall.SIGHUP, 129},
	} {
		gate := p.aws.hold(t, phase.call)
		x := start(t, p.witnessed(t, "plan"))
		gate.arrived(t)
		x.Process.Signal(phase.signal)
		x.says(t, "Stopping: what runs was asked")
		gate.pass()
		if got := x.end(t); got != phase.code {
			t.Errorf("%s: exit code %d, want %d", phase.name, got, phase.code)
		}
		if got := p.signals(t); !slices.Equal(got, []string{"interrupt"}) {
			t.Errorf("%s: Terraform got %q", phase.name, got)
		}
		if p.locked(t) {
			t.Errorf("%s: the state is still locked", phase.name)
		}
		p.aws.clear()
	}

	x := startOnTerminal(t, p.witnessed(t, "apply"))
	x.says(t, "Only yes is taken for yes: ")
	x.types(t, "\x03")
	if got := x.end(t); got != 130 {
		t.Errorf("at the question: exit code %d, want 130", got)
	}
	demand(t, x.err.String(), `Stopped \(interrupt\)`)
	if p.locked(t) || p.state(t) != nil {
		t.Error("at the question: something was made, or is locked")
	}
}
