package deploy_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tfgen/internal/deploy"
)

// TestKept holds where a state was, as the data folder says.
func TestKept(t *testing.T) {
	for _, test := range []struct{ record, want string }{
		{"", "ROOT/terraform.tfstate"},
		{`{"version": 3}`, "ROOT/terraform.tfstate"},
		{`{"backend": {"type": "local", "config": {"path": null}}}`, "ROOT/terraform.tfstate"},
		{`{"backend": {"type": "local", "config": {"path": "other.tfstate"}}}`, "ROOT/other.tfstate"},
		{`{"backend": {"type": "s3", "config": {"bucket": "b", "key": "p/r/terraform.tfstate", "region": "eu-west-1"}}}`, "s3://b/p/r/terraform.tfstate"},
		{`{"backend": {"type": "cloud", "config": {"organization": "acme"}}}`, "cloud"},
	} {
		root := write(t, "-- main.tf --\n")
		if test.record != "" {
			unpack(t, root.Dir, "-- .terraform/terraform.tfstate --\n"+test.record+"\n")
		}
		place, err := deploy.Kept(nil, root)
		if got := strings.Replace(place.String(), root.Dir, "ROOT", 1); err != nil || filepath.ToSlash(got) != test.want {
			t.Errorf("%s: %s, %v, want %s", test.record, got, err, test.want)
		}
	}
}

// TestKeptInDataFolder holds that a data folder elsewhere counts.
func TestKeptInDataFolder(t *testing.T) {
	root := write(t, "-- .data/terraform.tfstate --\n{\"backend\": {\"type\": \"gcs\"}}\n")
	place, err := deploy.Kept([]string{"TF_DATA_DIR=.data"}, root)
	if err != nil || place.Kind != "gcs" {
		t.Errorf("%v, %v", place, err)
	}
	unpack(t, root.Dir, "-- .data/terraform.tfstate --\n{\n")
	if _, err := deploy.Kept([]string{"TF_DATA_DIR=.data"}, root); err == nil || !strings.Contains(err.Error(), "production") {
		t.Errorf("error: %v", err)
	}
}

// TestReadHeld holds what counts as held: resources with their keys, no data.
func TestReadHeld(t *testing.T) {
	held, err := deploy.ReadHeld([]byte(`{"version": 4, "serial": 7, "lineage": "l", "resources": [
		{"mode": "managed", "type": "aws_vpc", "name": "b", "module": "module.network", "instances": [{"index_key": 0}, {"index_key": 1}]},
		{"mode": "data", "type": "aws_subnets", "name": "x", "instances": [{}]},
		{"mode": "managed", "type": "aws_vpc", "name": "a", "instances": [{"index_key": "k"}]},
		{"mode": "managed", "type": "aws_vpc", "name": "gone", "instances": []}]}`))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{`aws_vpc.a["k"]`, "module.network.aws_vpc.b[0]", "module.network.aws_vpc.b[1]"}
	if diff := cmp.Diff(want, held.Addresses); diff != "" || held.Serial != 7 || held.Lineage != "l" || held.IsEmpty() {
		t.Errorf("%+v\n%s", held, diff)
	}
	if held, err := deploy.ReadHeld(nil); err != nil || !held.IsEmpty() {
		t.Errorf("no bytes: %+v, %v", held, err)
	}
	if held, err := deploy.ReadHeld([]byte(`{"outputs": {"url": {}}}`)); err != nil || held.IsEmpty() {
		t.Errorf("an output: %+v, %v", held, err)
	}
	if _, err := deploy.ReadHeld([]byte("Account,Name")); err == nil {
		t.Error("what is no state is read")
	}
}

// TestNewMove holds when a state is copied, when it is there already, and when
// to copy it would lose something.
func TestNewMove(t *testing.T) {
	state := func(lineage string, serial int, addresses ...string) deploy.Held {
		return deploy.Held{Position: deploy.Position{Lineage: lineage, Serial: serial}, Addresses: addresses}
	}
	for _, test := range []struct {
		name        string
		held, there deploy.Held
		want        string
	}{
		{"first", state("l", 3, "a.a"), deploy.Held{}, "copy"},
		{"over one that holds nothing", state("l", 3, "a.a"), state("m", 9), "copy"},
		{"interrupted after the copy", state("l", 3, "a.a"), state("l", 3, "a.a"), "learn"},
		{"applied by others since", state("l", 3, "a.a"), state("l", 5, "a.a", "a.b"), "learn"},
		{"nothing here", state("", 0), state("m", 9, "a.a"), "learn"},
		{"of other things", state("l", 3, "a.a"), state("m", 9, "a.a"), "error"},
		{"older there", state("l", 5, "a.a"), state("l", 3, "a.a"), "error"},
		{"later there, without some", state("l", 3, "a.a", "a.b"), state("l", 5, "a.a"), "error"},
	} {
		m, err := deploy.NewMove(deploy.Root{Name: "production"}, deploy.Place{Kind: "local", File: "f"}, deploy.Place{Kind: "s3"}, test.held, test.there)
		got := "error"
		if err == nil {
			got = map[bool]string{true: "copy", false: "learn"}[m.Copies()]
		}
		if got != test.want {
			t.Errorf("%s: %s, %v, want %s", test.name, got, err, test.want)
		}
	}
	same := deploy.Place{Kind: "s3", Bucket: "b", Key: "k"}
	if m, err := deploy.NewMove(deploy.Root{}, same, same, deploy.Held{}, deploy.Held{}); err != nil || m.Copies() {
		t.Errorf("a state that stays, under other settings, is copied over itself: %v", err)
	}
}

// Code with a state beside it, and the same with one elsewhere.
const (
	beside = `
-- main.tf --
resource "terraform_data" "a" {
  for_each = toset(["x", "y"])
}
`
	elsewhere = `
-- backend.tf --
terraform {
  backend "local" {
    path = "two.tfstate"
  }
}
`
)

// TestMove moves a state with the real Terraform, which asks nothing, keeps
// each resource, leaves nothing behind that others may read, and wants no
// change afterwards.
func TestMove(t *testing.T) {
	root, tf := write(t, beside), find(t)
	apply(t, tf, root)
	unpack(t, root.Dir, elsewhere)
	_, err := tf.NewPlan(t.Context(), root, deploy.PlanOptions{}, nil)
	if want := "initialize production: its state is not where the spec says now. To take it along: terraform -chdir="; err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("a plan before: %v", err)
	}
	from, err := deploy.Kept(nil, root)
	if err != nil || filepath.Base(from.File) != "terraform.tfstate" {
		t.Fatalf("%v, %v", from, err)
	}
	move := func(held deploy.Held) error {
		m, err := deploy.NewMove(root, from, deploy.Place{Kind: "local", File: "two.tfstate"}, held, deploy.Held{})
		if err != nil {
			t.Fatal(err)
		}
		return tf.Move(t.Context(), m)
	}
	if err := move(deploy.Held{Addresses: []string{`terraform_data.a["x"]`, `terraform_data.a["y"]`}}); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(from.File + ".backup"); err != nil || info.Size() == 0 || info.Mode().Perm() != 0o600 {
		t.Errorf("what the state was before the move: %v, %v", info, err)
	}
	if p := plan(t, tf, root, deploy.PlanOptions{}); !p.Empty || p.Unchanged != 2 {
		t.Errorf("%d unchanged: %s", p.Unchanged, summary(p.Plan))
	}
	if err := move(deploy.Held{Addresses: []string{"terraform_data.b"}}); err == nil || !strings.Contains(err.Error(), "without terraform_data.b") {
		t.Errorf("what is lost goes unsaid: %v", err)
	}
}
