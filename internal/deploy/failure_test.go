package deploy_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"tfgen/internal/deploy"
)

// backend is a place for states that may refuse to store.
type backend struct{ refuses bool }

func (b *backend) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.Method == "POST" && b.refuses:
		w.WriteHeader(http.StatusInsufficientStorage)
	case r.Method == "GET":
		w.WriteHeader(http.StatusNotFound)
	}
}

func (b *backend) root(t *testing.T) deploy.Root {
	t.Helper()
	server := httptest.NewServer(b)
	t.Cleanup(server.Close)
	return write(t, strings.ReplaceAll(`
-- main.tf --
terraform {
  backend "http" {
    address   = "URL"
    retry_max = 0
  }
}
resource "terraform_data" "this" {}
`, "URL", server.URL))
}

// TestLockHeld plans while an apply of the same root is under way.
func TestLockHeld(t *testing.T) {
	root, tf := write(t, fmt.Sprintf(slow, "sleep 600")), find(t)
	first := plan(t, tf, root, deploy.PlanOptions{})
	ctx, cancel := context.WithCancel(t.Context())
	var err error
	_, stopped := first.Apply(ctx, on("provision_progress", func() {
		_, err = tf.NewPlan(t.Context(), root, deploy.PlanOptions{}, nil)
		cancel()
	}))
	var held *deploy.LockHeld
	if !errors.As(err, &held) || !errors.Is(stopped, context.Canceled) {
		t.Fatalf("errors: %v, %v", err, stopped)
	}
	form := regexp.MustCompile(`^its state is locked by \S+@\S+ since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+0000 UTC \(Apply\)\. When that run is surely over, and only then, unlock it with:\n` +
		`  terraform -chdir=` + root.Dir + ` force-unlock [0-9a-f-]{36}$`)
	if !form.MatchString(held.Error()) {
		t.Errorf("%s", held)
	}
	if got := strings.Count(err.Error(), "Error acquiring the state lock"); got != 1 {
		t.Errorf("Terraform's words are there %d times:\n%s", got, err)
	}
}

// TestErroredState holds that a state which could not be stored is kept for
// its owner alone, that the way to store it is said, and that nothing is
// applied before.
func TestErroredState(t *testing.T) {
	store := &backend{refuses: true}
	root := store.root(t)
	tf := find(t)
	_, err := plan(t, tf, root, deploy.PlanOptions{}).Apply(t.Context(), nil)
	wantErrored(t, root, err)

	store.refuses = false
	result, err := plan(t, tf, root, deploy.PlanOptions{}).Apply(t.Context(), nil)
	wantErrored(t, root, err)
	if len(result.Done) != 0 {
		t.Errorf("applied in spite of it: %+v", result)
	}
	if err := os.Remove(filepath.Join(root.Dir, "errored.tfstate")); err != nil {
		t.Fatal(err)
	}
	apply(t, tf, root)
}

func wantErrored(t *testing.T, root deploy.Root, err error) {
	t.Helper()
	var left *deploy.ErroredState
	if !errors.As(err, &left) {
		t.Fatalf("error: %v", err)
	}
	if want := "terraform -chdir=" + root.Dir + " state push errored.tfstate"; left.Push != want {
		t.Errorf("push with %q, want %q", left.Push, want)
	}
	if info, err := os.Stat(left.File); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("file: %v, %v", info, err)
	}
}

// TestPartialFailure holds what a result says when one resource fails.
func TestPartialFailure(t *testing.T) {
	root := write(t, fmt.Sprintf(slow, `printf '\\033[31mred\\033[0m'; exit 3`))
	result, err := plan(t, find(t), root, deploy.PlanOptions{}).Apply(t.Context(), nil)
	got := fmt.Sprintf("%d done, failed %s, left %s", len(result.Done), result.Failed[0].Address, result.Left)
	if want := "1 done, failed terraform_data.slow, left [terraform_data.never]"; got != want || !result.Begun {
		t.Errorf("%s, want %s", got, want)
	}
	if !strings.Contains(err.Error(), "exit status 3") || strings.Contains(err.Error(), "\x1b") {
		t.Errorf("error: %q", err)
	}
}

// fails is a Terraform whose plan fails with a text.
const fails = `
-- tf --
#!/bin/sh
case $1 in
version) echo "Terraform v1.11.4" ;;
plan) cat >&2 "$(dirname "$0")/text"; exit 1 ;;
esac
-- text --
`

// TestAdvice holds the sentences in plain words, for what backends and the
// provider were seen to say, and which of it has to do with this machine alone.
func TestAdvice(t *testing.T) {
	for _, test := range []struct {
		said, want string
		local      bool
	}{
		{"No valid credential sources found", "there are no AWS credentials", false},
		{"operation error STS: GetCallerIdentity, api error ExpiredToken: The security token included in the request is expired", "the AWS credentials have expired", false},
		{"Error: AWS account ID not allowed: 123456789012", "belong to another account", false},
		{"api error InvalidClientTokenId: The security token included in the request is invalid.", "AWS does not know these credentials", false},
		{"failed to get shared config profile, nobody", "AWS_PROFILE names a profile", false},
		{"api error AccessDenied: User: x is not authorized to perform: ecs:CreateCluster", "lack a permission that this needs: ecs:CreateCluster.", false},
		{"api error AccessDenied: Access Denied", "lack a permission that this needs.", false},
		{"https response error StatusCode: 400, ThrottlingException: Rate exceeded", "no more requests for the moment", false},
		{"https response error StatusCode: 500, InternalFailure", "AWS failed by itself", false},
		{"write .terraform/x: no space left on device", ".terraform/x cannot be written: no space left on device.", true},
		{"doesn't match any of the checksums previously recorded", "providers lock -platform=", true},
		{"operation error STS: GetCallerIdentity, request send failed, Post \"http://127.0.0.1:1/\"", "AWS could not be reached", true},
		{"Error: Backend configuration changed", "init -migrate-state", false},
		{"Error: Can't ask approval for state migration when interactive input is disabled.", "init -migrate-state", false},
		{"The referenced S3 bucket must have been previously created.", "is not there. To make it: tfgen bootstrap", false},
		{"Unable to list objects in S3 bucket \"states\" with prefix \"env:/\": StatusCode: 403, api error AccessDenied: Access Denied", "To see whose it is: tfgen bootstrap", false},
		{"Error: Error acquiring the state lock: operation error S3: PutObject, https response error StatusCode: 403, api error AccessDenied", "To see whose it is: tfgen bootstrap", false},
		{"Error: Error acquiring the state lock: operation error S3: PutObject, https response error StatusCode: 404, NoSuchBucket", "is not there. To make it: tfgen bootstrap", false},
		{"Error: Required token could not be found", "terraform login makes one", false},
		{"Error: Failed to query available provider packages", "-plugin-dir names a folder", true},
		{"Error: Error acquiring the state lock\n\nError message: operation error S3: PutObject, api error\nAccessDenied: Access Denied", "may not use the bucket", false},
		{"This state requires provider registry.opentofu.org/hashicorp/aws, but that provider isn't available.", "written by OpenTofu. Go on with that (-terraform=tofu), or take the state over once: terraform -chdir=", false},
		{"There are some problems with the CLI configuration:\n\nError: The specified plugin cache dir /nope cannot be opened: stat /nope: no such file or directory\n\nError: Failed to query available provider packages", "Make it.", true},
		{"There are some problems with the CLI configuration:\n\nError: Error parsing /home/ann/.terraformrc: At 2:2: object expected closing RBRACE got: EOF\n\nError: Failed to query available provider packages", "cannot read its CLI configuration", true},
		{"Something else", "Terraform failed\n\nSomething else", false},
	} {
		dir := t.TempDir()
		unpack(t, dir, fails+"╷\n│ \x1b[31m"+test.said+"\x1b[0m\n╵\n")
		tf := findWith(t, deploy.Config{Terraform: filepath.Join(dir, "tf"), Env: environ()})
		_, err := tf.NewPlan(t.Context(), deploy.Root{Name: "production", Dir: dir}, deploy.PlanOptions{}, nil)
		if err == nil || !strings.Contains(err.Error(), test.want) || !strings.HasSuffix(err.Error(), "\n\n"+test.said) {
			t.Errorf("%s: %v\nwant: %s", test.said, err, test.want)
		}
		if f, ok := errors.AsType[*deploy.Failure](err); !ok || f.Local != test.local {
			t.Errorf("%s: of this machine: %v", test.said, !test.local)
		}
	}
}

// TestForeignStates holds what is said of a state that another program wrote,
// before an init and after one.
func TestForeignStates(t *testing.T) {
	tf := findWith(t, deploy.Config{Env: environ(), PluginDir: t.TempDir()})
	for _, test := range []struct{ name, state, want string }{
		{"of a newer Terraform", `{"version":4,"terraform_version":"1.99.0","serial":1,"lineage":"a","outputs":{},"resources":[]}`, ""}, // Terraform promises that it can be read.
		{"of a newer format", `{"version":5,"terraform_version":"2.0.0"}`, "the state was written by a newer Terraform than this one"},
		{"encrypted by OpenTofu", `{"serial":1,"lineage":"a","meta":{},"encrypted_data":"AAAA","encryption_version":"v0"}`, "is encrypted, as OpenTofu can"},
		{"cut short", `{"version":4,"terra`, "take an older version of it back"},
		{"of OpenTofu", `{"version":4,"terraform_version":"1.11.2","serial":1,"lineage":"a","outputs":{},"resources":[{"mode":"managed","type":"null_resource","name":"x",` +
			`"provider":"provider[\"registry.opentofu.org/hashicorp/null\"]","instances":[{"schema_version":0,"attributes":{"id":"1"}}]}]}`, "the state was written by OpenTofu"},
	} {
		t.Run(test.name, func(t *testing.T) {
			root := write(t, "-- main.tf --\nmodule \"x\" {\n  source = \"./x\"\n}\n-- x/main.tf --\nresource \"terraform_data\" \"x\" {}\n")
			plan(t, tf, root, deploy.PlanOptions{}) // with an init
			unpack(t, root.Dir, "-- terraform.tfstate --\n"+test.state)
			planned, err := tf.NewPlan(t.Context(), root, deploy.PlanOptions{}, nil)
			if err == nil {
				defer planned.Close()
			}
			if said := fmt.Sprint(err); (err == nil) != (test.want == "") || !strings.Contains(said, test.want) || strings.Contains(said, "is locked") {
				t.Errorf("got  %v\nwant %s", err, test.want)
			}
		})
	}
}

// taken is a Terraform whose plan meets names that are taken.
const taken = `
-- tf --
#!/bin/sh
case $1 in
version) echo "Terraform v1.11.4" ;;
plan) cat "$(dirname "$0")/stream"; exit 1 ;;
esac
-- stream --
{"type":"diagnostic","diagnostic":{"severity":"error","summary":"creating IAM Role (shop-task): api error EntityAlreadyExists","address":"module.service[\"a.b\"].aws_iam_role.task"}}
{"type":"diagnostic","diagnostic":{"severity":"error","summary":"creating ELBv2 Load Balancer (shop): DuplicateLoadBalancerName","address":"aws_lb.this"}}
{"type":"diagnostic","diagnostic":{"severity":"error","summary":"creating S3 Bucket (shop): BucketAlreadyExists","address":"aws_s3_bucket.this"}}
`

// TestTakeOver holds that what is there already gets the command that imports
// it, but for what the caller takes over, and a bucket that is somebody else's.
func TestTakeOver(t *testing.T) {
	root := write(t, taken)
	command := "  terraform -chdir=" + root.Dir + " import "
	for _, test := range []struct {
		takesOver []string
		want      string
	}{
		{[]string{"aws_iam_role", "aws_lb"}, "it is there already, and the state does not know it. Run tfgen apply again: it looks whose that is, and offers to take over what is this project's.\n"},
		{[]string{"aws_iam_role"}, "it is there already, and the state does not know it. If it is this project's, take it over, and apply again:\n" +
			command + "aws_lb.this ID\nWhat the ID is, the provider's documentation of the resource says under Import.\n"},
		{nil, "it is there already, and the state does not know it. If it is this project's, take it over, and apply again:\n" +
			command + "'module.service[\"a.b\"].aws_iam_role.task' ID\n" + command + "aws_lb.this ID\n"},
	} {
		tf := findWith(t, deploy.Config{Terraform: filepath.Join(root.Dir, "tf"), Env: environ(), TakesOver: test.takesOver})
		_, err := tf.NewPlan(t.Context(), root, deploy.PlanOptions{}, nil)
		if err == nil || !strings.HasPrefix(err.Error(), "plan production: "+test.want) {
			t.Errorf("error: %v\nwant: %s", err, test.want)
		}
	}
}

// TestPrivateState holds that a state beside the code is its owner's alone from
// its first moment, and that no empty file stays.
func TestPrivateState(t *testing.T) {
	root := write(t, "-- main.tf --\nvariable \"x\" {}\nresource \"terraform_data\" \"this\" {\n  input = var.x\n  provisioner \"local-exec\" { command = \"ls -l terraform.tfstate | cut -c1-10 >mode\" }\n}\n")
	apply(t, find(t, "TF_VAR_x=1"), root)
	if mode := read(t, root, "mode"); mode != "-rw-------\n" {
		t.Errorf("while it is written: %s", mode)
	}
	if _, err := os.Stat(filepath.Join(root.Dir, "terraform.tfstate.backup")); err == nil {
		t.Error("there is a backup of nothing")
	}
	apply(t, find(t, "TF_VAR_x=2"), root)
	for _, name := range []string{"terraform.tfstate", "terraform.tfstate.backup"} {
		if info, err := os.Stat(filepath.Join(root.Dir, name)); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", name, info, err)
		}
	}
}

// TestTwoApplies holds that an apply which meets a lock leaves alone what the
// other one is writing, from its first moment.
func TestTwoApplies(t *testing.T) {
	root := write(t, "-- main.tf --\nresource \"terraform_data\" \"this\" {\n  provisioner \"local-exec\" { command = \"touch begun; until [ -e go ]; do sleep 0.05; done\" }\n}\n")
	tf := find(t)
	first, second := plan(t, tf, root, deploy.PlanOptions{}), plan(t, tf, root, deploy.PlanOptions{})
	done := make(chan error, 1)
	go func() {
		_, err := first.Apply(context.Background(), nil)
		done <- err
	}()
	for {
		if _, err := os.Stat(filepath.Join(root.Dir, "begun")); err == nil {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	var held *deploy.LockHeld
	if _, err := second.Apply(t.Context(), nil); !errors.As(err, &held) {
		t.Errorf("the second apply: %v", err)
	}
	unpack(t, root.Dir, "-- go --\n")
	if err := <-done; err != nil {
		t.Error(err)
	}
	if state := read(t, root, "terraform.tfstate"); !strings.Contains(state, "terraform_data") {
		t.Errorf("what the first apply made is not in the state: %q", state)
	}
}

// TestInitAgain holds that a root which only Terraform knows to be out of date
// is initialized and planned once more.
func TestInitAgain(t *testing.T) {
	root := write(t, service)
	tf, said := counted(t)
	plan(t, tf, root, deploy.PlanOptions{})
	if err := os.WriteFile(filepath.Join(root.Dir, ".terraform", "modules", "modules.json"), []byte(`{"Modules":[]}`), 0o644); err != nil {
		t.Fatal(err)
	}
	plan(t, tf, root, deploy.PlanOptions{})
	wantRuns(t, said, "version version init plan plan version init plan")
}

// TestInitPlace holds that the errors of an init name files as those of a plan do,
// and take nothing else for one.
func TestInitPlace(t *testing.T) {
	root := write(t, "-- main.tf --\nmodule \"x\" {\n  source = \"./x\"\n}\n-- x/my code.tf --\n\nvariable \"on two line 7\" {\n}\n")
	t.Chdir(filepath.Dir(root.Dir))
	root.Dir = filepath.Base(root.Dir)
	_, err := find(t).NewPlan(t.Context(), root, deploy.PlanOptions{}, nil)
	if want := " on " + filepath.Join(root.Dir, "x", "my code.tf") + " line 2, in variable \"on two line 7\":\n"; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("no %q in:\n%v", want, err)
	}
}

// TestNoRoot holds that a missing folder is one clear line.
func TestNoRoot(t *testing.T) {
	_, err := find(t).NewPlan(t.Context(), deploy.Root{Name: "production", Dir: "absent"}, deploy.PlanOptions{}, nil)
	if want := "initialize production: there is no folder absent; tfgen generate writes it"; err == nil || err.Error() != want {
		t.Errorf("error: %v", err)
	}
}
