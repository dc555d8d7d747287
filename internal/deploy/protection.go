package deploy

import (
	"context"
	"slices"

	"tfgen/internal/deploy/report"
)

// Lift is the variable of a root that lets its destroy remove what holds data.
const Lift = "force_destroy=true"

// Protected returns the addresses of the resources in a root's state that a
// destroy would fail at or only hide: buckets and registries that may hold
// something, secrets that would keep their name for a month. It starts no
// provider. The error may be a *Refused.
func (t *Terraform) Protected(ctx context.Context, root Root) ([]string, error) {
	s, err := t.state(ctx, root)
	if err == nil {
		err = root.CheckRegion(s.region())
	}
	return s.protected(), err
}

// Unprotect lifts the protection of some resources, and changes nothing else.
// The variable Lift must be given to the destroy too.
//
// What it changes stands in the state, so it looks at what is really there only
// where that fails: something may be gone that the state still names.
func (t *Terraform) Unprotect(ctx context.Context, root Root, addresses []string, listen func(report.Event)) error {
	o := PlanOptions{Variables: []string{Lift}, Targets: addresses, NoRefresh: true}
	err := t.change(ctx, root, o, listen)
	if err == nil || ctx.Err() != nil {
		return err
	}
	o.NoRefresh = false
	return t.change(ctx, root, o, listen)
}

// PrepareDestroy lifts what protects data in a root. It returns the options of
// the root's destroy, and whether there was something to lift. A root that never
// holds data does not declare the variable Lift, so that it is given only where
// something was lifted.
func (t *Terraform) PrepareDestroy(ctx context.Context, root Root) (PlanOptions, bool, error) {
	o := PlanOptions{Destroy: true}
	protected, err := t.Protected(ctx, root)
	if err != nil || len(protected) == 0 {
		return o, false, err
	}
	o.Variables = []string{Lift}
	return o, true, t.Unprotect(ctx, root, protected, nil)
}

// change plans and applies. Nobody looks at the plan, so its values are not
// asked for.
func (t *Terraform) change(ctx context.Context, root Root, o PlanOptions, listen func(report.Event)) error {
	p, err := t.emptyPlan(root)
	if err != nil {
		return err
	}
	err = t.initialized(ctx, root, func() error { return p.plan(ctx, o, listen) })
	if p, err = p.seal(err); err != nil {
		return err
	}
	defer p.Close()
	_, err = p.Apply(ctx, listen)
	return err
}

func (s state) protected() []string {
	var addresses []string
	for _, r := range s.Resources {
		for _, i := range r.Instances {
			if r.managed() && liftable(r.Type) && i.held() {
				addresses = append(addresses, r.address(i))
			}
		}
	}
	slices.Sort(addresses)
	return addresses
}

// held reports whether something keeps a destroy from removing what is in it.
func (i instance) held() bool {
	a := i.Attributes
	return isFalse(a.ForceDestroy) || isFalse(a.ForceDelete) || a.RecoveryWindow != nil && *a.RecoveryWindow > 0
}

// liftable tells the types that the variable Lift is about from others with an
// attribute of the same name.
func liftable(kind string) bool {
	return slices.Contains([]string{"aws_ecr_repository", "aws_s3_bucket", "aws_secretsmanager_secret"}, kind)
}

func isFalse(b *bool) bool { return b != nil && !*b }
