package deploy

import (
	"archive/zip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tfgen/internal/deploy/report"
)

// TestFindForeign holds that what somebody added stands in the drift of a plan,
// beside the rest of it, where all was refreshed; that it leaves what is applied
// as it is; and that it is the only drift of an empty plan.
func TestFindForeign(t *testing.T) {
	const role = `"resources":[{"mode":"managed","type":"aws_iam_role","name":"task","instances":[{"attributes":{"name":"r","managed_policy_arns":["arn:a"]}}]}]`
	noise := []report.Change{{Resource: report.Resource{Address: "aws_vpc.x"}, Action: report.Update}}
	same := []report.Change{{Resource: report.Resource{Address: "aws_iam_role.task"}, Action: report.Update, Attributes: []report.Attribute{{Path: "path", Before: "/", After: "/x"}}}}
	gone := []report.Change{{Resource: report.Resource{Address: "aws_iam_role.task"}, Action: report.Delete}}
	for _, test := range []struct {
		name, state string
		options     PlanOptions
		empty       bool
		drift       []report.Change
		want        string
	}{
		{"an empty plan", role, PlanOptions{}, true, noise, "aws_iam_role.task: policy arn:a added"},
		{"beside other drift", role, PlanOptions{}, false, noise, "aws_iam_role.task: policy arn:a added; aws_vpc.x:"},
		{"with other drift", role, PlanOptions{}, false, same, "aws_iam_role.task: path / → /x; aws_iam_role.task: policy arn:a added"},
		{"deleted and there again", role, PlanOptions{}, false, gone, "aws_iam_role.task:; aws_iam_role.task: policy arn:a added"},
		{"nothing foreign", `"resources":[]`, PlanOptions{}, true, noise, ""},
		{"not refreshed", role, PlanOptions{NoRefresh: true}, true, noise, ""},
		{"refreshed in part", role, PlanOptions{Targets: []string{"x.y"}}, false, noise, "aws_vpc.x:"},
		{"encrypted", "", PlanOptions{}, true, noise, ""},
	} {
		p := Plan{file: filepath.Join(t.TempDir(), "plan"), Plan: report.Plan{Empty: test.empty, Drift: test.drift, Digest: "d"}}
		save(t, p.file, test.state)
		if err := p.findForeign(test.options); err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
		var got []string
		for _, c := range p.Drift {
			var said []string
			for _, a := range c.Attributes {
				said = append(said, a.String())
			}
			got = append(got, strings.TrimSpace(c.Address+": "+strings.Join(said, ", ")))
		}
		if text := strings.Join(got, "; "); text != test.want || p.Empty != test.empty || p.Digest != "d" {
			t.Errorf("%s: %s, %+v\nwant: %s", test.name, text, p.Plan, test.want)
		}
	}
}

// save writes a saved plan with a state and the code of a role, or without a
// state what nobody can read.
func save(t *testing.T, path, state string) {
	t.Helper()
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if state == "" {
		file.WriteString("encrypted")
		return
	}
	archive := zip.NewWriter(file)
	for name, text := range map[string]string{stateInPlan: "{" + state + "}", "tfconfig/m-/main.tf": `resource "aws_iam_role" "task" {}`} {
		entry, err := archive.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		entry.Write([]byte(text))
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
}
