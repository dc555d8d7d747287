package deploy_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"tfgen/internal/deploy"
	"tfgen/internal/deploy/report"
)

// environ is a clean environment for Terraform, and what a test adds.
func environ(extra ...string) []string {
	return append([]string{"PATH=" + os.Getenv("PATH"), "HOME=/nonexistent"}, extra...)
}

// find finds the real Terraform.
func find(t *testing.T, extra ...string) *deploy.Terraform {
	t.Helper()
	return findWith(t, deploy.Config{Env: environ(extra...)})
}

func findWith(t *testing.T, c deploy.Config) *deploy.Terraform {
	t.Helper()
	tf, err := deploy.Find(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return tf
}

// write unpacks the files of a txtar archive and returns their root.
func write(t *testing.T, archive string) deploy.Root {
	t.Helper()
	dir := t.TempDir()
	unpack(t, dir, archive)
	return deploy.Root{Name: "production", Dir: dir}
}

func unpack(t *testing.T, dir, archive string) {
	t.Helper()
	for _, f := range txtar.Parse([]byte(archive)).Files {
		path := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, f.Data, 0o755); err != nil {
			t.Fatal(err)
		}
	}
}

// plan plans, and closes the plan with the test.
func plan(t *testing.T, tf *deploy.Terraform, root deploy.Root, o deploy.PlanOptions) *deploy.Plan {
	t.Helper()
	p, err := tf.NewPlan(t.Context(), root, o, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Close() })
	return p
}

// apply plans and applies.
func apply(t *testing.T, tf *deploy.Terraform, root deploy.Root) *report.Result {
	t.Helper()
	result, err := plan(t, tf, root, deploy.PlanOptions{}).Apply(context.WithoutCancel(t.Context()), nil)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// summary is a plan in a few words: one line a change.
func summary(p report.Plan) string {
	var lines []string
	for _, c := range p.Changes {
		line := c.Action.Symbol() + " " + c.Address
		for _, a := range c.Attributes {
			line += "; " + a.String()
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// counted is a Terraform that notes its subcommands in a file, and the way to
// read them.
func counted(t *testing.T, extra ...string) (*deploy.Terraform, func() string) {
	t.Helper()
	dir := t.TempDir()
	log := filepath.Join(dir, "log")
	unpack(t, dir, "-- tf --\n#!/bin/sh\nfor a in \"$@\"; do case $a in -*) ;; *) echo $a >>"+log+"; break;; esac; done\nexec terraform \"$@\"\n")
	tf := findWith(t, deploy.Config{Terraform: filepath.Join(dir, "tf"), Env: environ(extra...)})
	return tf, func() string {
		said, err := os.ReadFile(log)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(strings.Fields(string(said)), " ")
	}
}
