package rehearsal

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"tfgen/internal/operate"
)

// A caller makes plain calls of the local AWS, which asks who signed and not
// whether the signature is right. It is for what tfgen asks of AWS nowhere
// else: actions that services call among themselves, and lists of everything.
type caller struct {
	url, region string
	keys        operate.Keys
}

func (w *world) caller(c *operate.Client) caller {
	return caller{url: w.server.URL, region: w.spec.Project.Region, keys: c.Keys}
}

// json makes a call of a service that speaks JSON. Target is what the service
// calls the action: "CodeCommit_20150413.GetBranch". Out may be nil.
func (c caller) json(ctx context.Context, service, target string, in, out any) error {
	body, err := json.Marshal(in)
	if err != nil {
		return err
	}
	text, err := c.send(ctx, http.MethodPost, "/", service, target, "application/x-amz-json-1.1", body)
	if err != nil || out == nil {
		return err
	}
	return json.Unmarshal(text, out)
}

// query makes a call of a service that speaks XML, and returns that.
func (c caller) query(ctx context.Context, service, version, action string, more ...string) (string, error) {
	form := url.Values{"Action": {action}, "Version": {version}}
	for i := 0; i+1 < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	text, err := c.send(ctx, http.MethodPost, "/", service, "", "application/x-www-form-urlencoded; charset=utf-8", []byte(form.Encode()))
	return string(text), err
}

// object makes a call of S3.
func (c caller) object(ctx context.Context, method, path string, body []byte) ([]byte, error) {
	return c.send(ctx, method, "/"+path, "s3", "", "application/octet-stream", body)
}

func (c caller) send(ctx context.Context, method, path, service, target, contentType string, body []byte) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, method, c.url+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", contentType)
	request.Header.Set("Authorization", fmt.Sprintf("AWS4-HMAC-SHA256 Credential=%s/20260101/%s/%s/aws4_request, SignedHeaders=host, Signature=0", c.keys.ID, c.region, service))
	if target != "" {
		request.Header.Set("X-Amz-Target", target)
	}
	if c.keys.Token != "" {
		request.Header.Set("X-Amz-Security-Token", c.keys.Token)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode >= http.StatusMultipleChoices {
		err = refusal(answer.Status, text)
	}
	return text, err
}

// refusal reads AWS's reason, which comes as JSON or as XML.
func refusal(status string, text []byte) error {
	var answer struct {
		Type    string `json:"__type"`
		Message string `json:"message"`
		Upper   string `json:"Message"`
	}
	if json.Unmarshal(text, &answer) == nil && answer.Type != "" {
		code := answer.Type[strings.LastIndex(answer.Type, "#")+1:]
		return &operate.Refusal{Code: code, Message: answer.Message + answer.Upper}
	}
	if code := elements(string(text), "Code"); len(code) > 0 {
		return &operate.Refusal{Code: code[0], Message: strings.Join(elements(string(text), "Message"), "; ")}
	}
	return &operate.Refusal{Code: status, Message: string(text)}
}

// elements are the texts of all XML elements of a name.
func elements(text, name string) []string {
	var found []string
	for _, match := range regexp.MustCompile("<"+name+">([^<]*)</"+name+">").FindAllStringSubmatch(text, -1) {
		found = append(found, match[1])
	}
	return found
}
