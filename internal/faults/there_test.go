package faults

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// named is a file of the user's own with a cluster, which AWS takes over without
// an error, a role that builds of REGION assume, and a secret.
const named = `resource "aws_ecs_cluster" "jobs" {
  name = "jobs"
}

resource "aws_iam_role" "jobs" {
  name = "jobs"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "codebuild.amazonaws.com" }
      Condition = { ArnLike = { "aws:SourceArn" = "arn:aws:codebuild:REGION:123456789012:project/*" } }
    }]
  })
}

resource "aws_secretsmanager_secret" "jobs" {
  name = "jobs/token"
}
`

// What is there already is never taken away from whom it belongs to: another
// project, another region, somebody who has deleted it. What is the project's
// own is taken over, once somebody said so.
func TestThereAlready(t *testing.T) {
	t.Parallel()
	p := newProject(t, strings.Replace(named, "REGION", "eu-central-1", 1))
	p.become(t, "jobs", "bank")
	p.must(t, "apply", "-auto-approve")

	p.become(t, "bank", "jobs")
	for _, args := range [][]string{{"apply", "-auto-approve", "-take-over"}, {"plan"}} {
		s := p.refused(t, args...)
		demand(t, s.err, `^Error: delivery would make what is there already, and cannot take it over\. Nothing was changed\.`,
			`ECS cluster jobs belongs to the project bank \(tags Project = bank, ManagedBy = tfgen\)\.`,
			`CodeCommit repository jobs, made .* UTC, belongs to the project bank`, `IAM role jobs, made .* belongs to the project bank`, `secret jobs/token, made .* belongs to the project bank`,
			`the label of its block\. To use the one that is there: existing = true`, `source\.repository\. To use the one that is there: create = false`)
	}

	p.aws.on(fault{call: "DescribeClusters", times: -1, answer: answer(http.StatusBadRequest,
		`{"__type": "AccessDeniedException", "message": "User: x is not authorized to perform: ecs:DescribeClusters on resource: y"}`)})
	s := p.refused(t, "apply", "-auto-approve")
	demand(t, s.err, `^Warning: the AWS credentials may not look whether some of this is there already: ecs:DescribeClusters\.`, `CodeCommit repository jobs`)
	p.aws.clear()

	p.become(t, "jobs", "bank")
	p.forget(t, "bank")
	p.call(t, "secretsmanager.DeleteSecret", `{"SecretId": "jobs/token"}`)
	p.write(t, "infra/delivery/extra_fault.tf", strings.Replace(named, "REGION", "us-east-1", 1))
	s = p.refused(t, "apply", "-auto-approve", "-take-over")
	demand(t, s.err, `secret jobs/token, made .* was deleted and keeps its name`, `aws secretsmanager restore-secret --region=eu-central-1 --secret-id=jobs/token`)

	p.call(t, "secretsmanager.RestoreSecret", `{"SecretId": "jobs/token"}`)
	s = p.refused(t, "apply", "-auto-approve")
	demand(t, s.err, `^Error: delivery: this is there already, is this project's by its tags`, `ECS cluster jobs$`, `IAM role jobs, made`, `secret jobs/token, made`)
	p.obey(t, s.err, "tfgen apply -take-over -auto-approve")
	p.must(t, "plan", "-detailed-exitcode")

	p.forget(t, "bank") // whose role serves us-east-1 by now
	s = p.refused(t, "apply", "-auto-approve", "-take-over")
	demand(t, s.err, `IAM role jobs, made .* is this project's in us-east-1: the ARNs in its policies name that region, and eu-central-1 not`)
}

// AWS makes something, and the answer is lost: who asks again is refused. The
// next apply takes over what was made.
func TestAnswerLost(t *testing.T) {
	t.Parallel()
	p := newProject(t, "")
	p.aws.on(fault{call: "CreateRepository", times: 1, answer: lost})
	s := p.tfgen(t, "apply", "-auto-approve")
	if s.code != 1 {
		t.Fatalf("exit code %d, want 1: this test shows nothing\n%s", s.code, s.err)
	}
	demand(t, s.err, `^Error: apply delivery: it is there already, and the state does not know it\. Run tfgen apply again: it looks whose that is`)
	s = p.refused(t, "apply", "-auto-approve")
	p.obey(t, s.err, "tfgen apply -take-over -auto-approve")
	p.holds(t, "aws_codecommit_repository.this")
	p.must(t, "plan", "-detailed-exitcode")
}

// lost lets AWS do what it is asked for, and ends the connection without an
// answer. Without its ID a call is made anew by the next attempt, as on AWS: the
// local AWS makes once what an SDK asks for twice.
func lost(_ http.ResponseWriter, r *http.Request) bool {
	r.Header.Del("Amz-Sdk-Invocation-Id")
	again := r.Clone(r.Context())
	again.RequestURI, again.URL.Scheme, again.URL.Host = "", "http", strings.TrimPrefix(aws.URL, "http://")
	if answer, err := http.DefaultClient.Do(again); err == nil {
		answer.Body.Close()
	}
	panic(http.ErrAbortHandler)
}

// refused runs tfgen and fails the test unless it ends with 1 and offers no
// command of Terraform.
func (p *project) refused(t *testing.T, args ...string) said {
	t.Helper()
	s := p.tfgen(t, args...)
	if s.code != 1 || strings.Contains(s.err, "import ") {
		t.Fatalf("tfgen %s: exit code %d, want 1 and no import\n%s%s", strings.Join(args, " "), s.code, s.out, s.err)
	}
	return s
}

// become makes the project another one, as in another working copy.
func (p *project) become(t *testing.T, from, to string) {
	t.Helper()
	p.write(t, "tfgen.hcl", strings.ReplaceAll(p.read(t, "tfgen.hcl"), fmt.Sprintf("project %q", from), fmt.Sprintf("project %q", to)))
	if err := os.RemoveAll(filepath.Join(p.root, ".terraform")); err != nil {
		t.Fatal(err)
	}
	p.must(t, "generate")
	var manifest map[string]any
	if err := json.Unmarshal([]byte(p.read(t, "infra/.tfgen.json")), &manifest); err != nil {
		t.Fatal(err)
	}
	delete(manifest, "former") // where the states of the project before were
	text, err := json.Marshal(manifest)
	if err != nil {
		t.Fatal(err)
	}
	p.write(t, "infra/.tfgen.json", string(text))
}

// forget removes the state of a project.
func (p *project) forget(t *testing.T, name string) {
	t.Helper()
	if text, code := p.request(t, http.MethodDelete, fmt.Sprintf("%s/delivery/terraform.tfstate", name), ""); code != http.StatusNoContent {
		t.Fatalf("remove the state: %d %s", code, text)
	}
}

// call makes a call of a service that speaks JSON.
func (p *project) call(t *testing.T, target, body string) {
	t.Helper()
	service, _, _ := strings.Cut(target, ".")
	r := httptest.NewRequest(http.MethodPost, aws.URL, strings.NewReader(body))
	r.RequestURI = ""
	r.Header.Set("X-Amz-Target", target)
	r.Header.Set("Content-Type", "application/x-amz-json-1.1")
	r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=TFGENADM"+p.account+"/20260101/eu-central-1/"+service+"/aws4_request, SignedHeaders=host, Signature=0")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if text, _ := io.ReadAll(answer.Body); answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s %s", target, answer.Status, text)
	}
}
