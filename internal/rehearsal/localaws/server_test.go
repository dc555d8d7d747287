package localaws_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tfgen/internal/outside"
	"tfgen/internal/rehearsal/localaws"
)

// The test binary itself plays a program that starts a server and is killed.
func TestMain(m *testing.M) {
	if os.Getenv("START_AND_WAIT") == "" {
		os.Exit(m.Run())
	}
	server, err := localaws.Start(context.Background(), localaws.Options{})
	if err != nil {
		os.Exit(1)
	}
	os.Stdout.WriteString(server.URL + "\n")
	time.Sleep(time.Hour)
}

// A server ends, and takes its files with it, also when its owner was killed
// and could not stop it.
func TestEndsWithOwner(t *testing.T) {
	t.Parallel()
	temp := t.TempDir()
	owner := exec.Command(os.Args[0])
	owner.Env = append(os.Environ(), "START_AND_WAIT=1", "TMPDIR="+temp)
	out, err := owner.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := owner.Start(); err != nil {
		t.Fatal(err)
	}
	line := make([]byte, len("http://127.0.0.1:65535\n"))
	n, err := out.Read(line)
	if err != nil {
		t.Fatal(err)
	}
	url := strings.TrimSpace(string(line[:n]))
	if answer, err := http.Get(url + "/moto-api/"); err != nil {
		t.Fatal(err)
	} else {
		answer.Body.Close()
	}
	if err := owner.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	owner.Wait()
	for refused(url) == nil || !empty(t, temp) {
		if outside.Late(t) {
			t.Fatal("the server or its files outlive its owner")
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// refused returns why nobody answers any more, or nil.
func refused(url string) error {
	answer, err := http.Get(url + "/moto-api/")
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, answer.Body)
	answer.Body.Close()
	return err
}

func empty(t *testing.T, dir string) bool {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	return len(entries) == 0
}

func TestStop(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	server, err := localaws.Start(t.Context(), localaws.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := server.Stop(); err != nil {
			t.Fatal(err)
		}
	}
	if refused(server.URL) == nil || !empty(t, temp) {
		t.Error("the server answers, or left files")
	}
}

func TestStartFails(t *testing.T) {
	t.Setenv("TFGEN_PYTHON", "no-such-python")
	_, err := localaws.Start(t.Context(), localaws.Options{})
	if err == nil || !strings.Contains(err.Error(), "TFGEN_PYTHON=no-such-python cannot run moto") {
		t.Errorf("error %v does not say what is wrong with TFGEN_PYTHON", err)
	}
}

// Half an environment is not left to whoever comes next: an interrupt while
// moto is being installed removes it.
func TestInterruptedInstallation(t *testing.T) {
	bin, cache := t.TempDir(), t.TempDir()
	script := `#!/bin/sh
case "$1 $2" in
"-m venv") mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
"-m pip") touch "${TMPDIR:-/tmp}/tfgen-pip-left" && sleep 4711 ;;
*) exit 1 ;;
esac
`
	for _, name := range []string{"python3", "python"} {
		if err := os.WriteFile(filepath.Join(bin, name), []byte(script), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	t.Setenv("TFGEN_PYTHON", "")
	t.Setenv("XDG_CACHE_HOME", cache)
	t.Setenv("HOME", cache)
	t.Setenv("PATH", bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	ctx, cancel := context.WithCancelCause(t.Context())
	reason := errors.New("interrupted")
	go func() {
		for begun := []string(nil); len(begun) == 0 && ctx.Err() == nil; time.Sleep(5 * time.Millisecond) {
			begun, _ = filepath.Glob(filepath.Join(cache, "*", "*", "tmp", "tfgen-pip-left"))
		}
		cancel(reason)
	}()
	_, err := localaws.Start(ctx, localaws.Options{Dir: bin})
	if !errors.Is(err, reason) {
		t.Errorf("error %v, want that it was interrupted", err)
	}
	if left, _ := filepath.Glob(filepath.Join(cache, "*", "*")); len(left) > 0 || !empty(t, temporary) {
		t.Errorf("left: %q, or temporary files", left)
	}
}

// What the server's environment must keep out is whatever the user has set up
// for the real AWS.
func TestEnviron(t *testing.T) {
	t.Parallel()
	server := start(t)
	env := server.Environ([]string{"HOME=/home/user", "AWS_PROFILE=real", "AWS_ENDPOINT_URL_S3=https://real", "PATH=/bin"}, "111111111111")
	joined := "\n" + strings.Join(env, "\n") + "\n"
	for _, want := range []string{"\nHOME=/home/user\n", "\nAWS_ENDPOINT_URL=" + server.URL + "\n", "\nAWS_ACCESS_KEY_ID=TFGENADM111111111111\n", "\nPATH=/bin:"} {
		if !strings.Contains(joined, want) {
			t.Errorf("%q is missing in%s", want, joined)
		}
	}
	if strings.Contains(joined, "real") {
		t.Errorf("the user's own settings are left in%s", joined)
	}
}

// Accounts are apart: a name is free in one although it is taken in another.
func TestAccounts(t *testing.T) {
	t.Parallel()
	server := start(t)
	for _, account := range []string{"111111111111", "000000000002"} {
		admin := client{t: t, url: server.URL, key: "TFGENADM" + account}
		answer, code := admin.json(ecr+"CreateRepository", `{"repositoryName": "app"}`)
		if code != "" {
			t.Fatalf("account %s: %s", account, code)
		}
		if id := answer["repository"].(map[string]any)["registryId"]; id != account {
			t.Errorf("registry %v, want %s", id, account)
		}
	}
	if err := server.Reset(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, code := administrator(t, server).json(ecr+"CreateRepository", `{"repositoryName": "app"}`); code != "" {
		t.Errorf("after a reset: %s", code)
	}
}

// The client hangs up first: an answer that comes together with the end of the
// connection may be missed, and what it says was made be asked for again.
func TestClientHangsUp(t *testing.T) {
	t.Parallel()
	conn, err := net.Dial("tcp", strings.TrimPrefix(start(t).URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, "GET /moto-api/data.json HTTP/1.1\r\nHost: localhost\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	in := bufio.NewReader(conn)
	answer, err := http.ReadResponse(in, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		t.Fatal(err)
	}
	if err := conn.SetReadDeadline(time.Now().Add(200 * time.Millisecond)); err != nil {
		t.Fatal(err)
	}
	if _, err := in.ReadByte(); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("after the answer: %v", err)
	}
}

// What one call makes is made once, also where its SDK missed the answer and
// asks again; another call is refused.
func TestSecondAttempt(t *testing.T) {
	t.Parallel()
	server := start(t)
	create := func(invocation string) (status int, answer string) {
		t.Helper()
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL, strings.NewReader(`{"repositoryName": "once"}`))
		if err != nil {
			t.Fatal(err)
		}
		request.Header = http.Header{
			"Content-Type": {"application/x-amz-json-1.1"}, "X-Amz-Target": {"CodeCommit_20150413.CreateRepository"}, "Amz-Sdk-Invocation-Id": {invocation},
			"Authorization": {"AWS4-HMAC-SHA256 Credential=TFGENADM" + localaws.DefaultAccount + "/20260101/eu-central-1/codecommit/aws4_request, SignedHeaders=host, Signature=0"},
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		text, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		return response.StatusCode, string(text)
	}
	_, first := create("a")
	if status, second := create("a"); status != http.StatusOK || second != first {
		t.Errorf("a second attempt: %d %s, want %s", status, second, first)
	}
	if status, other := create("b"); status != http.StatusBadRequest {
		t.Errorf("another call: %d %s", status, other)
	}
}
