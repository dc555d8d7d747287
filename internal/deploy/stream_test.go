package deploy_test

import (
	"bytes"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"tfgen/internal/deploy"
)

// says is a Terraform that plans and applies by running a script.
const says = `
-- tf --
#!/bin/sh
case $1 in
version) echo "Terraform v1.11.4" ;;
plan|apply) cd "$(dirname "$0")" && exec sh ./script ;;
esac
-- script --
error() {
	printf '{"type":"diagnostic","@message":"x","diagnostic":{"severity":"error","summary":"reason","detail":"%s"}}' "$1"
}
`

// said plans with a Terraform that does what a script says.
func said(t *testing.T, script string, verbose *bytes.Buffer) error {
	t.Helper()
	dir := t.TempDir()
	unpack(t, dir, says+script)
	config := deploy.Config{Terraform: filepath.Join(dir, "tf"), Env: environ()}
	if verbose != nil {
		config.Verbose = verbose
	}
	p, err := findWith(t, config).NewPlan(t.Context(), deploy.Root{Name: "production", Dir: dir}, deploy.PlanOptions{}, nil)
	if err == nil {
		t.Cleanup(func() { _ = p.Close() })
	}
	return err
}

// TestRubbish holds that an error survives whatever else Terraform and its
// providers print around it, that nothing of it drives a terminal, and that
// little of it is kept.
func TestRubbish(t *testing.T) {
	for _, test := range []struct{ name, script, want string }{
		{"a line of 200 KB", `head -c 200000 /dev/zero | tr '\0' x; echo; error why; echo; exit 1`, "Error: reason\nwhy"},
		{"a diagnostic of 200 KB", `error "$(head -c 100000 /dev/zero | tr '\0' x)"; echo; exit 1`, "Error: reason\nxxx"},
		{"100,000 lines", `yes rubbish | head -100000; error why; echo; exit 1`, "Error: reason\nwhy"},
		{"100,000 lines before plain text", `yes rubbish | head -100000; echo 'the reason' >&2; exit 1`, "the reason"},
		{"100,000 lines behind plain text", `echo 'the reason'; yes rubbish | head -100000 >&2; exit 1`, "the reason"},
		{"both streams at once", `yes rubbish | head -50000 & yes rubbish | head -50000 >&2; wait; echo 'the reason' >&2; exit 1`, "the reason"},
		{"100,000 diagnostics", `error why; echo; awk 'BEGIN { for (i = 0; i < 100000; i++) printf "{\"type\":\"diagnostic\",\"@message\":\"x\",\"diagnostic\":{\"severity\":\"error\",\"summary\":\"no %d\"}}\n", i }'; exit 1`, "Error: reason\nwhy"},
		{"no newline at the end", `error why; exit 1`, "Error: reason\nwhy"},
		{"megabytes without a newline", `head -c 5000000 /dev/zero | tr '\0' x; echo 'the reason' >&2; exit 1`, "the reason"},
		{"zero bytes and escapes", `printf 'the\0 \033[31mreason\033[0m \033]0;title\007 \302\2332J\r\n'; exit 1`, "the reason"},
		{"bytes that are no text", `printf 'the \377\376 reason\n' >&2; exit 1`, "the"},
		{"a crash that looks like changes", `printf 'panic: the reason'; exit 2`, "panic: the reason"},
	} {
		t.Run(test.name, func(t *testing.T) {
			err := said(t, test.script+"\n", nil)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Fatalf("no %q in:\n%.1000v", test.want, err)
			}
			if text := err.Error(); len(text) > 40<<10 || strings.ContainsAny(text, "\x00\x07\x1b\u009b\r") {
				t.Errorf("%d bytes:\n%.1000q", len(text), text)
			}
		})
	}
}

// TestVerboseBytes holds that -verbose passes on every byte.
func TestVerboseBytes(t *testing.T) {
	var all, got bytes.Buffer
	for b := range 256 {
		all.WriteByte(byte(b))
	}
	all.WriteString(strings.Repeat("x", 300_000))
	err := said(t, "cat all; exit 1\n-- all --\n"+all.String()+"\n", &got)
	var failure *deploy.Failure
	if !errors.As(err, &failure) || !failure.Shown {
		t.Errorf("error: %v", err)
	}
	if !bytes.HasSuffix(got.Bytes(), append(all.Bytes(), '\n')) {
		t.Errorf("%d bytes of %d:\n%.300q", got.Len(), all.Len(), got.String())
	}
}
