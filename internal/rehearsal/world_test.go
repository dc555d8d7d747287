package rehearsal

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tfgen/generator/buildspec"
	"tfgen/generator/spec"
	"tfgen/internal/operate"
	"tfgen/internal/rehearsal/localaws"
)

// TestMain is the docker stand-in when a build calls the test under that name.
func TestMain(m *testing.M) {
	if filepath.Base(os.Args[0]) == DockerName {
		dir, _ := os.Getwd()
		streams := Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Dir: dir, Getenv: os.Getenv}
		os.Exit(Docker(context.Background(), os.Args[1:], streams))
	}
	os.Exit(m.Run())
}

// testRegion and testAccount are where the tests' projects live.
const (
	testRegion  = "eu-west-1"
	testAccount = localaws.DefaultAccount
	testHost    = testAccount + ".dkr.ecr." + testRegion + ".amazonaws.com"
)

// server starts a local AWS that enforces permissions and ends with the test.
func server(t *testing.T) *localaws.Server {
	t.Helper()
	s, err := localaws.Start(t.Context(), localaws.Options{Progress: t.Output()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Stop(); err != nil {
			t.Error(err)
		}
	})
	if err := s.Enforce(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	return s
}

// askingLess is the server with another aws command, that knows the passwords
// of the registries. The real one takes a second to ask for one, and few tests
// are about that second: those that ask.
func askingLess(t *testing.T, s *localaws.Server, asks bool) *localaws.Server {
	t.Helper()
	if asks {
		return s
	}
	dir, whole := t.TempDir(), filepath.Join(filepath.Dir(s.Python), "aws")
	script := `#!/bin/sh
case "$1 $2" in
"ecr get-login-password") echo ` + testAccount + `-auth-token ;;
"ecr-public get-login-password") echo ecr-public-token ;;
*) exec ` + quoted(whole) + ` "$@" ;;
esac
`
	if err := os.WriteFile(filepath.Join(dir, "aws"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	less := *s
	less.Python = filepath.Join(dir, "python")
	return &less
}

// testWorld is a world without Terraform, in which a build can be played.
func testWorld(t *testing.T, s *localaws.Server, files map[string]string) *world {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	w := &world{
		Options: Options{Docker: program},
		server:  s,
		dir:     t.TempDir(),
		listen:  func(Event) {},
		note:    func(string, ...any) {},
		spec:    &spec.Spec{Project: spec.Project{Region: testRegion}},
		commit:  commit{id: "abc123de90f1e2d3c4b5a6978877665544332211", dir: t.TempDir()},
		builds:  map[string]*outcome{},
		first:   map[string]string{},
	}
	w.admin = operate.At(s.URL, testRegion, administrator(s, testAccount))
	for name, text := range files {
		name = filepath.Join(w.commit.dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return w
}

// statements are a build role's permissions, one a line: ACTION RESOURCE.
const statements = `
logs:* *
s3:* *
ecr:GetAuthorizationToken *
ecr-public:GetAuthorizationToken *
sts:GetServiceBearerToken *
ecr:BatchCheckLayerAvailability arn:aws:ecr:eu-west-1:123456789012:repository/NAME
ecr:BatchGetImage arn:aws:ecr:eu-west-1:123456789012:repository/NAME
ecr:CompleteLayerUpload arn:aws:ecr:eu-west-1:123456789012:repository/NAME
ecr:DescribeImages arn:aws:ecr:eu-west-1:123456789012:repository/NAME
ecr:InitiateLayerUpload arn:aws:ecr:eu-west-1:123456789012:repository/NAME
ecr:PutImage arn:aws:ecr:eu-west-1:123456789012:repository/NAME
ecr:UploadLayerPart arn:aws:ecr:eu-west-1:123456789012:repository/NAME
ssm:GetParameters arn:aws:ssm:eu-west-1:123456789012:parameter/dockerhub/*
secretsmanager:GetSecretValue arn:aws:secretsmanager:eu-west-1:123456789012:secret:dockerhub-??????
codebuild:BatchPutCodeCoverages arn:aws:codebuild:eu-west-1:123456789012:report-group/NAME-*
codebuild:BatchPutTestCases arn:aws:codebuild:eu-west-1:123456789012:report-group/NAME-*
codebuild:CreateReport arn:aws:codebuild:eu-west-1:123456789012:report-group/NAME-*
codebuild:CreateReportGroup arn:aws:codebuild:eu-west-1:123456789012:report-group/NAME-*
codebuild:UpdateReport arn:aws:codebuild:eu-west-1:123456789012:report-group/NAME-*
`

// account makes what a build finds: its role without one of the permissions, a
// repository, a bucket, a log group, the parameters and the secret.
func (w *world) furnishTest(t *testing.T, name, denied string) *player {
	t.Helper()
	admin := w.caller(w.admin)
	must := func(err error) {
		t.Helper()
		if err != nil && !strings.Contains(err.Error(), "Already") {
			t.Fatal(err)
		}
	}
	trust := `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"codebuild.amazonaws.com"},"Action":"sts:AssumeRole"}]}`
	_, err := admin.query(t.Context(), "iam", "2010-05-08", "CreateRole", "RoleName", name, "AssumeRolePolicyDocument", trust)
	must(err)
	_, err = admin.query(t.Context(), "iam", "2010-05-08", "PutRolePolicy", "RoleName", name, "PolicyName", "p", "PolicyDocument", policyOf(strings.NewReplacer("NAME", name, testAccount, w.account()).Replace(statements), denied))
	must(err)
	must(admin.json(t.Context(), "ecr", "AmazonEC2ContainerRegistry_V20150921.CreateRepository", map[string]any{"repositoryName": name, "imageTagMutability": "IMMUTABLE"}, nil))
	must(admin.json(t.Context(), "logs", "Logs_20140328.CreateLogGroup", map[string]any{"logGroupName": "/aws/codebuild/" + name}, nil))
	for _, parameter := range []string{"/dockerhub/user", "/dockerhub/token"} {
		must(admin.json(t.Context(), "ssm", "AmazonSSM.PutParameter", map[string]any{"Name": parameter, "Type": "SecureString", "Value": "value-of-" + parameter}, nil))
	}
	must(admin.json(t.Context(), "secretsmanager", "secretsmanager.CreateSecret", map[string]any{
		"Name": "dockerhub", "SecretString": `{"user":"u","token":"t"}`, "ClientRequestToken": madeUp("dockerhub"),
	}, nil))
	_, err = admin.object(t.Context(), "PUT", name, []byte("<CreateBucketConfiguration><LocationConstraint>"+testRegion+"</LocationConstraint></CreateBucketConfiguration>"))
	must(err)
	p := &operate.Pipeline{
		Name: name, Bucket: name, ARN: "arn:aws:codepipeline:eu-west-1:" + w.account() + ":" + name,
		Stages: []operate.Stage{{Name: "Deploy", Actions: []operate.Action{{Name: "DeployToECS", Category: "Deploy", Provider: "ECS"}}}},
	}
	must(store(t.Context(), admin, p, "SourceArtifact", []byte("source")))
	return &player{world: w, pipeline: p, project: &operate.Project{
		Name: name, ARN: "arn:aws:codebuild:eu-west-1:" + w.account() + ":project/" + name,
		Role:       "arn:aws:iam::" + w.account() + ":role/" + name,
		Image:      "aws/codebuild/amazonlinux-x86_64-standard:5.0",
		Privileged: true,
		Variables:  []operate.Variable{{Name: "AWS_ACCOUNT_ID", Value: w.account()}, {Name: "REPOSITORY", Value: name}},
	}}
}

// written makes the world one of a service with this buildspec, which says which
// account it is.
func (w *world) written(text string) *world {
	if file, _ := buildspec.Read([]byte(text)); file != nil {
		needs := file.Needs(buildspec.Want{Registry: "ecr", Region: testRegion})
		w.spec.Services = []*spec.Service{{Build: &spec.Build{Needs: &needs}}}
	}
	w.admin = operate.At(w.server.URL, testRegion, administrator(w.server, w.account()))
	return w
}

// policyOf makes a policy of statements, without those of one action.
func policyOf(statements, denied string) string {
	var all []string
	for _, line := range linesOf(statements) {
		action, resource, _ := strings.Cut(line, " ")
		if action != denied {
			all = append(all, fmt.Sprintf(`{"Effect":"Allow","Action":%q,"Resource":%q}`, action, resource))
		}
	}
	return `{"Version":"2012-10-17","Statement":[` + strings.Join(all, ",") + `]}`
}

// failed reports whether a row of a table wants an error, whose text holds want,
// and compares it with the one there is. One that nobody wants ends the test.
func failed(t *testing.T, err error, want string) bool {
	t.Helper()
	switch {
	case want == "" && err != nil:
		t.Fatal(err)
	case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
		t.Errorf("%v, want %s", err, want)
	}
	return want != ""
}
