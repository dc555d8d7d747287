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
// which runs the image that the file fake/image names.
func fakeAWS(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: aws ACCOUNT")
	}
	image := filepath.Join(ts.Getenv("FAKE"), "image")
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, awsAnswer(r.Header.Get("X-Amz-Target"), args[0], image))
	}))
	ts.Defer(server.Close)
	ts.Setenv("AWS_ENDPOINT_URL", server.URL)
	ts.Setenv("AWS_ACCESS_KEY_ID", "test")
	ts.Setenv("AWS_SECRET_ACCESS_KEY", "test")
}

func awsAnswer(target, account, imageFile string) string {
	_, action, _ := strings.Cut(target, ".")
	switch action {
	case "DescribeServices":
		return `{"services": [{"status": "ACTIVE", "taskDefinition": "web:1"}]}`
	case "DescribeTaskDefinition":
		image, _ := os.ReadFile(imageFile)
		return fmt.Sprintf(`{"taskDefinition": {"taskDefinitionArn": "web:1", "containerDefinitions": [{"name": "web", "image": %q}]}}`, strings.TrimSpace(string(image)))
	}
	return fmt.Sprintf(`<GetCallerIdentityResponse><GetCallerIdentityResult><Account>%[1]s</Account><Arn>arn:aws:iam::%[1]s:user/jane</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>`, account)
}
