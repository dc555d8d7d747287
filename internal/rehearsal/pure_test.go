package rehearsal

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tfgen/generator/buildspec"
	"tfgen/generator/spec"
	"tfgen/internal/deploy"
)

func put(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// keepNothing stands for whoever wants the local AWS to stay.
func keepNothing(context.Context, []string, string) {}

// A step runs with all that it needs, in the order of the table.
func TestChoose(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		options Options
		want    string
	}{
		{Options{Steps: []string{"plan"}}, "generate apply plan"},
		{Options{Steps: []string{"nothing", "build"}}, "generate apply source build destroy nothing"},
		{Options{Steps: []string{"plan"}, From: "v1"}, "generate before upgrade plan"},
		{Options{}, "generate apply plan source build deploy start settled change retry next rollback destroy nothing"},
		{Options{From: "v1"}, "generate before upgrade plan source build deploy start settled change retry next rollback destroy nothing"},
		{Options{Keep: keepNothing}, "generate apply plan source build deploy start settled change retry next rollback"},
	} {
		chosen, err := choose(test.options)
		var names []string
		for _, s := range chosen {
			names = append(names, s.name)
		}
		if got := strings.Join(names, " "); got != test.want || err != nil {
			t.Errorf("%v from %q: %s, want %s (%v)", test.options.Steps, test.options.From, got, test.want, err)
		}
	}
	for _, test := range []struct {
		options Options
		want    string
	}{
		{Options{Steps: []string{"aply"}}, "generate"},
		{Options{Steps: []string{"upgrade"}}, "need -from=REV"},
		{Options{Steps: []string{"before"}}, "need -from=REV"},
		{Options{Steps: []string{"generate"}, From: "v1"}, "-from=v1 is of no use here"},
	} {
		if _, err := choose(test.options); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%v from %q: %v, want %s", test.options.Steps, test.options.From, err, test.want)
		}
	}
}

// Each step needs only what comes before it.
func TestSteps(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	for _, s := range steps() {
		for _, need := range s.needs {
			if !known[need] {
				t.Errorf("%s needs %s, which does not come before it", s.name, need)
			}
		}
		known[s.name] = true
		if s.title == "" || s.proves == "" || s.onAWS == "" || s.run == nil {
			t.Errorf("%s leaves something unsaid", s.name)
		}
	}
}

// The scratch copy has what git would commit, and no state.
func TestCopyFolder(t *testing.T) {
	t.Parallel()
	from, to := t.TempDir(), t.TempDir()
	for _, name := range []string{"tfgen.hcl", "src/a.txt", "new.txt", "ignored.txt", "node_modules/x/y.js", "infra/terraform.tfstate", "infra/.terraform/z"} {
		put(t, filepath.Join(from, name), name)
	}
	put(t, filepath.Join(from, ".gitignore"), "ignored.txt\n")
	check := func(want ...string) {
		t.Helper()
		got, err := walked(to)
		slices.Sort(got)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("got %q, want %q (%v)", got, want, err)
		}
	}
	if err := copyFolder(t.Context(), from, to); err != nil {
		t.Fatal(err)
	}
	check(".gitignore", "ignored.txt", "new.txt", "src/a.txt", "tfgen.hcl")
	if _, err := git(t.Context(), from, "init", "--quiet"); err != nil {
		t.Fatal(err)
	}
	to = t.TempDir()
	if err := copyFolder(t.Context(), from, to); err != nil {
		t.Fatal(err)
	}
	check(".gitignore", "new.txt", "src/a.txt", "tfgen.hcl")
}

func TestMatching(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, name := range []string{"a.json", "b.txt", "dist/c.json", "dist/deep/d.json"} {
		put(t, filepath.Join(dir, name), name)
	}
	for pattern, want := range map[string]string{
		"a.json":      "a.json",
		"*.json":      "a.json",
		"**/*":        "a.json b.txt dist/c.json dist/deep/d.json",
		"**/*.json":   "a.json dist/c.json dist/deep/d.json",
		"dist/*":      "dist/c.json",
		"dist/**/*":   "dist/c.json dist/deep/d.json",
		"?.txt":       "b.txt",
		"a+json":      "",
		"no/such/one": "",
	} {
		got, err := matching(dir, pattern)
		if strings.Join(got, " ") != want || err != nil {
			t.Errorf("%s: %q, want %q (%v)", pattern, got, want, err)
		}
	}
	if got, err := matching(filepath.Join(dir, "none"), "**/*"); got != nil || err != nil {
		t.Errorf("in a folder that there is not: %q, %v", got, err)
	}
}

// Advice is given for the words of a failure, and points at what there is.
func TestAdvice(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]string{
		"it is so": "",
		"AccessDenied: User: me is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:r:1:repository/a": "a file of your own",
		"denied: User: me is not authorized to perform: ecr:PutImage on resource: arn:aws:ecr:r:1:repository/a":            "its own service alone",
		"An error occurred: User: me is not authorized to perform: a:B on resource: *\nError: Password Required":           "a file of your own",
		"There was no docker login to docker.io before the push":                                                           "Secrets Manager or Parameter Store",
	} {
		if got := advice(words); !strings.Contains(got, want) || want == "" && got != "" {
			t.Errorf("%s: %q, want %q", words, got, want)
		}
	}
	page, err := os.ReadFile("../../docs/diagnostics.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range advisories() {
		for _, code := range regexp.MustCompile(`TFG\d+`).FindAllString(a.advice, -1) {
			if !strings.Contains(string(page), "## "+code+":") {
				t.Errorf("there is no %s to explain", code)
			}
		}
	}
}

// What this machine kept Terraform from says nothing about AWS.
func TestTerraformFinding(t *testing.T) {
	t.Parallel()
	s := step{name: "apply", onAWS: "It would have stopped."}
	for local, want := range map[bool]string{false: "It would have stopped.", true: nobodyKnows("this machine could not play it")} {
		err := terraformFinding(fmt.Errorf("many: %w", &deploy.Failure{Verb: "plan", Local: local, Text: "said"}))
		if got := failureOf(s, err); got.OnAWS != want || !slices.Equal(got.Evidence, []string{"said"}) {
			t.Errorf("local %v: %q, %q", local, got.OnAWS, got.Evidence)
		}
	}
}

// What the spec and its buildspecs expect to find is made up; what the spec
// itself makes is not.
func TestFurniture(t *testing.T) {
	t.Parallel()
	written := "version: 0.2\nenv:\n  parameter-store:\n    A: /a\n  secrets-manager:\n    B: hub:user\nphases:\n  build:\n    commands:\n      - \"true\"\n"
	if _, findings := buildspec.Read([]byte(written)); len(findings) > 0 {
		t.Fatal(findings)
	}
	s := &spec.Spec{
		Source: &spec.Source{Kind: "codecommit", Repository: "shop"},
		State:  spec.State{Kind: "s3", Bucket: "states"},
		Services: []*spec.Service{{
			Environment: map[string]spec.Value{"C": {Kind: spec.SSM, Text: "/made"}, "D": {Kind: spec.SSM, Text: "/c"}, "E": {Kind: spec.SecretsM, Text: "db", Key: "url"}},
			Build:       &spec.Build{Written: []byte(written)},
		}},
		Parameters: []spec.Parameter{{Path: "/made"}},
	}
	var names []string
	for _, f := range furniture(s, testAccount) {
		names = append(names, f.name)
	}
	want := "parameter /a, parameter /c, secret db, secret hub, repository shop, bucket states for the state"
	if got := strings.Join(names, ", "); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// What HCP Terraform keeps is of real accounts: a rehearsal's states are files.
func TestLoadHCP(t *testing.T) {
	t.Parallel()
	w := &world{Options: Options{SpecFile: "tfgen.hcl"}, dir: t.TempDir()}
	text := "project \"shop\" { region = \"eu-west-1\" }\nstate \"hcp\" { organization = \"acme\" }\ncluster \"shop\" {\n  capacity \"FARGATE\" {}\n}\n"
	if err := os.MkdirAll(w.project(), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(w.project(), "tfgen.hcl"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := w.load(); err != nil || w.spec.State != (spec.State{Kind: "local"}) {
		t.Errorf("%+v, %v", w.spec.State, err)
	}
}

// A certificate of a real account gives way to one that the local AWS has.
func TestCertify(t *testing.T) {
	t.Parallel()
	w := testWorld(t, server(t), nil)
	s := &spec.Spec{LoadBalancers: []*spec.LoadBalancer{{Certificates: []string{"arn:aws:acm:eu-west-1:123456789012:certificate/real"}}}}
	if err := w.certify(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	in := map[string]any{"CertificateArn": s.LoadBalancers[0].Certificates[0]}
	if err := w.caller(w.admin).json(t.Context(), "acm", "CertificateManager.DescribeCertificate", in, nil); err != nil {
		t.Errorf("%s: %v", in["CertificateArn"], err)
	}
}
