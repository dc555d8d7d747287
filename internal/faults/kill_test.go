package faults

import (
	"syscall"
	"testing"
)

// Tfgen is killed in the middle of an apply, and takes Terraform with it: the
// lock stays, and what was made is in no state. The next run says who holds the
// lock, and after that was taken away what there is already: to do as it says
// is enough.
func TestKilled(t *testing.T) {
	t.Parallel()
	p := newProject(t, slow)
	x := start(t, p.command(t, "apply", "-auto-approve"))
	terraform := p.begun(t)
	x.Process.Kill()
	x.end(t)
	gone(t, terraform)
	p.recovers(t)
	p.killedTerraform(t)
}

// recovers goes the way that docs/recovery.md describes.
func (p *project) recovers(t *testing.T) {
	t.Helper()
	if !p.locked(t) || p.state(t) != nil {
		t.Fatalf("locked %v, state %q: this test shows nothing", p.locked(t), p.state(t))
	}
	// It waits for as long as it is told, and then says the same.
	s := p.tfgen(t, "apply", "-auto-approve", "-lock-timeout=1s")
	if s.code != 1 {
		t.Fatalf("exit code %d, want 1\n%s%s", s.code, s.out, s.err)
	}
	demand(t, s.err, `^Taking the lock of the state of delivery takes long: somebody else may hold it\.$`, `^Error: plan delivery: its state is locked by \S+@\S+ since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+0000 UTC \(Apply\)`)
	p.obey(t, s.err, "terraform -chdir=infra/delivery force-unlock ")
	p.goOn(t)
	s = p.tfgen(t, "apply", "-auto-approve")
	if s.code != 1 {
		t.Fatalf("exit code %d, want 1\n%s%s", s.code, s.out, s.err)
	}
	demand(t, s.err, `^Error: delivery: this is there already, is this project's by its tags`, `CodeCommit repository jobs, made \d{4}-`, `Nothing was changed\.`)
	p.obey(t, s.err, "tfgen apply -take-over -auto-approve")
	p.holds(t, "aws_codecommit_repository.this", "terraform_data.after", "terraform_data.slow")
}

// killedTerraform: the system takes Terraform away, for want of memory perhaps.
// Tfgen lives, and says in one go what that left behind.
func (p *project) killedTerraform(t *testing.T) {
	t.Helper()
	p.stop(t)
	cmd := p.command(t, "apply", "-auto-approve")
	cmd.Env = append(cmd.Env, "TF_VAR_round=1")
	x := start(t, cmd)
	syscall.Kill(p.begun(t), syscall.SIGKILL)
	if got := x.end(t); got != 1 {
		t.Errorf("exit code %d, want 1", got)
	}
	demand(t, x.err.String(), `^ +cut off +terraform_data.slow`, `^  Not all of this may be in the state`,
		`^Error: apply delivery: Terraform did not end by itself \(signal: killed\)`,
		`^Error: Terraform ended before it had stored the state of delivery`, `^  Its state is locked by \S+@\S+ since .* \(Apply\)`)
	p.obey(t, x.err.String(), "terraform -chdir=infra/delivery force-unlock ")
}
