package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"tfgen/internal/rehearsal/localaws"
)

// localAWS gives a script a local AWS of its own, and its administrator's
// credentials: localaws.
func localAWS(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 0 {
		ts.Fatalf("usage: localaws")
	}
	server, err := localaws.Start(context.Background(), localaws.Options{Dir: "../.."})
	ts.Check(err)
	ts.Defer(func() { _ = server.Stop() })
	for _, pair := range server.Env() {
		name, value, _ := strings.Cut(pair, "=")
		ts.Setenv(name, value)
	}
}

// callS3 is a command: s3 METHOD PATH [FILE] makes a call of S3, as whoever the
// environment says, and prints the status and the answer.
func callS3() {
	answer, err := askS3(os.Args[1], os.Args[2], os.Args[3:])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Print(answer)
}

func askS3(method, path string, file []string) (string, error) {
	var body []byte
	for _, name := range file {
		var err error
		if body, err = os.ReadFile(name); err != nil {
			return "", err
		}
	}
	request, err := http.NewRequest(method, os.Getenv("AWS_ENDPOINT_URL")+path, bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	key := os.Getenv("AWS_ACCESS_KEY_ID")
	request.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential="+key+"/20260101/eu-west-1/s3/aws4_request, SignedHeaders=host, Signature=0")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	return answer.Status + "\n" + string(text), err
}
