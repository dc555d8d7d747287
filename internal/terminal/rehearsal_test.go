package terminal

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

// What a rehearsal shows where there is no terminal: a line when a step is
// over, with what it found, and a sign of life while it is not.
func TestRehearsal(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	var out bytes.Buffer
	r := NewRehearsal(Screen{Out: &out, Style: Style{Width: 60}, Now: func() time.Time { return now }})
	r.Begin("apply", "Apply to an empty account")
	r.Note("delivery: 21 added")
	r.Tick()
	now = now.Add(31 * time.Second)
	r.Tick()
	r.Tick()
	r.Held("one command makes everything, with an empty registry", 75*time.Second)
	r.Begin("deploy", "Deploy")
	r.Note("a note that is longer than the sixty columns that there are to show it in")
	r.Idle("the spec has no cluster")
	r.Begin("build", "Build")
	r.Failed("pre_build, line 7: exit code 1", []string{"$ docker push", "no basic auth\x1b[31m credentials"}, "Nothing would have been deployed.", "Log in first.", time.Second)
	want := `  Apply to an empty account: 31s …
✓ apply       one command makes everything, with an e… 1m15s
              delivery: 21 added
· deploy      nothing to do: the spec has no cluster      0s
              a note that is longer than the sixty columns
                that there are to show it in
✗ build       Build                                       1s

  Failed: pre_build, line 7: exit code 1

    │ $ docker push
    │ no basic auth credentials

  On AWS: Nothing would have been deployed.

  To do:  Log in first.
`
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", &out, want)
	}
}

// On a terminal the running step's line is painted over.
func TestRehearsalLive(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	var out bytes.Buffer
	size := func() (int, int) { return 50, 24 }
	r := NewRehearsal(Screen{Out: &out, Style: Style{Width: 50, Live: true}, Size: size, Now: func() time.Time { return now }})
	r.Begin("plan", "Plan again")
	now = now.Add(2 * time.Second)
	r.Tick()
	r.Held("Terraform finds what it made", 3*time.Second)
	r.Tick()
	for _, line := range []string{
		"⠋ plan        Plan again                        0s\n",
		"\x1b[A\r\x1b[J⠙ plan        Plan again                        2s\n",
		"\x1b[A\r\x1b[J✓ plan        Terraform finds what it made      3s\n",
	} {
		before, after, found := strings.Cut(out.String(), line)
		if !found || before != "" {
			t.Fatalf("%q is not next in %q", line, out.String())
		}
		out.Reset()
		out.WriteString(after)
	}
	if out.Len() > 0 {
		t.Errorf("more was written: %q", &out)
	}
}

// What a rehearsal came to stands below its steps, in lines that can be read.
func TestRehearsed(t *testing.T) {
	t.Parallel()
	long := strings.TrimSpace(strings.Repeat("A long sentence that goes on. ", 5))
	for _, test := range []struct {
		rehearsed Rehearsed
		want      string
	}{
		{
			Rehearsed{Steps: 2, Product: "Terraform", Took: 192 * time.Second, Proved: []string{"The spec becomes Terraform."}, Untold: []string{"Whether tasks start."}},
			"\nWhat a local AWS cannot tell\n  · Whether tasks start.\n\nWhat was proved\n  · The spec becomes Terraform.\n\n" +
				"Everything held. 2 steps in 3m12s, against a local AWS, with the real Terraform.\n",
		},
		{
			Rehearsed{Steps: 1, Product: "OpenTofu", Idle: []string{"deploy", "start"}, Took: time.Second, Proved: []string{long}, Untold: []string{"Whether tasks start."}},
			"\nWhat a local AWS cannot tell\n  · Whether tasks start.\n\nWhat was proved\n" +
				"  · A long sentence that goes on. A long sentence that goes on. A long sentence that goes on. A long\n" +
				"    sentence that goes on. A long sentence that goes on.\n\n" +
				"Everything held. 1 step in 1s, against a local AWS, with the real OpenTofu. Nothing to do, and\nnothing proved: deploy, start.\n",
		},
	} {
		if got := (Style{}).Rehearsed(test.rehearsed); got != test.want {
			t.Errorf("got\n%s\nwant\n%s", got, test.want)
		}
	}
	if got := (Style{Width: 300}).readable().Width; got != mostWidth {
		t.Errorf("%d columns of a wide terminal", got)
	}
}
