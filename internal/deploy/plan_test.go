package deploy_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tfgen/internal/deploy"
	"tfgen/internal/deploy/report"
)

const service = `
-- main.tf --
variable "level" { default = "info" }
variable "token" {
  default   = "hush-hush"
  sensitive = true
}
module "service" {
  source   = "./service"
  for_each = toset(["web"])
  level    = var.level
  token    = var.token
}
output "level" { value = var.level }
output "token" {
  value     = var.token
  sensitive = true
}
-- service/main.tf --
variable "level" {}
variable "token" {}
resource "terraform_data" "this" {
  input = { level = var.level, token = var.token }
}
resource "terraform_data" "once" {
  triggers_replace = [var.level]
  lifecycle { create_before_destroy = true }
}
resource "terraform_data" "same" { input = 1 }
`

// TestLife plays a root's life: create, nothing, change, destroy.
func TestLife(t *testing.T) {
	root := write(t, service)
	tf := find(t)
	first := plan(t, tf, root, deploy.PlanOptions{})
	wantPlan(t, first, "+ module.service[\"web\"].terraform_data.once\n+ module.service[\"web\"].terraform_data.same\n+ module.service[\"web\"].terraform_data.this", report.Counts{Add: 3})
	result, err := first.Apply(t.Context(), nil)
	if err != nil || result.Counts != (report.Counts{Add: 3}) || len(result.Done) != 3 || len(result.Left) != 0 {
		t.Fatalf("apply: %+v, %v", result, err)
	}

	again := plan(t, tf, root, deploy.PlanOptions{})
	if !again.Empty || again.Unchanged != 3 {
		t.Errorf("second plan: empty %t, %d unchanged", again.Empty, again.Unchanged)
	}

	tf = find(t, "TF_VAR_level=debug")
	change := plan(t, tf, root, deploy.PlanOptions{})
	wantPlan(t, change, "+/- module.service[\"web\"].terraform_data.once; triggers_replace [\"info\"] → [\"debug\"]; id (known after apply)\n"+
		"~ module.service[\"web\"].terraform_data.this; input.level info → debug; output (known after apply)",
		report.Counts{Add: 1, Change: 1, Destroy: 1})
	if change.Unchanged != 1 || change.Empty {
		t.Errorf("change: empty %t, %d unchanged", change.Empty, change.Unchanged)
	}

	gone := plan(t, tf, root, deploy.PlanOptions{Destroy: true})
	wantPlan(t, gone, "- module.service[\"web\"].terraform_data.once\n- module.service[\"web\"].terraform_data.same\n- module.service[\"web\"].terraform_data.this", report.Counts{Destroy: 3})
	if result, err := gone.Apply(t.Context(), nil); err != nil || result.Counts.Destroy != 3 {
		t.Errorf("destroy: %+v, %v", result, err)
	}
}

func wantPlan(t *testing.T, p *deploy.Plan, want string, counts report.Counts) {
	t.Helper()
	if got := summary(p.Plan); got != want {
		t.Errorf("plan:\n%s\nwant:\n%s", got, want)
	}
	if p.Counts != counts {
		t.Errorf("counts %+v, want %+v", p.Counts, counts)
	}
}

// TestRuns counts what a root costs: one version for all roots, an init where
// it is needed, a show where there are values to show. Terraform-exec asks for
// the version again before the two latter.
func TestRuns(t *testing.T) {
	root := write(t, service)
	tf, said := counted(t)
	apply(t, tf, root)
	wantRuns(t, said, "version version init plan apply")
	apply(t, tf, root)
	wantRuns(t, said, "version version init plan apply plan apply")

	// Another source of a module is another init.
	unpack(t, root.Dir, "-- extra_more.tf --\nmodule \"more\" {\n  source = \"./service\"\n  level  = 1\n  token  = 2\n}\n")
	plan(t, tf, root, deploy.PlanOptions{})
	wantRuns(t, said, "version version init plan apply plan apply version init plan")

	// A changed value is none, but has values to show.
	unpack(t, root.Dir, strings.Replace(service, `"info"`, `"warn"`, 1))
	plan(t, tf, root, deploy.PlanOptions{})
	wantRuns(t, said, "version version init plan apply plan apply version init plan plan version show")

	// So is a data folder that somebody has cleaned up.
	if err := os.RemoveAll(filepath.Join(root.Dir, ".terraform", "modules")); err != nil {
		t.Fatal(err)
	}
	if _, err := tf.Output(t.Context(), root); err != nil {
		t.Fatal(err)
	}
	if got := said(); !strings.HasSuffix(got, "show version init output") {
		t.Errorf("runs: %s", got)
	}
}

func wantRuns(t *testing.T, said func() string, want string) {
	t.Helper()
	if got := said(); got != want {
		t.Errorf("runs: %s\nwant: %s", got, want)
	}
}

// TestEnvironment holds that what would change the plan does not reach
// Terraform, and that everything else does.
func TestEnvironment(t *testing.T) {
	root, log := write(t, service), filepath.Join(t.TempDir(), "log")
	tf := find(t, "TF_CLI_ARGS_plan=-destroy", "TF_CLI_ARGS=-lock=false", "TF_WORKSPACE=other", "TF_REATTACH_PROVIDERS={",
		"TF_LOG=TRACE", "TF_LOG_PATH="+log, "TF_INPUT=1", "TF_VAR_level=debug", "TF_VAR_undeclared=x", "TF_DATA_DIR=.data")
	want := []string{"TF_CLI_ARGS", "TF_CLI_ARGS_plan", "TF_LOG", "TF_LOG_PATH", "TF_REATTACH_PROVIDERS", "TF_WORKSPACE"}
	if len(tf.Warnings) != len(want) {
		t.Fatalf("warnings: %q", tf.Warnings)
	}
	for i, name := range want {
		if !strings.HasPrefix(tf.Warnings[i], name+" ") {
			t.Errorf("warning %q does not name %s", tf.Warnings[i], name)
		}
	}
	apply(t, tf, root)
	outputs, err := tf.Output(t.Context(), root)
	if err != nil || string(outputs["level"].Value) != `"debug"` || !outputs["token"].Sensitive {
		t.Errorf("outputs: %v, %v", outputs, err)
	}
	if _, err := os.Stat(filepath.Join(root.Dir, ".data", "modules")); err != nil {
		t.Error(err)
	}
	if text, err := os.ReadFile(log); err == nil {
		t.Errorf("there is a log:\n%.500s", text)
	}
	if again := plan(t, tf, root, deploy.PlanOptions{}); !again.Empty || len(again.Diagnostics) != 0 {
		t.Errorf("plan: %+v", again.Plan)
	}
}

// TestDataFolders holds that two roots with states of their own share a data
// folder that is absolute, and find theirs again.
func TestDataFolders(t *testing.T) {
	for _, dir := range []string{".data", t.TempDir()} {
		tf := find(t, "TF_DATA_DIR="+dir)
		roots := []deploy.Root{kept(t, "a"), kept(t, "b")}
		for range 2 {
			_, err := deploy.Each(t.Context(), tf, roots, func(_ context.Context, root deploy.Root) (*report.Result, error) {
				return apply(t, tf, root), nil
			})
			if err != nil {
				t.Error(err)
			}
		}
		for i, want := range []string{`"a"`, `"b"`} {
			if outputs, err := tf.Output(t.Context(), roots[i]); err != nil || string(outputs["name"].Value) != want {
				t.Errorf("%s: %s, %v", dir, outputs["name"].Value, err)
			}
		}
	}
}

// kept is a root whose state lies in a file of its own.
func kept(t *testing.T, name string) deploy.Root {
	return write(t, fmt.Sprintf("-- main.tf --\nterraform {\n  backend \"local\" { path = \"%s.tfstate\" }\n}\noutput \"name\" { value = \"%[1]s\" }\n", name))
}

// TestNoSecret holds that a sensitive value is in nothing that a reader sees,
// even where the provider repeats it unmarked (terraform_data.output).
func TestNoSecret(t *testing.T) {
	root := write(t, service)
	var seen bytes.Buffer
	listen := func(e report.Event) { seen.WriteString(e.Message) }
	for _, token := range []string{"hush-hush", "whisper-whisper"} {
		tf := find(t, "TF_VAR_token="+token)
		p, err := tf.NewPlan(t.Context(), root, deploy.PlanOptions{}, listen)
		if err != nil {
			t.Fatal(err)
		}
		defer p.Close()
		seen.WriteString(summary(p.Plan))
		if _, err := p.Apply(t.Context(), listen); err != nil {
			t.Fatal(err)
		}
	}
	for _, secret := range []string{"hush-hush", "whisper"} {
		if strings.Contains(seen.String(), secret) {
			t.Errorf("%s is in:\n%s", secret, seen.String())
		}
	}
	if !strings.Contains(seen.String(), "input.token (sensitive)") {
		t.Errorf("the change itself is missing:\n%s", seen.String())
	}
}

// TestSavedPlan holds that the bytes that were opened are those applied, and
// once, whoever speaks.
func TestSavedPlan(t *testing.T) {
	t.Run("quiet", func(t *testing.T) { savedPlan(t, find(t)) })
	t.Run("verbose", func(t *testing.T) { savedPlan(t, findWith(t, deploy.Config{Env: environ(), Verbose: &bytes.Buffer{}})) })
}

func savedPlan(t *testing.T, tf *deploy.Terraform) {
	t.Helper()
	root := write(t, service)
	made := plan(t, tf, root, deploy.PlanOptions{})
	saved, err := made.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	opened, err := tf.OpenPlan(t.Context(), root, saved, made.Plan)
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	wantBasis(t, tf, opened, true)
	if opened.SHA256 != made.SHA256 || opened.Counts != made.Counts || summary(opened.Plan) != summary(made.Plan) {
		t.Errorf("opened %+v, made %+v", opened.Plan, made.Plan)
	}
	if result, err := opened.Apply(t.Context(), nil); err != nil || !result.Begun {
		t.Errorf("%+v, %v", result, err)
	}
	wantBasis(t, tf, made, false)
	var stale *deploy.StalePlan
	if result, err := made.Apply(t.Context(), nil); !errors.As(err, &stale) || result.Begun {
		t.Errorf("applied twice: %+v, %v", result, err)
	}
}

// wantBasis fails the test unless a plan's state is the root's of today, or is not.
func wantBasis(t *testing.T, tf *deploy.Terraform, p *deploy.Plan, today bool) {
	t.Helper()
	basis, err := p.Basis()
	if err != nil {
		t.Fatal(err)
	}
	now, err := tf.Position(t.Context(), p.Root)
	if err != nil {
		t.Fatal(err)
	}
	if (basis.Position == now) != today {
		t.Errorf("the plan was made from %+v, and the state is %+v", basis.Position, now)
	}
}

// TestVerbose holds that Terraform's text comes through byte for byte, and
// that the plan is known all the same.
func TestVerbose(t *testing.T) {
	var text bytes.Buffer
	root := write(t, service)
	tf := findWith(t, deploy.Config{Env: environ(), Verbose: &text})
	p := plan(t, tf, root, deploy.PlanOptions{})
	if p.Counts.Add != 3 || p.Empty {
		t.Errorf("plan: %+v", p.Plan)
	}
	if _, err := p.Apply(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"\nTerraform has been successfully initialized!\n", "\nPlan: 3 to add, 0 to change, 0 to destroy.\n", "\nApply complete! Resources: 3 added, 0 changed, 0 destroyed.\n"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("no %q in:\n%s", want, text.String())
		}
	}
	for _, not := range []string{`{"@level"`, "terraform_version"} {
		if strings.Contains(text.String(), not) {
			t.Errorf("there is %s in:\n%s", not, text.String())
		}
	}
}

// TestPlanFileMode holds that nobody else may read a saved plan.
func TestPlanFileMode(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	p := plan(t, find(t), write(t, service), deploy.PlanOptions{})
	modes := map[string]os.FileMode{}
	err := filepath.Walk(tmp, func(path string, info os.FileInfo, err error) error {
		modes[filepath.Base(path)] = info.Mode().Perm()
		if info.IsDir() && path != tmp {
			modes["folder"] = info.Mode().Perm()
		}
		return err
	})
	if err != nil || modes["plan"] != 0o600 || modes["folder"] != 0o700 {
		t.Errorf("modes %v, %v", modes, err)
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	left, err := os.ReadDir(tmp)
	if err != nil || len(left) != 0 {
		t.Errorf("left: %v, %v", left, err)
	}
}

// TestEach holds that one root's failure does not stop the others.
func TestEach(t *testing.T) {
	good, bad := write(t, service), write(t, "-- main.tf --\nresource \"terraform_data\" \"x\" { input = nonsense }\n")
	bad.Name = "delivery"
	tf := find(t)
	plans, err := deploy.Each(t.Context(), tf, []deploy.Root{bad, good, bad}, func(ctx context.Context, r deploy.Root) (*deploy.Plan, error) {
		return tf.NewPlan(ctx, r, deploy.PlanOptions{}, nil)
	})
	if plans[0] != nil || plans[1] == nil || plans[2] != nil {
		t.Fatalf("plans: %v", plans)
	}
	defer plans[1].Close()
	if strings.Count(err.Error(), "plan delivery: ") != 2 || strings.Count(err.Error(), "Error: Invalid reference") != 2 {
		t.Errorf("error:\n%s", err)
	}
	if want := filepath.Join(bad.Dir, "main.tf") + " line 1"; !strings.Contains(err.Error(), want) {
		t.Errorf("no %q in:\n%s", want, err)
	}
}
