package rehearsal

import (
	"context"
	"path/filepath"

	"tfgen/generator/spec"
	"tfgen/internal/deploy"
	"tfgen/internal/deploy/report"
)

// before applies the code as it was in a revision.
func (w *world) before(ctx context.Context) error {
	var err error
	if w.empty, err = w.inventory(ctx); err != nil {
		return err
	}
	dir := filepath.Join(w.dir, "before")
	if err := unpackCommit(ctx, filepath.Dir(w.SpecFile), w.revisions.before, dir); err != nil {
		return err
	}
	if _, err := cutLinks(dir); err != nil {
		return err
	}
	old, problems := spec.Load(filepath.Join(dir, filepath.Base(w.SpecFile)))
	if old == nil {
		return problems
	}
	if err := w.furnish(ctx, old); err != nil {
		return err
	}
	var roots []deploy.Root
	for _, r := range spec.Roots(old) {
		roots = append(roots, deploy.Root{Name: r.Name, Dir: rootDir(dir, r)})
	}
	if missing(roots) {
		w.note("%s has no code checked in: it is generated with this tfgen", w.From)
		if err := write(ctx, dir, old, w.Version); err != nil {
			return err
		}
	}
	if err := w.applyRoots(ctx, roots, nil); err != nil {
		return err
	}
	return w.takeOver(roots)
}

func missing(roots []deploy.Root) bool {
	for _, r := range roots {
		if found, _ := filepath.Glob(filepath.Join(r.Dir, "*.tf")); len(found) == 0 {
			return true
		}
	}
	return false
}

// takeOver gives the states of the revision before to today's roots.
func (w *world) takeOver(old []deploy.Root) error {
	for _, from := range old {
		for _, to := range w.roots() {
			if to.Name != from.Name {
				continue
			}
			if err := copyFile(filepath.Join(from.Dir, "terraform.tfstate"), filepath.Join(to.Dir, "terraform.tfstate")); err != nil {
				return err
			}
		}
	}
	return nil
}

// upgrade applies today's code over it, and names what is replaced.
func (w *world) upgrade(ctx context.Context) error {
	if err := w.applyRoots(ctx, w.roots(), w.noteReplaced); err != nil {
		return err
	}
	return w.look(ctx)
}

// noteReplaced names what a plan removes or replaces, and the services that it
// rolls. The revision of a task definition that is replaced stays.
func (w *world) noteReplaced(plan *deploy.Plan) {
	for _, c := range plan.Changes {
		if c.Action == report.Delete || c.Action.Replaces() {
			w.note("%s: %s %s%s", plan.Root.Name, c.Action.Symbol(), c.Address, forced(c))
		}
	}
	w.noteRolls(plan)
}

// forced says what forces a replacement, where something does.
func forced(c report.Change) string {
	for _, a := range c.Attributes {
		if a.Forces {
			return ", for its " + a.String()
		}
	}
	return ""
}
