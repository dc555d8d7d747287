package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"tfgen/generator/files"
	"tfgen/generator/spec"
	"tfgen/internal/deploy"
	"tfgen/internal/operate"
)

// What was applied is known to its state alone. A plan with another state, or in
// another region, would make everything a second time, and the first would stay
// and cost money. So a project remembers where its states were.

// states are where the spec keeps its states, as the manifest records them. A file
// beside the code needs no record.
func states(s *spec.Spec) (all []files.State) {
	for _, root := range spec.Roots(s) {
		state := files.State{"root": root.Name, "region": s.Project.Region}
		switch s.State.Kind {
		case "s3":
			state["place"], state["bucket_region"] = "s3://"+path.Join(s.State.Bucket, spec.StateKey(s, root.Name)), s.State.Region
		case "hcp":
			state["place"] = "HCP Terraform, " + path.Join(s.State.Hostname, s.State.Organization, spec.Workspace(s, root.Name))
		default:
			continue
		}
		all = append(all, state)
	}
	return all
}

// onlyOnce refuses to plan while what was applied is in another state, or in
// another region than the spec says.
func (a *app) onlyOnce(ctx context.Context, p *project, s *stage) error {
	for _, root := range s.roots {
		if err := a.sameRegion(root); err != nil {
			return err
		}
	}
	var all []error
	for _, state := range p.former {
		all = append(all, a.leftBehind(ctx, p, s, state))
	}
	return errors.Join(all...)
}

// sameRegion compares the region with that of a state in a file, which costs nothing.
// What cannot be read, Terraform complains of.
func (a *app) sameRegion(root deploy.Root) error {
	place, err := deploy.Kept(a.environ, root)
	if err != nil || place.Kind != "local" {
		return nil
	}
	held, err := localState(place.File)
	if err != nil {
		return nil
	}
	return root.CheckRegion(held.Region)
}

// localState reads a state in a file, which need not be there.
func localState(file string) (deploy.Held, error) {
	raw, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return deploy.Held{}, err
	}
	held, err := deploy.ReadHeld(raw)
	if err != nil {
		return held, fmt.Errorf("%s: %w", file, err)
	}
	return held, nil
}

// leftBehind is the error of a former state that still holds something, unless it
// was taken along, or is another project's.
func (a *app) leftBehind(ctx context.Context, p *project, s *stage, state files.State) error {
	was, ok := bucketPlace(state)
	if !ok {
		a.unseen(p, state)
		return nil
	}
	root, now, err := a.heir(s.spec, state["root"])
	if err != nil {
		return err
	}
	if kept, err := deploy.Kept(a.environ, root); err == nil && now.String() != was.String() && kept.String() == was.String() {
		return nil // Terraform itself says that the state is elsewhere.
	}
	held, err := readState(ctx, was)
	if _, refused := errors.AsType[*operate.Refusal](err); refused { // Who copied an example has no part in its bucket.
		a.unseen(p, state)
		return nil
	}
	if err != nil {
		return fmt.Errorf("former state of %s: %w", state["root"], err)
	}
	if now.String() == was.String() {
		return root.CheckRegion(held.Region)
	}
	if known, err := a.known(ctx, p, state, held, now); known || err != nil {
		return err
	}
	return a.twice(p, root, was, now, held)
}

// known reports whether nothing is lost without a former state.
func (a *app) known(ctx context.Context, p *project, state files.State, held deploy.Held, now deploy.Place) (bool, error) {
	if len(held.Addresses) == 0 {
		return true, nil
	}
	if taken, err := takenAlong(ctx, held, now); taken || err != nil {
		return taken, err
	}
	dirs := upToRoot(p.dir())
	return files.InUse(dirs[len(dirs)-1], state), nil
}

// unseen warns of a former state that cannot be looked into. That of another region
// at the same place is seen by its plan.
func (a *app) unseen(p *project, state files.State) {
	if slices.ContainsFunc(states(p.spec), func(now files.State) bool { return now["place"] == state["place"] }) {
		return
	}
	a.warn(fmt.Sprintf("the state of %s was in %s, and whether something is left there cannot be seen. Once nothing is, take it out of \"former\" in %s.",
		state["root"], state["place"], a.manifest(p)))
}

// bucketPlace is a recorded state in a bucket.
func bucketPlace(state files.State) (deploy.Place, bool) {
	rest, ok := strings.CutPrefix(state["place"], "s3://")
	bucket, key, _ := strings.Cut(rest, "/")
	return deploy.Place{Kind: "s3", Bucket: bucket, Key: key, Region: state["bucket_region"]}, ok
}

// heir is the root that has the place of a former one, and where its state is: the
// delivery's, or the environment's, whatever that is called now. Without one the
// root has no name.
func (a *app) heir(s *spec.Spec, former string) (deploy.Root, deploy.Place, error) {
	roots, err := a.roots(s, "")
	for _, root := range roots {
		if (root.Name == spec.Delivery) != (former == spec.Delivery) {
			continue
		}
		if s.State.Kind == "s3" {
			return root, target(s, root), nil
		}
		now, err := deploy.Kept(a.environ, root)
		return root, now, err
	}
	return deploy.Root{}, deploy.Place{}, err
}

// takenAlong reports whether there is a state where the spec says, and not an older
// one of the same. Terraform gives a state that it moves to a bucket another
// lineage, so what is in the two says nothing.
func takenAlong(ctx context.Context, was deploy.Held, now deploy.Place) (bool, error) {
	var held deploy.Held
	var err error
	switch now.Kind {
	case "s3":
		held, err = readState(ctx, now)
	case "local":
		held, err = localState(now.File)
	}
	older := held.Lineage == was.Lineage && held.Serial < was.Serial
	return held.Lineage != "" && !older, err
}

// twice says what would be made a second time.
func (a *app) twice(p *project, root deploy.Root, was, now deploy.Place, held deploy.Held) error {
	to := "has no root for it any more"
	if root.Name != "" {
		to = fmt.Sprintf("keeps the state of %s in %s now", root.Name, now)
	}
	text := fmt.Sprintf("refused, and nothing was touched: the spec %s, and what was applied is in %s. It would stay and cost money, and everything would be made a second time (resources: %d).\n"+
		"Set back what was changed in the spec (the name of the project, the environment, the state), or destroy with the spec as it was first.\n", to, was, len(held.Addresses))
	if now.Kind == "s3" {
		text += fmt.Sprintf("To keep what there is, take the state along:\n  aws s3 cp %s %s\n", was, now)
	}
	return errors.New(text + fmt.Sprintf("Where it is another project's, as after this folder was copied, take it out of \"former\" in %s.", a.manifest(p)))
}

func (a *app) manifest(p *project) string {
	return a.show(joinDir(p.dir(), path.Join(p.spec.Project.Output, ".tfgen.json")))
}

// abandoned refuses to remove the code of a root while a state in a file beside it
// holds something: nobody could destroy that any more.
func (a *app) abandoned(p *project, changes *files.Changes) error {
	var seen []string
	for _, c := range changes.List {
		dir := path.Dir(c.Path)
		if c.Verb != files.Remove || slices.Contains(seen, dir) {
			continue
		}
		seen = append(seen, dir)
		if slices.ContainsFunc(spec.Roots(p.spec), func(r spec.Root) bool { return r.Dir == dir }) {
			continue
		}
		held, err := localState(filepath.Join(p.dir(), dir, "terraform.tfstate"))
		if err != nil {
			return err
		}
		if len(held.Addresses) > 0 {
			return a.withoutCode(p, dir, len(held.Addresses))
		}
	}
	return nil
}

// withoutCode says what would be left without code.
func (a *app) withoutCode(p *project, dir string, resources int) error {
	shown := a.show(joinDir(p.dir(), dir))
	text := fmt.Sprintf("nothing was written: the spec no longer describes %s, and what was applied from there would stay and cost money (resources: %d).\n"+
		"Set back what was changed in the spec, or run tfgen destroy -env=%s with the spec as it was first.", shown, resources, path.Base(dir))
	if env := environmentDir(p.spec); env != "" && path.Base(dir) != spec.Delivery {
		to := a.show(joinDir(p.dir(), env))
		text += fmt.Sprintf("\nTo keep what there is under the new name, as far as AWS renames it, take the state along:\n  mkdir -p %[2]s && mv %[1]s/terraform.tfstate %[2]s/", shellQuote(shown), shellQuote(to))
	}
	return errors.New(text)
}

// environmentDir is the folder of the environment's root, or "".
func environmentDir(s *spec.Spec) string {
	for _, root := range spec.Roots(s) {
		if root.Name != spec.Delivery {
			return root.Dir
		}
	}
	return ""
}
