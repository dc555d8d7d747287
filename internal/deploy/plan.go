package deploy

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/hashicorp/terraform-exec/tfexec"
	tfjson "github.com/hashicorp/terraform-json"

	"tfgen/internal/deploy/foreign"
	"tfgen/internal/deploy/report"
)

// PlanOptions say which kind of plan it is. At most one of Destroy and
// RefreshOnly is true.
type PlanOptions struct {
	Destroy     bool     // remove everything
	RefreshOnly bool     // take over what was changed outside of Terraform, and nothing else
	NoRefresh   bool     // believe the state, and do not look at what is there
	Variables   []string // values of the root's variables, as "name=value"
	Targets     []string // addresses of all that shall change; none for everything
	Digest      bool     // read all values, as a digest of the plan needs them
	Imports     []Import // what is there already and is taken over
	Resume      bool     // go on with what is tainted where that is possible, which writes the state
}

// arguments are the options as terraform-exec takes them.
func (o PlanOptions) arguments(file string) []tfexec.PlanOption {
	args := []tfexec.PlanOption{tfexec.Out(file), tfexec.Destroy(o.Destroy), tfexec.RefreshOnly(o.RefreshOnly)}
	if o.NoRefresh {
		args = append(args, tfexec.Refresh(false))
	}
	for _, v := range o.Variables {
		args = append(args, tfexec.Var(v))
	}
	for _, a := range o.Targets {
		args = append(args, tfexec.Target(a))
	}
	return args
}

// A Plan is a set of changes that Terraform has worked out and saved. It must
// be closed: the saved plan may hold secrets.
type Plan struct {
	report.Plan
	Root   Root
	SHA256 string // of the saved plan's bytes, in hex

	terraform *Terraform
	file      string
	raw       *tfjson.Plan // what Terraform says of the saved plan, or nil where nobody asked
}

// NewPlan plans a root, and initializes it before where that is needed. Each
// event of Terraform's stream goes to listen, which may be nil.
//
// Errors are a *Failure, which may hold a *LockHeld, a *Refused, or the
// context's.
func (t *Terraform) NewPlan(ctx context.Context, root Root, o PlanOptions, listen func(report.Event)) (*Plan, error) {
	p, err := t.emptyPlan(root)
	if err != nil {
		return nil, err
	}
	err = p.work(ctx, o, listen)
	if err == nil && o.Resume && p.resumable() {
		t.untaint(ctx, root)
		err = p.work(ctx, o, listen)
	}
	if err == nil {
		err = p.refuse()
	}
	if err == nil {
		err = p.findForeign(o)
	}
	return p.seal(err)
}

// work lets Terraform work the plan out, with all values where they are needed.
func (p *Plan) work(ctx context.Context, o PlanOptions, listen func(report.Event)) error {
	t := p.terraform
	err := t.initialized(ctx, p.Root, func() error {
		return withImports(p.Root, o.Imports, func() error { return p.plan(ctx, o, listen) })
	})
	if err != nil {
		return t.explained(ctx, p.Root, err)
	}
	if p.NeedsValues() || o.Digest && !p.Empty || t.config.Verbose != nil {
		empty := p.Empty // Terraform's exit code knows best
		err = p.show(ctx)
		p.Empty = empty
	}
	return err
}

// OpenPlan takes the bytes of a plan that was saved earlier, as Bytes
// returned them, and what stands in it. Apply applies these bytes, whatever
// becomes of the file they were read from.
func (t *Terraform) OpenPlan(ctx context.Context, root Root, saved []byte, contents report.Plan) (*Plan, error) {
	p, err := t.emptyPlan(root)
	if err != nil {
		return nil, err
	}
	p.Plan = contents
	if err = os.WriteFile(p.file, saved, 0o600); err == nil {
		err = t.initialized(ctx, root, func() error { return nil })
	}
	return p.seal(err)
}

// seal remembers what was saved, so that nothing else is applied. After an
// error there is no plan.
func (p *Plan) seal(err error) (*Plan, error) {
	if err == nil {
		p.SHA256, err = p.sum()
	}
	if err != nil {
		return nil, errors.Join(err, p.Close())
	}
	return p, nil
}

// emptyPlan makes the place where a plan will be saved: a file that exists
// already, 0600, in a folder that only its owner may enter. Terraform would
// make it readable for everyone.
func (t *Terraform) emptyPlan(root Root) (*Plan, error) {
	dir, err := os.MkdirTemp("", "tfgen-")
	if err != nil {
		return nil, err
	}
	p := &Plan{Root: root, terraform: t, file: filepath.Join(dir, "plan")}
	return p, os.WriteFile(p.file, nil, 0o600)
}

// plan lets Terraform plan. With -verbose it speaks to the reader itself, and
// the plan is read from the file it saved.
func (p *Plan) plan(ctx context.Context, o PlanOptions, listen func(report.Event)) error {
	t, stream := p.terraform, report.Stream{}
	r := &run{root: p.Root, verb: "plan"}
	if t.config.Verbose == nil {
		r.json = "plan"
	}
	r.listen = func(e report.Event) {
		stream.Add(e)
		t.tell(listen, e)
	}
	var changed bool
	r.do = func(ctx context.Context, tf *tfexec.Terraform) (err error) {
		changed, err = tf.Plan(ctx, append(o.arguments(p.file), tfexec.LockTimeout(t.lockTimeout()))...)
		return err
	}
	err := t.run(ctx, r)
	if cutOff(ctx, err) {
		err = errors.Join(err, t.leftLocked(p.Root))
	}
	p.Plan = stream.Plan()
	p.Empty = !changed
	if err == nil && changed && !p.isSaved() {
		return p.unsaved(r)
	}
	return err
}

// unsaved is the error of a plan that is not there. Where the stream tells of
// changes, Terraform has not noticed that it could not write a small file; else
// it did not come so far, and has the exit code of a plan by accident.
func (p *Plan) unsaved(r *run) error {
	if len(p.Changes) > 0 {
		return fmt.Errorf("plan %s: the plan could not be saved in %s: is there no space left?", p.Root.Name, p.file)
	}
	return p.terraform.failure(r, errors.New("there is no plan"))
}

// isSaved reports whether Terraform has saved a plan: a crash has the exit code
// of a plan that changes something.
func (p *Plan) isSaved() bool {
	info, err := os.Stat(p.file)
	return err == nil && info.Size() > 0
}

// show asks Terraform for the values of the plan that the stream left out.
func (p *Plan) show(ctx context.Context) error {
	if err := p.read(ctx); err != nil {
		return err
	}
	diagnostics := p.Diagnostics // which only the stream has
	p.Plan = report.FromShow(p.raw)
	p.Diagnostics = diagnostics
	return nil
}

// read asks Terraform what stands in the saved plan.
func (p *Plan) read(ctx context.Context) error {
	return p.terraform.run(ctx, &run{root: p.Root, verb: "show the plan of", quiet: true, do: func(ctx context.Context, tf *tfexec.Terraform) (err error) {
		p.raw, err = tf.ShowPlanFile(ctx, p.file, tfexec.JSONNumber(true))
		return err
	}})
}

// findForeign adds what others added to what Terraform made. It is not found
// where not all was refreshed, nor in a plan that is encrypted.
func (p *Plan) findForeign(o PlanOptions) error {
	state, files, err := p.archive()
	if errors.Is(err, ErrSealed) || o.NoRefresh || len(o.Targets) > 0 {
		p.AddForeign(nil)
		return nil
	}
	if err != nil {
		return err
	}
	found, err := foreign.Find(state, files)
	if err != nil {
		return fmt.Errorf("saved plan of %s: %w", p.Root.Name, err)
	}
	p.AddForeign(found)
	return nil
}

// Bytes returns the saved plan, to keep for a later OpenPlan. They may hold
// secrets: store them readable for their owner alone.
func (p *Plan) Bytes() ([]byte, error) { return os.ReadFile(p.file) }

// Close removes the saved plan.
func (p *Plan) Close() error { return os.RemoveAll(filepath.Dir(p.file)) }

func (p *Plan) sum() (string, error) {
	saved, err := p.Bytes()
	if err != nil {
		return "", fmt.Errorf("saved plan of %s: %w", p.Root.Name, err)
	}
	sum := sha256.Sum256(saved)
	return hex.EncodeToString(sum[:]), nil
}
