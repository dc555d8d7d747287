package deploy_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"tfgen/internal/deploy"
	"tfgen/internal/deploy/report"
)

// slow is a root whose apply takes until it is interrupted.
const slow = `
-- main.tf --
resource "terraform_data" "first" {}
resource "terraform_data" "slow" {
  depends_on = [terraform_data.first]
  provisioner "local-exec" { command = "%s" }
}
resource "terraform_data" "never" {
  depends_on = [terraform_data.slow]
}
`

// TestInterrupt holds that Terraform is asked once, waited for, and that its
// state is whole afterwards.
func TestInterrupt(t *testing.T) {
	root := write(t, fmt.Sprintf(slow, "sleep 600"))
	tf := find(t)
	p := plan(t, tf, root, deploy.PlanOptions{})
	signals, said := make(chan os.Signal, 3), []string{}
	var result *report.Result
	err := deploy.Interruptible(t.Context(), signals, func(s string) { said = append(said, s) }, func(ctx context.Context) (err error) {
		result, err = p.Apply(ctx, on("provision_progress", func() { signals <- syscall.SIGTERM }))
		return err
	})
	var stopped *deploy.Interrupted
	if !errors.As(err, &stopped) || stopped.Signal != syscall.SIGTERM || stopped.Forced || !errors.Is(err, context.Canceled) {
		t.Fatalf("error: %#v", err)
	}
	if len(said) != 1 || !strings.Contains(said[0], "waited for") {
		t.Errorf("said: %q", said)
	}
	if len(result.Done) != 1 || len(result.Failed) != 1 || strings.Join(result.Left, " ") != "terraform_data.never" {
		t.Errorf("result: %+v", result)
	}
	if state := read(t, root, "terraform.tfstate"); !strings.Contains(state, `"first"`) || !strings.Contains(state, `"tainted"`) {
		t.Errorf("state: %s", state)
	}
}

// stubborn is a Terraform that only a second interrupt ends.
const stubborn = `
-- tf --
#!/bin/sh
case $1 in
version) echo "Terraform v1.11.4" ;;
plan)
  again() { exit 1; }
  once() { trap again INT; echo '{"type":"log","@message":"asked once"}'; }
  trap once INT
  echo '{"type":"log","@message":"begun"}'
  while :; do sleep 0.02; done ;;
esac
`

// TestInterruptTwice holds that the second signal reaches Terraform, and that
// both are said aloud.
func TestInterruptTwice(t *testing.T) {
	root := write(t, stubborn)
	tf := findWith(t, deploy.Config{Terraform: filepath.Join(root.Dir, "tf"), Env: environ()})
	signals, said := make(chan os.Signal, 3), []string{}
	err := deploy.Interruptible(t.Context(), signals, func(s string) { said = append(said, s) }, func(ctx context.Context) error {
		_, err := tf.NewPlan(ctx, root, deploy.PlanOptions{}, func(report.Event) { signals <- os.Interrupt })
		return err
	})
	var stopped *deploy.Interrupted
	if !errors.As(err, &stopped) || !stopped.Forced || stopped.Err == nil {
		t.Fatalf("error: %#v", err)
	}
	if len(said) != 2 || !strings.Contains(said[1], "may stay locked") {
		t.Errorf("said: %q", said)
	}
}

// TestNotInterrupted holds that without a signal nothing comes in between.
func TestNotInterrupted(t *testing.T) {
	want := errors.New("as it is")
	err := deploy.Interruptible(t.Context(), nil, nil, func(context.Context) error { return want })
	if !errors.Is(err, want) {
		t.Errorf("error: %v", err)
	}
}

// on calls f at the first event of a type.
func on(kind string, f func()) func(report.Event) {
	done := false
	return func(e report.Event) {
		if e.Type == kind && !done {
			done = true
			f()
		}
	}
}

func read(t *testing.T, root deploy.Root, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root.Dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
