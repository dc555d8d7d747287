package terminal_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"tfgen/internal/deploy/report"
	"tfgen/internal/terminal"
)

// githubLimit is how many characters GitHub takes in a comment.
const githubLimit = 65536

func TestMarkdown(t *testing.T) {
	facts := []string{"infra/environments/production", "ap-south-1"}
	notes := []string{"Digest: `0123456789abcdef`"}
	for _, test := range []struct {
		golden   string
		sections []terminal.Section
		limit    int
	}{
		{"markdown", []terminal.Section{{"delivery", nil, report.Plan{Empty: true}}, {"production", facts, mixed()}, {"staging", facts, report.Plan{Drift: drifted()[:1], Unchanged: 3}}}, githubLimit},
		{"markdown-empty", []terminal.Section{{"delivery", nil, report.Plan{Empty: true}}, {"production", facts, report.Plan{Empty: true, Diagnostics: mixed().Diagnostics}}}, githubLimit},
		{"markdown-cut", []terminal.Section{{"production", facts, mixed()}, {"staging", facts, many(report.Delete, report.Counts{Destroy: 26})}}, 3300},
		{"markdown-hostile", []terminal.Section{{"```\n# a @team", []string{"`x` <b> #1", "\x1b[31m"}, hostile()}}, githubLimit},
	} {
		got := terminal.Markdown(test.sections, notes, test.limit)
		golden(t, test.golden, got)
		wellFormed(t, test.golden, got)
	}
}

// evil is what a name or a value may hold to break out of where it stands.
const evil = "````\n```\n</details></summary><img src=x>|@team #1 ![x](http://x) **b** \x1b[31m\u202e\r`"

// hostile has it everywhere.
func hostile() report.Plan {
	bad := report.Resource{Address: evil, Module: `module.service["` + evil + `"]`, Local: evil}
	return report.Plan{
		Changes: []report.Change{
			{Resource: bad, Action: report.Update, Attributes: []report.Attribute{{Path: evil, Before: evil, After: evil}}},
			{Resource: bad, Action: report.Create, Title: evil},
			{Resource: bad, Action: report.Delete},
		},
		Drift:       []report.Change{{Resource: bad, Action: report.Update, Attributes: []report.Attribute{{Path: evil}}}},
		Outputs:     []report.OutputChange{{Name: evil, Action: report.Create}},
		Diagnostics: []report.Diagnostic{{Summary: evil, Detail: evil, Address: evil}},
		Rolls:       []report.Roll{{Service: evil, Verb: report.Rolls, Image: evil, Changes: []string{evil}, Tasks: "1 task"}},
	}
}

// TestMarkdownLimits holds that a comment is never longer than it may be, that
// it is whole at any length, and that its notes are always in it.
func TestMarkdownLimits(t *testing.T) {
	notes := []string{"Digest: `0123456789abcdef`", "Second."}
	sections := []terminal.Section{{"production", nil, mixed()}, {"large", nil, many(report.Create, report.Counts{Add: 26})}, {"hostile", nil, hostile()}, {"same", nil, report.Plan{Empty: true}}}
	whole := terminal.Markdown(sections, notes, githubLimit)
	tail := whole[strings.Index(whole, "\nDigest"):]
	for limit := 0; limit < len(whole)+7; limit += 7 {
		got := terminal.Markdown(sections, notes, limit)
		if len(got) > max(limit, len(tail)) || !strings.HasSuffix(got, tail) {
			t.Fatalf("limit %d: %d bytes:\n%s", limit, len(got), got)
		}
		if cut := strings.Contains(got, "`tfgen show FILE` has"); limit > 300 && cut != (limit < len(whole)) {
			t.Fatalf("limit %d: it says that lines were cut: %t", limit, cut)
		}
		wellFormed(t, fmt.Sprint("limit ", limit), got)
	}
	if got := terminal.Markdown(sections, nil, 10); got != "" {
		t.Errorf("no room: %q", got)
	}
}

// TestMarkdownLarge holds that what is seen survives, that there is as much of
// the list as there is room for, and how much is left off.
func TestMarkdownLarge(t *testing.T) {
	large := mixed()
	for i := range 5000 {
		large.Changes = append(large.Changes, created(service, fmt.Sprintf("aws_iam_role.role%04d", i), "myweb"))
	}
	got := terminal.Markdown([]terminal.Section{{"large", nil, large}, {"production", nil, mixed()}}, nil, githubLimit)
	wellFormed(t, "large", got)
	if len(got) > githubLimit || len(got) < githubLimit-200 {
		t.Errorf("%d bytes", len(got))
	}
	kept := strings.Count(got, "+   +   aws_iam_role.role")
	// Behind the roles there are 20 lines of other things.
	if rest := 5000 - kept; !strings.Contains(got, fmt.Sprintf("\n… %d more lines; `tfgen show FILE` has them\n", rest+20)) {
		t.Errorf("%d roles are there:\n%s", kept, got[len(got)-3000:])
	}
}

// wellFormed holds that all that opens is closed, and that nothing beside
// fences and code has a meaning that a plan gave it.
func wellFormed(t *testing.T, name, text string) {
	t.Helper()
	allowed := regexp.MustCompile(`^<details><summary>[0-9a-zA-Z, ]+</summary>$|^</details>$|^> \[!WARNING\]$|^#{2,3} |^>( - )?|\*\*[0-9a-z, ]+\*\*`)
	fence, details := "", 0
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		switch run := len(line) - len(strings.TrimLeft(line, "`")); {
		case fence != "":
			if run >= len(fence) && strings.Trim(line, "`") == "" {
				fence = ""
			}
		case run >= 3 && line[run:] == "diff":
			fence = line[:run]
		default:
			bare := codeSpan(line)
			details += strings.Count(bare, "<details>") - strings.Count(bare, "</details>")
			bare = allowed.ReplaceAllString(bare, "")
			if strings.ContainsAny(bare, "<>@#![]`|*\x1b\u202e\r") {
				t.Errorf("%s: %q is not code in %q", name, bare, line)
			}
		}
	}
	if fence != "" || details != 0 {
		t.Errorf("%s: a fence %q and %d details are open:\n%s", name, fence, details, text)
	}
}

// codeSpan takes the code out of a line, as CommonMark finds it: a run of
// backticks up to the next run of the same length.
func codeSpan(line string) string {
	runs := regexp.MustCompile("`+").FindAllStringIndex(line, -1)
	var out strings.Builder
	at := 0
	for i := 0; i < len(runs); i++ {
		for j := i + 1; j < len(runs); j++ {
			if runs[j][1]-runs[j][0] == runs[i][1]-runs[i][0] {
				out.WriteString(line[at:runs[i][0]])
				at, i = runs[j][1], j
				break
			}
		}
	}
	return out.String() + line[at:]
}
