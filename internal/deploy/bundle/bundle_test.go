package bundle_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tfgen/internal/deploy/bundle"
	"tfgen/internal/deploy/report"
)

func example() *bundle.Bundle {
	return &bundle.Bundle{
		Made: bundle.Made{Project: "shop", Product: "Terraform", Version: "1.11.4", Files: map[string]string{
			"tfgen.hcl": "sha256:1", "infra/delivery/.terraform.lock.hcl": "sha256:3",
		}},
		Digest:  "sha256:2",
		Command: "tfgen plan -out=shop.tfplan",
		Roots: []bundle.Root{
			{Name: "delivery", Facts: []string{"infra/delivery"}, Report: report.Plan{Empty: true}, Saved: []byte("PK one")},
			{Name: "production", Report: report.Plan{Counts: report.Counts{Add: 1}}, Saved: bytes.Repeat([]byte("two"), 1000)},
		},
	}
}

// TestRoundTrip holds that what is decoded is what was encoded.
func TestRoundTrip(t *testing.T) {
	b, err := bundle.Decode(encode(t))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(example(), b); diff != "" {
		t.Error(diff)
	}
}

func encode(t *testing.T) []byte {
	t.Helper()
	text, err := example().Encode()
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestDamaged holds that no bit of a bundle can be changed, and that it cannot
// be cut off anywhere.
func TestDamaged(t *testing.T) {
	whole := encode(t)
	for i := range whole {
		if _, err := bundle.Decode(whole[:i]); err == nil {
			t.Fatalf("the first %d of %d bytes are a bundle", i, len(whole))
		}
		damaged := slices.Clone(whole)
		damaged[i] ^= 1
		if _, err := bundle.Decode(damaged); err == nil {
			t.Fatalf("byte %d may be changed", i)
		}
	}
	if _, err := bundle.Decode(append(whole, 0)); err == nil {
		t.Error("a byte more is taken")
	}
}

// TestForeign holds that what is no bundle is called by its name.
func TestForeign(t *testing.T) {
	newer := strings.Replace(string(encode(t)), "tfgen-plan 1 ", "tfgen-plan 2 ", 1)
	for _, test := range []struct{ text, want string }{
		{"", "is empty"},
		{"PK\x03\x04…", "Terraform applies"},
		{"project \"x\" {}\n", "is no plan"},
		{"tfgen-plan", "cut off"},
		{"tfgen-plan \n", "cut off"},
		{newer, "newer tfgen"},
	} {
		if _, err := bundle.Decode([]byte(test.text)); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%.20q: %v, want %q", test.text, err, test.want)
		}
	}
}

// TestEdited holds that an init may write a lock file while it plans, and that
// nobody may edit anything else meanwhile.
func TestEdited(t *testing.T) {
	now := example().Made
	now.Files["infra/delivery/.terraform.lock.hcl"] = "another"
	now.Files["infra/production/.terraform.lock.hcl"] = "one more"
	if said := example().Made.Edited(now); said != nil {
		t.Errorf("of lock files is said %q", said)
	}
	now.Files["tfgen.hcl"] = "another"
	if said := example().Made.Edited(now); len(said) != 1 {
		t.Errorf("of an edit is said %q", said)
	}
}

// TestMoved holds that everything a plan was made from is compared, and named.
func TestMoved(t *testing.T) {
	for _, test := range []struct {
		name string
		move func(*bundle.Made)
		want string
	}{
		{"nothing", func(*bundle.Made) {}, ""},
		{"another project", func(m *bundle.Made) { m.Project = "hop" }, "it is a plan of the project shop, and this is hop"},
		{"another product", func(m *bundle.Made) { m.Product = "OpenTofu" }, "it was made with Terraform 1.11.4, and this is OpenTofu 1.11.4"},
		{"another version", func(m *bundle.Made) { m.Version = "1.12.0" }, "it was made with Terraform 1.11.4, and this is Terraform 1.12.0"},
		{"an edit", func(m *bundle.Made) { m.Files["tfgen.hcl"] = "sha256:9" }, "tfgen.hcl was edited"},
		{"a file more", func(m *bundle.Made) { m.Files["infra/.terraform.lock.hcl"] = "x" }, "the lock file infra/.terraform.lock.hcl was added"},
		{"a lock file that is not committed", func(m *bundle.Made) { delete(m.Files, "infra/delivery/.terraform.lock.hcl") },
			"the lock file infra/delivery/.terraform.lock.hcl is gone: commit it, so that it is there wherever the plan is applied"},
		{"a file less", func(m *bundle.Made) { delete(m.Files, "tfgen.hcl") }, "tfgen.hcl is gone"},
	} {
		now := example().Made
		test.move(&now)
		if got := strings.Join(example().Made.Moved(now), "\n"); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
	many := example().Made
	for name := range strings.SplitSeq("abcdefghijkl", "") {
		many.Files[name] = "x"
	}
	if said := example().Made.Moved(many); len(said) != 11 || said[10] != "2 more files were changed" {
		t.Errorf("of many files is said %q", said)
	}
}
