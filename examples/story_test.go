package examples_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tfgen/internal/rehearsal/localaws"
	"tfgen/internal/terraformtest"
)

// plantedToken is the token of Docker Hub that the story must not leave behind.
const plantedToken = "planted-token-of-docker-hub"

// A chapter is what one step of the tutorial does to the account.
type chapter struct {
	step   string   // whose files are copied; "" for none
	byHand []string // what the tutorial's reader does first, outside of Terraform
	env    []string // what the reader sets for this step alone
	counts string   // resources to add, change and destroy, of all roots together
	plan   string   // what changes: all of it where little does, else "" and the counts say it
	again  bool     // a second plan is made: the next chapter's changes the same, and would hide what is left
}

var story = []chapter{
	{
		step:   "1-docker-hub",
		env:    []string{"TF_VAR_dockerhub_user=hub-user", "TF_VAR_dockerhub_token=" + plantedToken},
		again:  true,
		counts: "19 0 0",
	},
	{
		step: "2-secrets-manager",
		byHand: []string{
			`aws secretsmanager create-secret --name dockerhub --secret-string '{"user":"hub-user","token":"` + plantedToken + `"}'`,
		},
		again:  true,
		counts: "0 2 0",
		plan: `
update module.pipeline["myweb"].aws_codepipeline.this
update module.pipeline["myweb"].aws_iam_role_policy.build
`,
	},
	{
		step: "3-parameter-store",
		byHand: []string{
			"aws ssm put-parameter --type SecureString --name /dockerhub/user --value hub-user",
			"aws ssm put-parameter --type SecureString --name /dockerhub/token --value " + plantedToken,
		},
		again:  true,
		counts: "0 1 0",
		plan: `
update module.pipeline["myweb"].aws_iam_role_policy.build
`,
	},
	{
		step:   "4-ecr",
		counts: "1 1 0",
		plan: `
create module.registry["myweb"].aws_ecr_repository.this
update module.pipeline["myweb"].aws_iam_role_policy.build
`,
	},
	{
		step:   "5-ecs",
		counts: "36 0 0",
	},
	{
		step:   "6-deploy",
		counts: "0 3 0",
		plan: `
update module.pipeline["myweb"].aws_codepipeline.this
update module.pipeline["myweb"].aws_iam_role_policy.build
update module.pipeline["myweb"].aws_iam_role_policy.pipeline
`,
	},
	{
		step:   "7-commit-tag",
		counts: "1 1 0",
		plan: `
create module.registry["myweb"].aws_ecr_lifecycle_policy.this
update module.registry["myweb"].aws_ecr_repository.this
`,
	},
	{
		step:   "8-ecr-public",
		again:  true,
		counts: "0 1 0",
		plan: `
update module.pipeline["myweb"].aws_iam_role_policy.build
`,
	},
	{
		byHand: []string{"rm buildspec.yml"}, // tfgen writes its own.
		again:  true,
		counts: "0 1 0",
		plan: `
update module.pipeline["myweb"].aws_iam_role_policy.build
`,
	},
}

// TestStory takes one account through the tutorial: the files of each step over
// those of the one before, generate, apply. Each plan is what the story tells,
// so nothing is replaced or removed on the way, and nothing is left to do after
// it: that would be in the plan of the next one, or in a second. What was put
// into the repositories and the bucket is there at the end.
func TestStory(t *testing.T) {
	t.Parallel()
	r := newReader(t)
	var kept keepsakes
	for _, c := range story {
		r.follow(c)
		r.assertWhereTheTokenIs(c.step)
		switch c.step {
		case "1-docker-hub":
			kept.source = r.aws("codecommit get-repository --repository-name mywebrepo --query repositoryMetadata.repositoryId")
			kept.bucket = r.aws("s3api list-buckets --query Buckets[0].Name")
			r.aws("s3api put-object --bucket " + kept.bucket + " --key kept")
		case "4-ecr":
			kept.image = r.aws(`ecr put-image --repository-name myweb --image-tag latest --query image.imageId.imageDigest --image-manifest-media-type application/vnd.oci.image.manifest.v1+json --image-manifest '{"schemaVersion":2}'`)
		}
	}
	r.assertKept(kept)
}

// TestStoryIsTold keeps the figures of docs/tutorial.md those that TestStory saw.
func TestStoryIsTold(t *testing.T) {
	t.Parallel()
	page := read(t, "../docs/tutorial.md")
	for _, c := range story {
		if c.step == "" {
			continue
		}
		row := regexp.MustCompile(`(?m)^\| \[\d\]\(#` + c.step + `\) \| .* \| ` + strings.ReplaceAll(c.counts, " ", ` \| `) + ` \|$`)
		if !row.MatchString(page) {
			t.Errorf("docs/tutorial.md has no row like %s", row)
		}
	}
}

// keepsakes are what the first steps make and no later one may lose.
type keepsakes struct{ source, bucket, image string }

func (r *reader) assertKept(want keepsakes) {
	r.t.Helper()
	got := keepsakes{
		source: r.aws("codecommit get-repository --repository-name mywebrepo --query repositoryMetadata.repositoryId"),
		bucket: want.bucket,
		image:  r.aws("ecr describe-images --repository-name myweb --image-ids imageTag=latest --query imageDetails[0].imageDigest"),
	}
	if got != want {
		r.t.Errorf("at the end there is %+v, and was %+v", got, want)
	}
	r.aws("s3api head-object --bucket " + want.bucket + " --key kept")
}

// A reader of the tutorial: a project folder, an account, and tfgen.
type reader struct {
	t     *testing.T
	dir   string
	tfgen string
	env   []string
}

func newReader(t *testing.T) *reader {
	t.Helper()
	server, err := localaws.Start(t.Context(), localaws.Options{Dir: "..", Progress: os.Stderr})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Stop(); err != nil {
			t.Error(err)
		}
	})
	r := &reader{t: t, dir: t.TempDir(), tfgen: filepath.Join(t.TempDir(), "tfgen")}
	r.env = terraformtest.Find(t).Environ(server.Environ(os.Environ(), localaws.DefaultAccount))
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", r.tfgen, "tfgen/cmd/tfgen").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return r
}

// follow does what the tutorial says at one step, and compares the plan.
func (r *reader) follow(c chapter) {
	r.t.Helper()
	for _, line := range c.byHand {
		r.shell(line)
	}
	if c.step != "" {
		r.copy(filepath.Join(stepsDir, c.step))
	}
	r.run(c.env, "generate")
	p := readPlan(r.t, r.run(c.env, "apply", "-auto-approve", "-json"))
	if got := p.counts.String(); got != c.counts {
		r.t.Errorf("%s: the plan adds, changes and destroys %s, want %s: %v", c.step, got, c.counts, p.changes)
	}
	if got := "\n" + strings.Join(p.changes, "\n") + "\n"; c.plan != "" && got != c.plan {
		r.t.Errorf("%s: the plan is %s\nwant %s", c.step, got, c.plan)
	}
	if c.again {
		r.run(c.env, "plan", "-detailed-exitcode") // Any change is the exit code 2.
	}
}

func (r *reader) copy(from string) {
	r.t.Helper()
	for _, name := range names(r.t, from) {
		copyOne(r.t, filepath.Join(from, name), filepath.Join(r.dir, name))
	}
}

// assertWhereTheTokenIs holds that the first step keeps the token in clear, as
// its warning says, and that nothing does once the second has been applied. The
// copy of the state that Terraform keeps is always one apply behind.
func (r *reader) assertWhereTheTokenIs(step string) {
	r.t.Helper()
	var found []string
	for _, name := range []string{"terraform.tfstate", "terraform.tfstate.backup"} {
		state, err := os.ReadFile(filepath.Join(r.dir, "infra", "delivery", name))
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			r.t.Fatal(err)
		}
		if bytes.Contains(state, []byte(plantedToken)) {
			found = append(found, name)
		}
	}
	want := map[string][]string{"1-docker-hub": {"terraform.tfstate"}, "2-secrets-manager": {"terraform.tfstate.backup"}}
	if !slices.Equal(found, want[step]) {
		r.t.Errorf("%s: the token is in %v, want %v", step, found, want[step])
	}
}

// run runs tfgen, which has to go well, and returns its standard output.
func (r *reader) run(env []string, args ...string) string {
	r.t.Helper()
	cmd := exec.CommandContext(r.t.Context(), r.tfgen, args...)
	cmd.Dir, cmd.Env = r.dir, slices.Concat(r.env, env)
	var out, log bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &log
	if err := cmd.Run(); err != nil {
		r.t.Fatalf("tfgen %s: %v\n%s%s", strings.Join(args, " "), err, out.String(), log.String())
	}
	return out.String()
}

// aws asks the account, and returns a single value as text.
func (r *reader) aws(args string) string { return r.shell("aws --output text " + args) }

func (r *reader) shell(line string) string {
	r.t.Helper()
	cmd := exec.CommandContext(r.t.Context(), "sh", "-c", line)
	cmd.Dir, cmd.Env = r.dir, slices.Concat(r.env, []string{"AWS_DEFAULT_REGION=ap-south-1"})
	out, err := cmd.CombinedOutput()
	if err != nil {
		r.t.Fatalf("%s: %v\n%s", line, err, out)
	}
	return strings.TrimSpace(string(out))
}

// A plan is what apply -json says that it will do, in all roots.
type plan struct {
	counts  counts
	changes []string // "update ADDRESS", sorted, without what is only read
}

type counts struct{ Add, Change, Remove int }

func (c counts) String() string {
	return fmt.Sprintf("%d %d %d", c.Add, c.Change, c.Remove)
}

func readPlan(t *testing.T, lines string) (p plan) {
	t.Helper()
	for line := range strings.Lines(lines) {
		var said struct {
			Type    string
			Counts  counts
			Changes []struct{ Action, Address string }
		}
		if err := json.Unmarshal([]byte(line), &said); err != nil {
			t.Fatalf("%v\n%s", err, line)
		}
		if said.Type != "plan" {
			continue
		}
		p.counts.Add += said.Counts.Add
		p.counts.Change += said.Counts.Change
		p.counts.Remove += said.Counts.Remove
		for _, c := range said.Changes {
			if c.Action != "read" {
				p.changes = append(p.changes, c.Action+" "+c.Address)
			}
		}
	}
	slices.Sort(p.changes)
	return p
}
