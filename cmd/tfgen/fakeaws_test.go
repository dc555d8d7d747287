package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// fakeAWS is a command: aws ACCOUNT starts an AWS that knows one service, web,
// which runs the image that the file fake/image names. Without that file the
// service was deleted, and with "no cluster" in it the cluster too.
func fakeAWS(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: aws ACCOUNT")
	}
	image := filepath.Join(ts.Getenv("FAKE"), "image")
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, action, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
		text, err := os.ReadFile(image)
		live := strings.TrimSpace(string(text))
		if action == "DescribeServices" && live == "no cluster" {
			w.WriteHeader(http.StatusBadRequest)
			fmt.Fprint(w, `{"__type": "ClusterNotFoundException", "message": "Cluster not found."}`)
			return
		}
		fmt.Fprint(w, awsAnswer(action, args[0], live, err == nil))
	}))
	ts.Defer(server.Close)
	ts.Setenv("AWS_ENDPOINT_URL", server.URL)
	ts.Setenv("AWS_ACCESS_KEY_ID", "test")
	ts.Setenv("AWS_SECRET_ACCESS_KEY", "test")
}

func awsAnswer(action, account, image string, active bool) string {
	switch {
	case action == "DescribeServices" && !active:
		return `{"services": [{"status": "INACTIVE", "taskDefinition": "web:1"}]}`
	case action == "DescribeServices":
		return `{"services": [{"status": "ACTIVE", "taskDefinition": "web:1"}]}`
	case action == "DescribeTaskDefinition":
		return fmt.Sprintf(`{"taskDefinition": {"taskDefinitionArn": "web:1", "containerDefinitions": [{"name": "web", "image": %q}]}}`, image)
	}
	return fmt.Sprintf(`<GetCallerIdentityResponse><GetCallerIdentityResult><Account>%[1]s</Account><Arn>arn:aws:iam::%[1]s:user/jane</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>`, account)
}
