package main

import (
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"tfgen":     main,
		"terminal":  onTerminal,
		"interrupt": interrupt,
		"s3":        callS3,
		"alone":     alone,
		"locked":    locked,
	})
}

// TestScripts holds the command line to what it promises, seen from outside.
// Terraform is a fake in them: they are about tfgen's streams, exit codes,
// questions and signals, and not about Terraform's answers.
func TestScripts(t *testing.T) {
	// Who started the tests may ignore a hangup, as nohup does. A program that
	// receives a signal does not hand down that it was ignored.
	hangups := make(chan os.Signal, 1)
	signal.Notify(hangups, syscall.SIGHUP)
	t.Cleanup(func() { signal.Stop(hangups) })
	bin := t.TempDir()
	if out, err := exec.Command("go", "build", "-o", bin, "./testdata/terraform").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"aws": fakeAWS, "code": code, "json": isJSONLines, "lines": lines, "localaws": localAWS,
		},
		Setup: func(env *testscript.Env) error {
			env.Setenv("PATH", bin+string(os.PathListSeparator)+env.Getenv("PATH"))
			return setup(env)
		},
	})
}

// setup gives each script a spec in a repository, and what its Terraform does.
func setup(env *testscript.Env) error {
	for name, text := range map[string]string{
		"tfgen.hcl": specText,
		".git/HEAD": "",
		"fake/.new": "",
	} {
		file := filepath.Join(env.WorkDir, name)
		if _, err := os.Stat(file); err == nil {
			continue
		}
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), 0o644)); err != nil {
			return err
		}
	}
	env.Setenv("FAKE", filepath.Join(env.WorkDir, "fake"))
	env.Setenv("TFGEN_PYTHON", os.Getenv("TFGEN_PYTHON"))
	env.Setenv("TERM", "xterm-256color")
	return nil
}

const specText = `project "shop" {
  region = "eu-west-1"
}

source "codecommit" {
  repository = "shop"
}

cluster "shop" {
  capacity "FARGATE" {}
}

service "web" {
  port = 80

  build {}

  load_balancer {}
}
`

// code runs a command and demands an exit code: code 3 tfgen fmt -check.
func code(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code NUMBER COMMAND...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	begin := time.Now()
	err = ts.Exec(args[1], args[2:]...)
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Logf("[stdout]\n%s[stderr]\n%s", ts.ReadFile("stdout"), ts.ReadFile("stderr"))
		ts.Fatalf("exit code %d, want %d, after %s", got, want, time.Since(begin))
	}
}
