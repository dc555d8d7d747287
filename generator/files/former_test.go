package files

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A spec that is to be written elsewhere does not leave its folder behind, with
// the states in it. Whose folder it is, is seen by the manifest.
func TestAnotherFolder(t *testing.T) {
	for _, row := range []struct {
		name, output, there, want string
	}{
		{"another folder", "deploy", "", "run tfgen generate:\n  mv infra deploy"},
		{"a folder below another", "platform/infra", "", "run tfgen generate:\n  mkdir -p platform && mv infra platform/infra"},
		{"a folder that is there", "deploy", "/deploy/mine=1", "all files in infra, hidden ones too, into deploy"},
		{"the same folder", "infra", "", ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			dir := t.TempDir()
			put(t, dir, "/tfgen.hcl=spec "+row.there)
			mustWrite(t, dir, parseSet("/infra/a.tf=1"), ownedBy("tfgen.hcl", "infra", false))
			_, err := Diff(dir, parseSet("/"+row.output+"/a.tf=1"), ownedBy("tfgen.hcl", row.output, true))
			checkRefusal(t, err, row.want)
		})
	}
}

// What belongs to another spec, here or in a folder below, and a copy of a folder
// are in nobody's way.
func TestFoldersOfOthers(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "/dev.hcl=dev /tfgen.hcl=spec /shop/tfgen.hcl=spec")
	mustWrite(t, dir, parseSet("/dev/a.tf=1"), ownedBy("dev.hcl", "dev", false))
	mustWrite(t, filepath.Join(dir, "shop"), parseSet("/infra/a.tf=1"), ownedBy("tfgen.hcl", "infra", false))
	must(t, os.CopyFS(filepath.Join(dir, "copy"), os.DirFS(filepath.Join(dir, "shop", "infra"))))
	mustWrite(t, dir, parseSet("/infra/a.tf=1"), ownedBy("tfgen.hcl", "infra", false))
}

// A folder that was moved is known again: what was edited in it is still seen, and
// what is not generated any more goes.
func TestMovedFolder(t *testing.T) {
	dir := t.TempDir()
	mustWrite(t, dir, parseSet("/infra/a.tf=1 /infra/b.tf=1 /infra/c.tf=1 /ci.yml=1"), ownedBy("tfgen.hcl", "infra", false))
	must(t, os.Rename(filepath.Join(dir, "infra"), filepath.Join(dir, "deploy")))
	put(t, dir, "/deploy/c.tf=mine")
	c := mustDiff(t, dir, parseSet("/deploy/a.tf=2 /deploy/c.tf=2 /ci.yml=2"), ownedBy("tfgen.hcl", "deploy", false))
	var all []string
	for _, change := range c.List {
		all = append(all, change.String())
	}
	equal(t, "changes", strings.Join(all, ", "), "update ci.yml, update deploy/.tfgen.json, update deploy/a.tf, remove deploy/b.tf, update deploy/c.tf (edited by hand)")
}

// Where states were before stays recorded, until they are there again.
func TestFormerStates(t *testing.T) {
	dir := t.TempDir()
	at := func(place string) *Changes {
		opts := options()
		opts.States = []State{{"place": place}}
		return mustWrite(t, dir, parseSet("/infra/a.tf=1"), opts)
	}
	for _, row := range []struct{ now, former string }{{"one", ""}, {"two", "one"}, {"two", "one"}, {"three", "one two"}, {"two", "one three"}} {
		var former []string
		for _, s := range at(row.now).Former() {
			former = append(former, s["place"])
		}
		equal(t, "former states", strings.Join(former, " "), row.former)
	}
}
