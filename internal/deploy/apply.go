package deploy

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-exec/tfexec"

	"tfgen/internal/deploy/report"
)

// Apply makes the changes of the plan, exactly those. Each event goes to
// listen, which may be nil. The result is not nil, whatever the error is.
//
// Errors are a *Failure, which may hold a *LockHeld or a *StalePlan, or the
// context's; joined to it may be a *CutOff or an *ErroredState. With -verbose
// there are no events, and the result of a failure says nothing that Terraform's
// text does not.
func (p *Plan) Apply(ctx context.Context, listen func(report.Event)) (*report.Result, error) {
	steps := ledger{plan: p, begun: map[string]bool{}}
	if err := p.terraform.CheckErrored(p.Root); err != nil {
		return steps.result(), err
	}
	if sum, err := p.sum(); err != nil || sum != p.SHA256 {
		return steps.result(), fmt.Errorf("apply %s: the saved plan was changed since it was made; plan anew", p.Root.Name)
	}
	if err := private(p.Root); err != nil {
		return steps.result(), fmt.Errorf("apply %s: %w", p.Root.Name, err)
	}
	r := &run{root: p.Root, verb: "apply"}
	if p.terraform.config.Verbose == nil {
		r.json = "apply"
	}
	var dumped []byte
	r.listen = func(e report.Event) {
		if e.State != nil {
			dumped = e.State
			return // nobody else needs to see what may hold secrets
		}
		steps.add(e)
		p.terraform.tell(listen, e)
	}
	r.do = func(ctx context.Context, tf *tfexec.Terraform) error {
		return tf.Apply(ctx, tfexec.DirOrPlan(p.file), tfexec.LockTimeout(p.terraform.lockTimeout()))
	}
	err := p.terraform.run(ctx, r)
	if err == nil {
		dropBackup(stateFile(p.Root))
	}
	if r.json == "" { // Terraform spoke for itself, and nobody kept account
		steps.done.Begun = mayHaveBegun(err)
	}
	if err == nil && r.json == "" {
		steps.done.Counts = p.Counts
	}
	lost := p.terraform.unsaved(ctx, p.Root, err, dumped)
	steps.done.Unsaved = lost != nil
	if err != nil && lost == nil {
		p.terraform.untaint(context.WithoutCancel(ctx), p.Root)
	}
	return steps.result(), errors.Join(err, lost)
}

// mayHaveBegun reports whether an apply that ended like this may have done
// something: without the lock, and with a plan that is stale, none has.
func mayHaveBegun(err error) bool {
	_, locked := errors.AsType[*LockHeld](err)
	_, stale := errors.AsType[*StalePlan](err)
	return !locked && !stale
}

// unsaved is the error of an apply that ended without its state being where it
// belongs, or nil.
func (t *Terraform) unsaved(ctx context.Context, root Root, err error, dumped []byte) error {
	switch {
	case err == nil:
		return nil
	case dumped != nil:
		return t.rescue(root, dumped)
	case cutOff(ctx, err):
		return &CutOff{Root: root, Product: t.Product, Lock: t.holder(root)}
	}
	return t.CheckErrored(root)
}
