package deploy

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-exec/tfexec"

	"tfgen/internal/deploy/report"
)

// Apply makes the changes of the plan, exactly those. Each event goes to
// listen, which may be nil. The result is not nil, whatever the error is.
//
// Errors are a *Failure, which may hold a *LockHeld, a *StalePlan or an
// *ErroredState, or the context's. With -verbose there are no events, and the
// result of a failure says nothing that Terraform's text does not.
func (p *Plan) Apply(ctx context.Context, listen func(report.Event)) (*report.Result, error) {
	steps := ledger{plan: p, begun: map[string]bool{}}
	if err := p.terraform.CheckErrored(p.Root); err != nil {
		return steps.result(), err
	}
	if sum, err := p.sum(); err != nil || sum != p.SHA256 {
		return steps.result(), fmt.Errorf("apply %s: the saved plan was changed since it was made; plan anew", p.Root.Name)
	}
	r := &run{root: p.Root, verb: "apply"}
	if p.terraform.config.Verbose == nil {
		r.json = "apply"
	}
	r.listen = func(e report.Event) {
		steps.add(e)
		p.terraform.tell(listen, e)
	}
	r.do = func(ctx context.Context, tf *tfexec.Terraform) error { return tf.Apply(ctx, tfexec.DirOrPlan(p.file)) }
	err := p.terraform.run(ctx, r)
	if err == nil && r.json == "" {
		steps.done.Counts = p.Counts
	}
	return steps.result(), p.terraform.keepErrored(p.Root, err)
}
