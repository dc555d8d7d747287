//go:build linux

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"

	"tfgen/internal/rehearsal/localaws"
)

// A cut is one apply that is cut off.
type cut struct {
	signal syscall.Signal
	call   int  // at which call, counted from the first that makes something
	after  bool // AWS has carried it out

	dir   string
	env   []string
	proxy *proxy
}

func (c *cut) String() string {
	what, when := "interrupt", "before"
	if c.signal == syscall.SIGKILL {
		what = "kill"
	}
	if c.after {
		when = "after"
	}
	return fmt.Sprintf("%s %s call %d%s", what, when, c.call, c.proxy.said())
}

// play plays one run and says how it went on. Where the apply ended before its
// moment came, it takes one that comes.
func (c *cut) play(ctx context.Context, tfgen string) (string, error) {
	for {
		said, ended, err := c.once(ctx, tfgen)
		if err != nil || !ended {
			return said, err
		}
		c.call = 1 + (c.call-1)%c.proxy.seen
	}
}

// once plays the run on an account of its own.
func (c *cut) once(ctx context.Context, tfgen string) (said string, ended bool, err error) {
	aws, err := localaws.Start(ctx, localaws.Options{})
	if err != nil {
		return "", false, err
	}
	c.dir, err = os.MkdirTemp("", "tfgen-cutoff-")
	if err != nil {
		return "", false, errors.Join(err, aws.Stop())
	}
	c.proxy = newProxy(aws.URL)
	c.env = append(aws.Environ(os.Environ(), localaws.DefaultAccount), "AWS_ENDPOINT_URL="+c.proxy.URL, "NO_COLOR=1", "TMPDIR="+c.dir,
		"PATH="+filepath.Dir(tfgen)+string(os.PathListSeparator)+os.Getenv("PATH"))
	said, ended, err = c.lives(ctx, tfgen)
	c.proxy.Close()
	return said, ended, errors.Join(err, os.RemoveAll(c.dir), aws.Stop())
}

// lives copies the project, cuts its first apply off, and goes on.
func (c *cut) lives(ctx context.Context, tfgen string) (said string, ended bool, err error) {
	project := filepath.Join(c.dir, "project")
	for _, name := range []string{"tfgen.hcl", "buildspec.yml", "Dockerfile", "infra"} {
		from := filepath.Join("examples", "tutorial", name)
		if out, err := exec.CommandContext(ctx, "cp", "-r", "--parents", from, c.dir).CombinedOutput(); err != nil {
			return "", false, fmt.Errorf("%w: %s", err, out)
		}
	}
	if err := os.Rename(filepath.Join(c.dir, "examples", "tutorial"), project); err != nil {
		return "", false, err
	}
	if ended, err := c.apply(ctx, project, tfgen); err != nil || ended {
		return "", ended, err
	}
	said, err = c.goOn(ctx, project)
	return said, false, err
}

// apply begins the first apply and cuts it off. It reports whether it ended
// before its moment came.
func (c *cut) apply(ctx context.Context, project, tfgen string) (ended bool, err error) {
	cmd := exec.CommandContext(ctx, tfgen, "apply", "-auto-approve")
	cmd.Dir, cmd.Env, cmd.SysProcAttr = project, c.env, &syscall.SysProcAttr{Setsid: true}
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	moment := c.proxy.cutAt(c.call, c.after)
	if err := cmd.Start(); err != nil {
		return false, err
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	select {
	case err := <-done:
		if err != nil {
			return false, fmt.Errorf("the first apply: %w\n%s", err, said.String())
		}
		return true, nil
	case <-moment:
	}
	if c.signal == syscall.SIGINT {
		_ = syscall.Kill(-cmd.Process.Pid, c.signal) // the group, as a terminal does
	} else {
		end(cmd.Process.Pid)
	}
	c.proxy.goOn()
	<-done               //nolint:errcheck // it was cut off
	end(cmd.Process.Pid) // what tfgen did not wait for
	return false, nil
}

// end kills all processes of a session, as the end of a machine does.
func end(session int) {
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, name := range stats {
		text, _ := os.ReadFile(name) // it may have ended
		var pid, parent, group, of int
		_, _ = fmt.Sscanf(string(text), "%d", &pid)
		_, rest, _ := strings.Cut(string(text), ") ")
		var state string
		if _, err := fmt.Sscanf(rest, "%s %d %d %d", &state, &parent, &group, &of); err == nil && of == session {
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
	}
}

// rounds is how often what tfgen says is done before it counts as a failure.
const rounds = 4

// goOn applies until it succeeds, doing what tfgen says, and wants an empty plan.
func (c *cut) goOn(ctx context.Context, project string) (string, error) {
	var did []string
	next := "tfgen apply -auto-approve"
	for range rounds {
		said, err := c.shell(ctx, project, next)
		did = append(did, next)
		if err == nil && strings.HasPrefix(next, "tfgen apply") {
			_, err := c.shell(ctx, project, "tfgen plan -detailed-exitcode")
			return strings.Join(did, "; "), err
		}
		after := next
		if next = advised(said); next == "" && !strings.HasPrefix(after, "terraform") {
			return "", err
		}
		if next == "" {
			next = "tfgen apply -auto-approve"
		}
	}
	return "", fmt.Errorf("no end after %s", strings.Join(did, "; "))
}

// advised is the command that tfgen says to go on with, or "".
func advised(said string) string {
	command := regexp.MustCompile(`(?m)^ *((?:terraform -chdir=\S+ force-unlock|tfgen apply -take-over) .*)$`).FindStringSubmatch(said)
	if command == nil {
		return ""
	}
	return command[1]
}

// shell runs a command as tfgen printed it, and says yes where it asks.
func (c *cut) shell(ctx context.Context, project, command string) (string, error) {
	cmd := exec.CommandContext(ctx, "sh", "-c", command)
	cmd.Dir, cmd.Env, cmd.Stdin = project, c.env, strings.NewReader("yes\n")
	out, err := cmd.CombinedOutput()
	if err != nil {
		err = fmt.Errorf("%s: %w\n%s", command, err, out)
	}
	return string(out), err
}
