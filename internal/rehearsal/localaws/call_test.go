package localaws_test

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"tfgen/internal/rehearsal/localaws"
)

// idle are the servers that no test uses. They end with this process.
var idle = make(chan *localaws.Server, 100)

// start returns a server in which nothing is: to start one takes longer than
// most tests.
func start(t *testing.T) *localaws.Server {
	t.Helper()
	server, err := take(t)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Log(server.Log())
		}
		ctx := context.WithoutCancel(t.Context())
		if err := errors.Join(server.Enforce(ctx, false), server.Reset(ctx)); err != nil {
			t.Error(err)
		}
		idle <- server
	})
	return server
}

func take(t *testing.T) (*localaws.Server, error) {
	select {
	case server := <-idle:
		return server, nil
	default:
		return localaws.Start(t.Context(), localaws.Options{Progress: t.Output()})
	}
}

// client makes calls as the holder of one access key.
type client struct {
	t          *testing.T
	url        string
	key, token string
	region     string // "" is eu-west-1
}

// in returns a client of another region.
func (c client) in(region string) client {
	c.region = region
	return c
}

func administrator(t *testing.T, server *localaws.Server) client {
	return client{t: t, url: server.URL, key: "TFGENADM" + localaws.DefaultAccount}
}

// json makes a call of a service that speaks JSON, such as
// ecs.AmazonEC2ContainerServiceV20141113.DescribeServices: the service's
// signing name and its target. It returns the answer and the error's code.
func (c client) json(target, body string) (map[string]any, string) {
	c.t.Helper()
	service, target, _ := strings.Cut(target, "/")
	status, text := c.send(http.MethodPost, "/", service, target, "application/x-amz-json-1.1", body)
	answer := map[string]any{}
	if err := json.Unmarshal([]byte(text), &answer); err != nil && text != "" {
		c.t.Fatalf("%s: %d %s", target, status, text)
	}
	code, _ := answer["__type"].(string)
	if status != http.StatusOK && code == "" {
		c.t.Fatalf("%s: %d %s", target, status, text)
	}
	return answer, code
}

// query makes a call of a service that speaks XML, such as sts or iam.
func (c client) query(service string, parameters map[string]string) (answer, code string) {
	c.t.Helper()
	form := url.Values{}
	for name, value := range parameters {
		form.Set(name, value)
	}
	_, text := c.send(http.MethodPost, "/", service, "", "application/x-www-form-urlencoded; charset=utf-8", form.Encode())
	if _, failure, failed := strings.Cut(text, "<Error>"); failed {
		return text, element(failure, "Code")
	}
	return text, ""
}

// s3 makes a call of S3 and returns the status.
func (c client) s3(method, path, body string) int {
	c.t.Helper()
	status, _ := c.send(method, path, "s3", "", "application/octet-stream", body)
	return status
}

func (c client) send(method, path, service, target, contentType, body string) (int, string) {
	c.t.Helper()
	request, err := http.NewRequestWithContext(c.t.Context(), method, c.url+path, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	request.Header.Set("Content-Type", contentType)
	request.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential="+c.key+"/20260101/"+cmp.Or(c.region, "eu-west-1")+"/"+service+"/aws4_request, SignedHeaders=host, Signature=0")
	if target != "" {
		request.Header.Set("X-Amz-Target", target)
	}
	if c.token != "" {
		request.Header.Set("X-Amz-Security-Token", c.token)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		c.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

// assume returns a client that has assumed a role as a service does.
func (c client) assume(role, service string) client {
	c.t.Helper()
	answer, code := c.query("sts", map[string]string{
		"Action": "AssumeRole", "Version": "2011-06-15",
		"RoleArn": role, "RoleSessionName": service, "ExternalId": "arn:aws:service:eu-west-1:123456789012:thing",
	})
	if code != "" {
		c.t.Fatalf("assume %s: %s", role, answer)
	}
	return client{t: c.t, url: c.url, key: element(answer, "AccessKeyId"), token: element(answer, "SessionToken")}
}

// element is the text of the first XML element of that name.
func element(text, name string) string {
	match := regexp.MustCompile("<" + name + ">([^<]*)</" + name + ">").FindStringSubmatch(text)
	if match == nil {
		return ""
	}
	return match[1]
}
