package faults

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"tfgen/internal/outside"
	"tfgen/internal/terraformtest"
)

// spec is the smallest that there is: one root, one repository.
const spec = `project "jobs" {
  region = "eu-central-1"
}

state "s3" {
  bucket = "BUCKET"
}

source "codecommit" {
  repository = "jobs"
}
`

// slow is a file of the user's own. It makes something that takes as long as a
// test wants: it says that it has begun, and which process waits for it, and
// goes on when the file "go" is there, or the test is over.
const slow = `variable "round" {
  default = "0"
}

resource "terraform_data" "slow" {
  depends_on       = [module.source]
  triggers_replace = [var.round]

  provisioner "local-exec" {
    command = "echo $PPID >\"$FAULT/begun\"; until [ -e \"$FAULT/go\" ] || [ ! -d \"$FAULT\" ]; do sleep 0.05; done"
  }
}

resource "terraform_data" "after" {
  depends_on = [terraform_data.slow]
}
`

// A project is the spec in a folder of its own, with an account and a bucket
// for its state that nobody else uses.
type project struct {
	dir, root string // of the project, and of its one root module
	fault     string // where a slow resource and the test meet
	log       string // what the witness noted
	terraform string // the real one
	temporary string // where temporary files go
	account   string
	bucket    string
	env       []string
	aws       *proxy
}

// newProject makes a project with an extra file of the user's own, and its code.
func newProject(t *testing.T, extra string) *project {
	t.Helper()
	terraform := terraformtest.Find(t)
	p := &project{dir: t.TempDir(), fault: t.TempDir(), temporary: t.TempDir(), terraform: terraform.Path, aws: newProxy(t)}
	p.root, p.log = filepath.Join(p.dir, "infra", "delivery"), filepath.Join(t.TempDir(), "witness")
	p.account = fmt.Sprintf("%012d", time.Now().UnixNano()%1e12)
	p.bucket = "state-" + p.account
	p.env = append(aws.Environ(terraform.Environ(os.Environ()), p.account), "AWS_ENDPOINT_URL="+p.aws.URL, "AWS_REGION=eu-central-1",
		"TMPDIR="+p.temporary, "FAULT="+p.fault, "NO_COLOR=1")
	p.write(t, "tfgen.hcl", strings.Replace(spec, "BUCKET", p.bucket, 1))
	p.write(t, "infra/delivery/extra_fault.tf", extra)
	p.request(t, http.MethodPut, "", region)
	p.must(t, "generate")
	return p
}

func (p *project) write(t *testing.T, name, text string) {
	t.Helper()
	file := filepath.Join(p.dir, name)
	if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), 0o644)); err != nil {
		t.Fatal(err)
	}
}

// request asks the bucket for something.
func (p *project) request(t *testing.T, method, key, body string) (string, int) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, aws.URL+"/"+p.bucket+"/"+key, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=TFGENADM"+p.account+"/20260101/eu-central-1/s3/aws4_request, SignedHeaders=host, Signature=0")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var text bytes.Buffer
	text.ReadFrom(resp.Body)
	return text.String(), resp.StatusCode
}

// region is what S3 wants to hear about a new bucket.
const region = `<CreateBucketConfiguration><LocationConstraint>eu-central-1</LocationConstraint></CreateBucketConfiguration>`

const stateKey = "jobs/delivery/terraform.tfstate"

// state lists what the state in the bucket knows: type.name, with "tainted"
// behind what is.
func (p *project) state(t *testing.T) (known []string) {
	t.Helper()
	text, code := p.request(t, http.MethodGet, stateKey, "")
	if code != http.StatusOK {
		return nil
	}
	return resources(t, text)
}

func resources(t *testing.T, text string) (known []string) {
	t.Helper()
	var state struct {
		Resources []struct {
			Mode, Type, Name string
			Instances        []struct{ Status string }
		}
	}
	if err := json.Unmarshal([]byte(text), &state); err != nil {
		t.Fatalf("%v in the state %s", err, text)
	}
	for _, r := range state.Resources {
		for _, i := range r.Instances {
			known = append(known, strings.TrimSpace(r.Type+"."+r.Name+" "+i.Status))
		}
	}
	slices.Sort(known)
	return known
}

// locked reports whether somebody holds the state's lock.
func (p *project) locked(t *testing.T) bool {
	t.Helper()
	_, code := p.request(t, http.MethodGet, stateKey+".tflock", "")
	return code == http.StatusOK
}

// said is what a command said, and its exit code.
type said struct {
	out, err string
	code     int
}

// command is tfgen in the project's folder, before it is started. Its
// Terraform is the real one.
func (p *project) command(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "tfgen", args...)
	cmd.Dir, cmd.Env = p.dir, slices.Clone(p.env)
	return cmd
}

// witnessed is command with a witness in Terraform's place.
func (p *project) witnessed(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	cmd := p.command(t, args...)
	cmd.Env = append(cmd.Env, outside.Witnessed(t, p.terraform, p.log)...)
	return cmd
}

// signals returns the signals that Terraform got since the last time.
func (p *project) signals(t *testing.T) (got []string) {
	t.Helper()
	for _, n := range outside.Notes(t, p.log) {
		if n.Signal != "" {
			got = append(got, n.Signal)
		}
	}
	return got
}

// tfgen runs tfgen in the project's folder.
func (p *project) tfgen(t *testing.T, args ...string) said {
	t.Helper()
	return end(t, p.command(t, args...))
}

func end(t *testing.T, cmd *exec.Cmd) said {
	t.Helper()
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return said{out.String(), errs.String(), cmd.ProcessState.ExitCode()}
}

// must runs tfgen and fails the test unless it succeeds.
func (p *project) must(t *testing.T, args ...string) said {
	t.Helper()
	s := p.tfgen(t, args...)
	if s.code != 0 {
		t.Fatalf("tfgen %s: exit code %d\n%s%s", strings.Join(args, " "), s.code, s.out, s.err)
	}
	return s
}

// shell runs a command that tfgen told a person to run, as it stands there, and
// says yes where it asks.
func (p *project) shell(t *testing.T, command string) said {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "sh", "-c", command)
	cmd.Dir, cmd.Env, cmd.Stdin = p.dir, slices.Clone(p.env), strings.NewReader("yes\n")
	return end(t, cmd)
}

// obey runs the first command in a text that begins like this, and fails the
// test unless there is one and it succeeds.
func (p *project) obey(t *testing.T, text, begin string) {
	t.Helper()
	for line := range strings.Lines(text) {
		if command := strings.TrimSpace(line); strings.HasPrefix(command, begin) {
			if s := p.shell(t, command); s.code != 0 {
				t.Fatalf("%s: exit code %d\n%s%s", command, s.code, s.out, s.err)
			}
			return
		}
	}
	t.Fatalf("nobody says to run %s:\n%s", begin, text)
}

// demand fails the test for each of the patterns that a text does not hold.
func demand(t *testing.T, text string, patterns ...string) {
	t.Helper()
	for _, pattern := range patterns {
		if !regexp.MustCompile(`(?m)` + pattern).MatchString(text) {
			t.Errorf("nobody says %s:\n%s", pattern, text)
		}
	}
}

// holds fails the test unless the state knows exactly these.
func (p *project) holds(t *testing.T, want ...string) {
	t.Helper()
	if got := p.state(t); !slices.Equal(got, want) {
		t.Errorf("the state knows %q, want %q", got, want)
	}
}

func (p *project) read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(p.dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// variable is the value of a variable in the project's environment.
func (p *project) variable(name string) (value string) {
	for _, pair := range p.env {
		if v, ok := strings.CutPrefix(pair, name+"="); ok {
			value = v
		}
	}
	return value
}
