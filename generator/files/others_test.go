package files

import (
	"errors"
	"testing"
)

// ownedBy are the options of a spec that shares the project folder with others.
func ownedBy(from, output string, force bool) Options {
	opts := options()
	opts.From, opts.Output, opts.Force = from, output, force
	return opts
}

// Each row has two specs, dev.hcl and prod.hcl, of which dev.hcl wrote before.
func TestTwoSpecs(t *testing.T) {
	for _, row := range []struct {
		name, output, before, set string
		want                      string // what is refused, "" for nothing
	}{
		{"the same folder", "infra", "/infra/a.tf=1", "/infra/a.tf=2", `in its project block, output = "infra-prod"`},
		{"folders of their own", "prod", "/infra/a.tf=1", "/prod/a.tf=2", ""},
		{"a buildspec of the other", "prod", "/infra/a.tf=1 /ci/b.yml=1", "/ci/b.yml=2", "ci/b.yml: written for dev.hcl"},
		{"a buildspec like the other's", "prod", "/infra/a.tf=1 /ci/b.yml=1", "/ci/b.yml=1", ""},
		{"a buildspec of its own", "prod", "/infra/a.tf=1 /ci/b.yml=1", "/ci/c.yml=2", ""},
	} {
		for _, force := range []bool{false, true} {
			t.Run(row.name, func(t *testing.T) {
				dir := t.TempDir()
				put(t, dir, "/dev.hcl=dev /prod.hcl=prod")
				mustWrite(t, dir, parseSet(row.before), ownedBy("dev.hcl", "infra", false))
				before := onTheDisk(t, dir)
				c, err := Diff(dir, parseSet(row.set), ownedBy("prod.hcl", row.output, force))
				if err == nil {
					err = c.Write(t.Context())
				}
				if row.want != "" {
					checkRefusal(t, err, row.want)
					equal(t, "disk", onTheDisk(t, dir), before)
				} else {
					must(t, err)
				}
				again, err := Diff(dir, parseSet(row.before), ownedBy("dev.hcl", "infra", false))
				must(t, err)
				if again.Stale() {
					t.Errorf("the other spec's code is stale: %v", again.Problems())
				}
			})
		}
	}
}

// A spec that no longer makes a file leaves it to the one that it is written for
// by now.
func TestSharedFileStays(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "/dev.hcl=dev /prod.hcl=prod")
	mustWrite(t, dir, parseSet("/ci/b.yml=1"), ownedBy("dev.hcl", "infra", false))
	mustWrite(t, dir, parseSet("/ci/b.yml=1"), ownedBy("prod.hcl", "prod", false))
	mustWrite(t, dir, parseSet("/ci/c.yml=1"), ownedBy("dev.hcl", "infra", true))
	c, err := Diff(dir, parseSet("/ci/b.yml=1"), ownedBy("prod.hcl", "prod", false))
	must(t, err)
	if c.Stale() {
		t.Errorf("stale: %v", c.Problems())
	}
	c, err = Diff(dir, parseSet("/ci/b.yml=2 /ci/c.yml=1"), ownedBy("dev.hcl", "infra", true))
	must(t, err)
	if _, refused := errors.AsType[*ConflictError](c.Write(t.Context())); !refused {
		t.Error("a file that is the other's by now was overwritten")
	}
}

// A spec that was renamed keeps its folder.
func TestRenamedSpec(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "/prod.hcl=prod")
	mustWrite(t, dir, parseSet("/infra/a.tf=1"), ownedBy("dev.hcl", "infra", false))
	mustWrite(t, dir, parseSet("/infra/a.tf=2"), ownedBy("prod.hcl", "infra", false))
}
