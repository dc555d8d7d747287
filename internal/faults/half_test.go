package faults

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// half is a file of the user's own, of which AWS makes a part. The secret goes
// the way that generated code sends it: an ephemeral variable and a write-only
// argument.
const half = `variable "token" {
  ephemeral = true
}

variable "key" {
  ephemeral = true
}

resource "aws_ssm_parameter" "good" {
  name             = "/jobs/good"
  type             = "SecureString"
  value_wo         = var.token
  value_wo_version = 1
}

resource "aws_ssm_parameter" "throttled" {
  name             = "/jobs/throttled"
  type             = "SecureString"
  value_wo         = var.key
  value_wo_version = 1
  depends_on       = [aws_ssm_parameter.good]
}

resource "aws_cloudwatch_log_group" "broken" {
  name = "/jobs/broken"
}

resource "aws_iam_role" "denied" {
  name               = "denied"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}
`

// impatient is a provider that does not try 25 times, for minutes.
const impatient = `provider "aws" {
  max_retries = 1
}
`

const (
	denied    = `<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>User: x is not authorized to perform: iam:CreateRole on resource: role denied</Message></Error></ErrorResponse>`
	broken    = `{"__type":"InternalFailure","message":"made up"}`
	throttled = `{"__type":"ThrottlingException","message":"Rate exceeded"}`
)

// AWS makes a part of what it is asked for, and refuses, fails and slows down
// the rest: it is said what was made and what was not, and a second apply makes
// what is missing, and nothing anew. All the while nobody tells the secrets that
// are sent, not even the log.
func TestHalfDone(t *testing.T) {
	t.Parallel()
	p := newProject(t, half)
	p.write(t, "infra/delivery/extra_override.tf", impatient)
	// One that JSON spells otherwise, and one of several lines.
	secrets := []string{"tok\"en/" + rand.Text(), "-----BEGIN KEY-----\n" + rand.Text() + rand.Text() + "\n-----END KEY-----"}
	p.env = append(p.env, "TF_VAR_token="+secrets[0], "TF_VAR_key="+secrets[1])
	p.aws.on(fault{call: "CreateRole", times: -1, answer: answer(http.StatusForbidden, denied)})
	p.aws.on(fault{call: "CreateLogGroup", times: -1, answer: answer(http.StatusInternalServerError, broken)})
	passed := 1 // the first PutParameter is made
	p.aws.on(fault{call: "PutParameter", times: -1, answer: func(w http.ResponseWriter, r *http.Request) bool {
		if passed--; passed >= 0 {
			return true
		}
		return answer(http.StatusBadRequest, throttled)(w, r)
	}})
	first := p.tfgen(t, "apply", "-auto-approve", "-debug")
	if first.code != 1 {
		t.Fatalf("exit code %d, want 1\n%s", first.code, first.err)
	}
	demand(t, first.err, `^  done +aws_ssm_parameter.good\n +module.source.aws_codecommit_repository.this`, `^  failed +aws_cloudwatch_log_group.broken\n +aws_iam_role.denied\n +aws_ssm_parameter.throttled$`,
		`It is safe to run apply again`, `^Error: apply delivery: the AWS credentials lack a permission that this needs: iam:CreateRole\.$`, `InternalFailure`, `ThrottlingException`)
	p.logged(t, first.err)

	again := p.tfgen(t, "apply", "-auto-approve", "-json")
	if again.code != 1 || !strings.Contains(again.out, `"errored":["aws_cloudwatch_log_group.broken","aws_iam_role.denied","aws_ssm_parameter.throttled"]`) {
		t.Errorf("exit code %d, want 1\n%s", again.code, again.out)
	}

	p.aws.clear()
	second := p.must(t, "apply", "-auto-approve", "-verbose")
	demand(t, second.out+second.err, `Resources: 3 added, 0 changed, 0 destroyed\.`)
	p.silent(t, secrets, first.out, first.err, again.out, again.err, second.out, second.err)
}

// logged fails the test unless the log is there, holds what was sent to AWS but
// for the secrets, and is its owner's alone.
func (p *project) logged(t *testing.T, text string) {
	t.Helper()
	name := regexp.MustCompile(`The log goes to (\S+\.log)`).FindStringSubmatch(text)
	if name == nil {
		t.Fatalf("nobody says where the log is:\n%s", text)
	}
	log, err := os.ReadFile(name[1])
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"Value":"(hidden by tfgen)"`, "Starting apply for aws_ssm_parameter.good", "aws_iam_role.denied"} {
		if !bytes.Contains(log, []byte(want)) {
			t.Errorf("the log, of %d bytes, does not hold %s", len(log), want)
		}
	}
	if info, err := os.Stat(name[1]); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the log's mode: %v, %v", info, err)
	}
}

// silent fails the test if a secret stands in what was said, in a file of the
// project or among the temporary files, or in the state.
func (p *project) silent(t *testing.T, secrets []string, said ...string) {
	t.Helper()
	state, _ := p.request(t, http.MethodGet, stateKey, "")
	if !strings.Contains(state, "/jobs/throttled") {
		t.Errorf("this is not the state: %s", state)
	}
	texts := append(said, state)
	for _, dir := range []string{p.dir, p.temporary} {
		err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || !entry.Type().IsRegular() {
				return err // The provider is a link, and not ours.
			}
			text, err := os.ReadFile(path)
			texts = append(texts, string(text))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, secret := range secrets {
		inJSON, _ := json.Marshal(secret)
		spellings := []string{secret, strings.Trim(string(inJSON), `"`), base64.StdEncoding.EncodeToString([]byte(secret))}
		for _, text := range texts {
			if i := slices.IndexFunc(spellings, func(s string) bool { return strings.Contains(text, s) }); i >= 0 {
				at := strings.Index(text, spellings[i])
				t.Errorf("a secret stands after %q", text[max(0, at-80):at])
			}
		}
	}
}
