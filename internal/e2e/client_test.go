package e2e

import (
	"bufio"
	"encoding/json"
	"io"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
)

// A client makes calls to the local AWS as one caller, through boto3.
type client struct {
	region string
	in     io.Writer
	out    *bufio.Reader
	turn   sync.Mutex
}

// with holds the parameters of a call, named as in AWS's API.
type with = map[string]any

// client starts a client with the credentials of an environment. It ends with
// the test.
func (p *project) client(t *testing.T, env []string) *client {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), p.server.Python, "-B", "testdata/calls.py")
	cmd.Env = env
	cmd.Stderr = t.Output()
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		in.Close()
		cmd.Wait()
	})
	return &client{region: p.region, in: in, out: bufio.NewReader(out)}
}

// assume is a client that has assumed a role, as the service does that the
// role is for. source is what the service acts for: an ARN, or "" where the
// service does not say.
func (p *project) assume(t *testing.T, role, service, source string) *client {
	t.Helper()
	type credentials struct{ AccessKeyId, SecretAccessKey, SessionToken string }
	parameters := with{"RoleArn": "arn:aws:iam::" + account + ":role/" + role, "RoleSessionName": service}
	if source != "" {
		parameters["ExternalId"] = source
	}
	c := get[credentials](t, p.aws, "sts.assume_role", parameters, "Credentials")
	return p.client(t, append(slices.Clone(p.env),
		"AWS_ACCESS_KEY_ID="+c.AccessKeyId, "AWS_SECRET_ACCESS_KEY="+c.SecretAccessKey, "AWS_SESSION_TOKEN="+c.SessionToken))
}

// try makes a call, spelled as boto3 does: ecs.describe_services. It returns
// the part of the answer that a JMESPath expression names, and the code of the
// error, or "".
func (c *client) try(t *testing.T, call string, parameters with, query string) (answer json.RawMessage, code string) {
	t.Helper()
	service, operation, _ := strings.Cut(call, ".")
	if parameters == nil {
		parameters = with{}
	}
	line, err := json.Marshal(with{"service": service, "operation": operation, "region": c.region, "parameters": parameters, "query": query})
	if err != nil {
		t.Fatal(err)
	}
	c.turn.Lock()
	defer c.turn.Unlock()
	if _, err := c.in.Write(append(line, '\n')); err != nil {
		t.Fatalf("%s: %v", call, err)
	}
	text, err := c.out.ReadBytes('\n')
	if err != nil {
		t.Fatalf("%s: %v", call, err)
	}
	var said struct {
		Answer        json.RawMessage
		Code, Message string
	}
	if err := json.Unmarshal(text, &said); err != nil {
		t.Fatalf("%s: %v\n%s", call, err, text)
	}
	if said.Code != "" {
		t.Logf("%s: %s", call, said.Message)
	}
	return said.Answer, said.Code
}

// get makes a call that must succeed and decodes the answer.
func get[T any](t *testing.T, c *client, call string, parameters with, query string) (value T) {
	t.Helper()
	answer, code := c.try(t, call, parameters, query)
	if code != "" {
		t.Fatalf("%s: %s", call, code)
	}
	if err := json.Unmarshal(answer, &value); err != nil {
		t.Fatalf("%s %s: %v\n%s", call, query, err, answer)
	}
	return value
}

// do makes a call that must succeed.
func (c *client) do(t *testing.T, call string, parameters with) {
	t.Helper()
	get[any](t, c, call, parameters, "")
}
