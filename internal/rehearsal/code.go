package rehearsal

import (
	"context"
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"tfgen/generator"
	"tfgen/generator/files"
	"tfgen/generator/spec"
)

// A playedCode is what the spec becomes, and what somebody made of it: the rehearsal
// plays what is checked in.
type playedCode struct {
	generated files.Set
	edited    map[string][]byte // by path: files that were edited by hand
}

// generate writes the code into the scratch copy: what is stale or missing is
// generated, and what was edited by hand stays as it is.
func (w *world) generate(ctx context.Context) error {
	written, checkedIn, err := w.checkedIn()
	if err != nil {
		return err
	}
	if err := w.certify(ctx, w.spec); err != nil {
		return err
	}
	if w.code.generated, err = generator.Generate(w.spec); err != nil {
		return err
	}
	w.note("%d files in %s, %s", len(w.code.generated), w.spec.Project.Output, counted(len(w.roots()), "root module"))
	w.noteStale(checkedIn)
	w.keepEdited(written, checkedIn.EditedAlone())
	if err := w.writeCode(ctx); err != nil {
		return err
	}
	if w.spec.Project.Account == "" && writtenAccount(w.spec) != "" {
		w.note("The buildspec pushes to account %s, so the rehearsal plays in it. Set project.account, or AWS refuses the push from any other.", w.account())
	}
	return w.furnish(ctx, w.spec)
}

// checkedIn generates the code of the spec as it stands, and compares it with
// the files. What was edited by hand and would have to change as well is a
// conflict here as it is for tfgen generate.
func (w *world) checkedIn() (files.Set, *files.Changes, error) {
	s, problems := spec.Load(filepath.Join(w.project(), filepath.Base(w.SpecFile)))
	if s == nil {
		return nil, nil, problems
	}
	set, err := generator.Generate(s)
	if err != nil {
		return nil, nil, err
	}
	changes, err := files.Diff(w.project(), set, files.Options{Output: s.Project.Output, Version: w.Version})
	if err != nil {
		return nil, nil, err
	}
	edited := paths(changes.EditedAlone())
	conflicts := slices.DeleteFunc(changes.Conflicts(), func(c files.Change) bool { return slices.Contains(edited, c.Path) })
	if len(conflicts) > 0 {
		return nil, nil, &files.ConflictError{Changes: conflicts}
	}
	return set, changes, nil
}

// noteStale says what is not as it is checked in.
func (w *world) noteStale(changes *files.Changes) {
	stale := slices.DeleteFunc(slices.Clone(changes.List), func(c files.Change) bool {
		return c.Conflict != "" || path.Base(c.Path) == ".tfgen.json"
	})
	created := slices.DeleteFunc(slices.Clone(stale), func(c files.Change) bool { return c.Verb != files.Create })
	switch {
	case len(created) == len(w.code.generated):
		w.note("none of them is checked in: tfgen generate writes them")
	case len(stale) > 0:
		w.note("not as checked in, since the spec says otherwise: %s; tfgen generate writes them", some(paths(stale)))
	}
}

// keepEdited keeps what was edited by hand. The certificates in it are the
// rehearsal's too. Where the rehearsal has more to change in a file, nothing can
// be kept: a state in HCP Terraform is of a real account.
func (w *world) keepEdited(written files.Set, edited []files.Change) {
	w.code.edited = map[string][]byte{}
	for _, c := range edited {
		if w.certified(written[c.Path]) != string(w.code.generated[c.Path]) {
			w.note("edited by hand, and played as generated, for a local AWS: %s", c.Path)
			continue
		}
		w.code.edited[c.Path] = []byte(w.certified(c.Old))
	}
	if len(w.code.edited) > 0 {
		w.note("edited by hand, and played so: %s", some(slices.Sorted(maps.Keys(w.code.edited))))
	}
}

// certified is a text with the rehearsal's certificates.
func (w *world) certified(text []byte) string {
	var pairs []string
	for _, arn := range slices.Sorted(maps.Keys(w.certificates)) {
		pairs = append(pairs, arn, w.certificates[arn])
	}
	return strings.NewReplacer(pairs...).Replace(string(text))
}

// writeCode writes the code that is played.
func (w *world) writeCode(ctx context.Context) error {
	set := maps.Clone(w.code.generated)
	maps.Copy(set, w.code.edited)
	return writeSet(ctx, w.project(), set, files.Options{Output: w.spec.Project.Output, Version: w.Version})
}

// regenerate writes the code of a spec that has changed. Reason is why it is
// left alone: a file that was edited by hand would have to change.
func (w *world) regenerate(ctx context.Context) (reason string, err error) {
	set, err := generator.Generate(w.spec)
	if err != nil {
		return "", err
	}
	for _, name := range slices.Sorted(maps.Keys(w.code.edited)) {
		if string(set[name]) != string(w.code.generated[name]) {
			return fmt.Sprintf("%s is edited by hand, and tfgen generate would refuse to change it", name), nil
		}
	}
	w.code.generated = set
	return "", w.writeCode(ctx)
}

// write generates the code of a spec into a project's folder.
func write(ctx context.Context, dir string, s *spec.Spec, version string) error {
	set, err := generator.Generate(s)
	if err != nil {
		return err
	}
	return writeSet(ctx, dir, set, files.Options{Output: s.Project.Output, Version: version})
}

// writeSet writes files whatever is there: it is a scratch copy.
func writeSet(ctx context.Context, dir string, set files.Set, o files.Options) error {
	o.Force = true
	changes, err := files.Diff(dir, set, o)
	if err != nil {
		return err
	}
	return changes.Write(ctx)
}

func paths(changes []files.Change) []string {
	var all []string
	for _, c := range changes {
		all = append(all, c.Path)
	}
	return all
}

// some names a few, and says how many more there are.
func some(names []string) string {
	const most = 4
	if more := len(names) - most; more > 0 {
		names = append(slices.Clone(names[:most]), fmt.Sprintf("and %d more", more))
	}
	return strings.Join(names, ", ")
}
