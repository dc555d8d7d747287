package deploy_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"tfgen/internal/deploy"
)

// noting is a Terraform that does nothing but note what it is asked for, and
// in which environment.
const noting = `
-- tf --
#!/bin/sh
cd "$(dirname "$0")"
echo "$1" >>log
env >env
case "$*" in
*-json) echo '{"terraform_version":"1.11.4"}' ;;
version) echo "Terraform v1.11.4" ;;
init*) mkdir -p "${TF_DATA_DIR:-.}" ;;
show*) cat shown ;;
esac
-- log --
`

// fake returns such a Terraform, a root with some files, and a function that
// plans and returns what was asked for.
func fake(t *testing.T, archive string, c deploy.Config) (deploy.Root, func() string) {
	t.Helper()
	dir, root := t.TempDir(), write(t, archive)
	unpack(t, dir, noting)
	c.Terraform, c.Env = filepath.Join(dir, "tf"), append(environ("BIN="+dir), c.Env...)
	tf := findWith(t, c)
	return root, func() string {
		if err := os.WriteFile(filepath.Join(dir, "log"), nil, 0o644); err != nil {
			t.Fatal(err)
		}
		plan(t, tf, root, deploy.PlanOptions{})
		return strings.Join(strings.Fields(read(t, deploy.Root{Dir: dir}, "log")), " ")
	}
}

const (
	withInit    = "version init plan"
	withoutInit = "plan"
)

// TestInitProviders holds that a provider which is locked and gone is
// installed again.
func TestInitProviders(t *testing.T) {
	root, runs := fake(t, `
-- main.tf --
-- .terraform/README --
-- .terraform.lock.hcl --
# This file is maintained automatically by "terraform init".

provider "registry.terraform.io/hashicorp/aws" {
  version     = "5.100.0"
  constraints = ">= 5.100.0"
}
`, deploy.Config{})
	expect(t, "first", runs(), withInit)
	expect(t, "no package", runs(), withInit)
	pkg := fmt.Sprintf(".terraform/providers/registry.terraform.io/hashicorp/aws/5.100.0/%s_%s/x", runtime.GOOS, runtime.GOARCH)
	unpack(t, root.Dir, "-- "+pkg+" --\n")
	expect(t, "package", runs(), withoutInit)
	unpack(t, root.Dir, "-- .terraform.lock.hcl --\n")
	expect(t, "other lock file", runs(), withInit)
}

// TestInitSettings holds which changes of the code need an init.
func TestInitSettings(t *testing.T) {
	root, runs := fake(t, "-- main.tf --\nvariable \"x\" {}\n-- .terraform/README --\n", deploy.Config{})
	expect(t, "first", runs(), withInit)
	expect(t, "nothing", runs(), withoutInit)
	for _, test := range []struct{ name, archive, want string }{
		{"a default", "-- main.tf --\nvariable \"x\" { default = 1 }\n", withoutInit},
		{"a resource", "-- main.tf --\nresource \"aws_vpc\" \"x\" {}\n", withInit},
		{"another of its provider", "-- main.tf --\nresource \"aws_eip\" \"x\" {}\n", withoutInit},
		{"a version", "-- terraform.tf --\nterraform {\n  required_providers {\n    aws = {\n      version = \"~> 5.100\"\n    }\n  }\n}\n", withInit},
		{"a module", "-- extra_a.tf --\nmodule \"a\" {\n  source = \"../a\"\n}\n-- .terraform/modules/modules.json --\n", withInit},
		{"a setting of the module", "-- ../a/main.tf --\nterraform {\n  required_version = \">= 1.11\"\n}\n", withInit},
		{"a module of the module", "-- ../a/main.tf --\nmodule \"b\" {\n  source = \"./b\"\n}\n", withInit},
		{"JSON", "-- extra.tf.json --\n{}\n", withInit},
		{"a backend", "-- terraform.tf --\nterraform {\n  required_version = \">= 1.11\"\n  backend \"s3\" {}\n}\n", withInit},
		{"a backend without a record", "-- none --\n", withInit},
		{"a backend with a record", "-- .terraform/terraform.tfstate --\n{\"backend\": {\"type\": \"s3\"}}\n", withoutInit},
		{"a workspace instead", "-- terraform.tf --\nterraform {\n  cloud {\n    organization = \"acme\"\n  }\n}\n", withInit},
		{"a workspace with a record", "-- .terraform/terraform.tfstate --\n{\"backend\": {\"type\": \"cloud\"}}\n", withoutInit},
		{"a workspace less", "-- terraform.tf --\nterraform {\n}\n", withInit},
		{"a record of nothing", "-- .terraform/terraform.tfstate --\n{\"version\": 3}\n", withoutInit},
	} {
		unpack(t, root.Dir, test.archive)
		expect(t, test.name, runs(), test.want)
	}
}

// TestInitDataFolder holds that a data folder elsewhere is remembered too.
func TestInitDataFolder(t *testing.T) {
	for _, dir := range []string{".data", t.TempDir()} {
		_, runs := fake(t, "-- main.tf --\n-- .data/README --\n", deploy.Config{Env: []string{"TF_DATA_DIR=" + dir}})
		expect(t, dir, runs(), withInit)
		expect(t, dir, runs(), withoutInit)
	}
}

func expect(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %s, want %s", what, got, want)
	}
}

// TestCheckpoint holds that nobody calls home, unless the user wants it.
func TestCheckpoint(t *testing.T) {
	for _, test := range []struct {
		env  []string
		want string
	}{
		{nil, "\nCHECKPOINT_DISABLE=1\n"},
		{[]string{"CHECKPOINT_DISABLE="}, "\nCHECKPOINT_DISABLE=\n"},
	} {
		dir := t.TempDir()
		unpack(t, dir, noting)
		tf := findWith(t, deploy.Config{Terraform: filepath.Join(dir, "tf"), Env: environ(test.env...)})
		for range 2 { // when it is found, and when it plans
			if env := "\n" + read(t, deploy.Root{Dir: dir}, "env"); !strings.Contains(env, test.want) {
				t.Errorf("no %q in %s", test.want, env)
			}
			plan(t, tf, write(t, "-- main.tf --\n"), deploy.PlanOptions{})
		}
	}
}

// TestConfigFile holds that a CLI configuration is looked for where the caller
// stands, as Terraform does.
func TestConfigFile(t *testing.T) {
	dir, here := t.TempDir(), t.TempDir()
	unpack(t, dir, noting)
	unpack(t, here, "-- ci.tfrc --\n")
	t.Chdir(here)
	tf := findWith(t, deploy.Config{Terraform: filepath.Join(dir, "tf"), Env: environ("TF_CLI_CONFIG_FILE=ci.tfrc")})
	plan(t, tf, write(t, "-- main.tf --\n"), deploy.PlanOptions{})
	if env, want := read(t, deploy.Root{Dir: dir}, "env"), "\nTF_CLI_CONFIG_FILE="+filepath.Join(here, "ci.tfrc")+"\n"; !strings.Contains("\n"+env, want) || len(tf.Warnings) != 0 {
		t.Errorf("no %q in %s; warnings %q", want, env, tf.Warnings)
	}
}

// TestDriftIsNoChange holds that Terraform's exit code says whether a plan is
// empty, and that what nothing comes of is no news.
func TestDriftIsNoChange(t *testing.T) {
	dir := t.TempDir()
	unpack(t, dir, noting+`-- shown --
{"format_version":"1.2","resource_drift":[{"address":"x.y","mode":"managed","change":{"actions":["delete"]}}]}
`)
	var text bytes.Buffer
	tf := findWith(t, deploy.Config{Terraform: filepath.Join(dir, "tf"), Env: environ(), Verbose: &text})
	p := plan(t, tf, write(t, "-- main.tf --\n"), deploy.PlanOptions{})
	if !p.Empty || len(p.Drift) != 0 {
		t.Errorf("plan: %+v", p.Plan)
	}
}

// TestLogFile holds that Terraform's log is written, for its owner alone.
func TestLogFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "log")
	tf := findWith(t, deploy.Config{Env: environ(), LogFile: file})
	plan(t, tf, write(t, service), deploy.PlanOptions{})
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 || info.Size() == 0 {
		t.Errorf("%v, %v", info, err)
	}
}

// TestSideBySide holds that otherwise two run at once: each waits for the
// other here.
func TestSideBySide(t *testing.T) {
	meet := make(chan int)
	got, err := deploy.Each(t.Context(), find(t), []int{1, 2}, func(_ context.Context, i int) (int, error) {
		if i == 1 {
			return <-meet, nil
		}
		meet <- 7
		return i, nil
	})
	if err != nil || got[0] != 7 || got[1] != 2 {
		t.Errorf("%v, %v", got, err)
	}
}
