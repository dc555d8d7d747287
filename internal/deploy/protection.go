package deploy

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"tfgen/internal/deploy/report"
)

// Lift is the variable of a root that lets its destroy remove what holds data.
const Lift = "force_destroy=true"

// Protected returns the addresses of the resources in a root's state that a
// destroy would fail at or only hide: buckets and registries that may hold
// something, secrets that would keep their name for a month. It starts no
// provider.
func (t *Terraform) Protected(ctx context.Context, root Root) ([]string, error) {
	raw, err := t.pull(ctx, root)
	if err != nil || raw == "" {
		return nil, err
	}
	return protected([]byte(raw))
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

// A state is what Protected reads of Terraform's state, format version 4.
type state struct {
	Resources []struct {
		Mode, Type, Name, Module string
		Instances                []struct {
			IndexKey   any `json:"index_key"`
			Attributes struct {
				ForceDestroy   *bool `json:"force_destroy"`
				ForceDelete    *bool `json:"force_delete"`
				RecoveryWindow *int  `json:"recovery_window_in_days"`
			}
		}
	}
}

func protected(raw []byte) ([]string, error) {
	var s state
	if err := json.Unmarshal(raw, &s); err != nil {
		return nil, fmt.Errorf("read the state: %w", err)
	}
	var addresses []string
	for _, r := range s.Resources {
		for _, i := range r.Instances {
			a := i.Attributes
			held := isFalse(a.ForceDestroy) || isFalse(a.ForceDelete) || a.RecoveryWindow != nil && *a.RecoveryWindow > 0
			if r.Mode == "managed" && holdsData(r.Type) && held {
				addresses = append(addresses, address(r.Module, r.Type, r.Name, i.IndexKey))
			}
		}
	}
	slices.Sort(addresses)
	return addresses, nil
}

// holdsData tells the types that the variable Lift is about from others with an
// attribute of the same name.
func holdsData(kind string) bool {
	return slices.Contains([]string{"aws_ecr_repository", "aws_s3_bucket", "aws_secretsmanager_secret"}, kind)
}

func isFalse(b *bool) bool { return b != nil && !*b }

func address(module, kind, name string, key any) string {
	a := kind + "." + name
	if module != "" {
		a = module + "." + a
	}
	switch key := key.(type) {
	case string:
		return fmt.Sprintf("%s[%q]", a, key)
	case float64:
		return fmt.Sprintf("%s[%d]", a, int(key))
	}
	return a
}
