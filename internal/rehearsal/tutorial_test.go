package rehearsal

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tfgen/internal/operate"
)

// The buildspecs of the tutorial's steps, to the letter, end as the tutorial's
// own builds would: green with what was pushed, or red with the words of it.
func TestTutorialBuilds(t *testing.T) {
	t.Parallel()
	aws := server(t)
	credentials := []operate.Variable{{Name: "DOCKERHUB_USER", Value: "acme"}, {Name: "DOCKERHUB_TOKEN", Value: "t"}}
	const ubuntu = "aws/codebuild/standard:7.0"
	for name, test := range map[string]struct {
		step    string
		set     []operate.Variable // on the pipeline's build action
		denied  string             // to the build role
		image   string
		asks    bool     // the registry for its password
		mutable bool     // the repository takes a tag again
		twice   bool     // the second build of the same commit is told of
		deploys bool     // the pipeline has its last stage
		without string   // a file that is missing
		want    []string // parts of what is told
	}{
		"hub":                    {step: "1-docker-hub", set: credentials, want: []string{"pushed my-angular-app:latest"}},
		"hub-no-variables":       {step: "1-docker-hub", want: []string{"pre_build, line 5", "Cannot perform an interactive login", "A variable of the login is empty"}},
		"secret":                 {step: "2-secrets-manager", want: []string{"pushed my-angular-app:latest"}},
		"secret-not-allowed":     {step: "2-secrets-manager", denied: "secretsmanager:GetSecretValue", want: []string{"variable DOCKERHUB_TOKEN", "not authorized to perform: secretsmanager:GetSecretValue", "DOWNLOAD_SOURCE"}},
		"parameters":             {step: "3-parameter-store", want: []string{"pushed my-angular-app:latest"}},
		"parameters-not-allowed": {step: "3-parameter-store", denied: "ssm:GetParameters", want: []string{"variable DOCKERHUB_TOKEN", "not authorized to perform: ssm:GetParameters on resource", "DOWNLOAD_SOURCE"}},
		"ecr":                    {step: "4-ecr", mutable: true, twice: true, want: []string{"pushed ecr:latest"}},
		"ecr-no-account":         {step: "4-ecr", set: []operate.Variable{{Name: "AWS_ACCOUNT_ID"}}, want: []string{"pre_build, line 16", "no such host", "with twelve digits"}},
		"ecr-not-allowed":        {step: "4-ecr", denied: "ecr:InitiateLayerUpload", want: []string{"post_build, line 25", "denied:", "ecr:InitiateLayerUpload"}},
		"ecr-immutable":          {step: "4-ecr", twice: true, want: []string{"post_build, line 25", "The image tag 'latest' already exists", "Tag with the commit"}},
		"deploy":                 {step: "6-deploy", mutable: true, deploys: true, want: []string{"pushed deploy:latest", "myweb = " + testHost + "/deploy:latest"}},
		"deploy-of-step-4":       {step: "4-ecr", mutable: true, deploys: true, want: []string{"the build handed over no artifact", "add it under artifacts, files"}},
		"deploy-broken-build":    {step: "6-deploy", without: "Dockerfile", want: []string{"build, line 21", "failed to read dockerfile", "post_build would have run all the same"}},
		"commit":                 {step: "7-commit-tag", deploys: true, want: []string{"pushed commit:abc123de", "myweb = " + testHost + "/commit:abc123de"}},
		"commit-on-ubuntu":       {step: "7-commit-tag", image: ubuntu, want: []string{"pre_build, line 18", "Bad substitution", "shell: bash"}},
		"commit-again":           {step: "7-commit-tag", twice: true, want: []string{"post_build, line 25", "'abc123de' already exists", "only if that image is not there yet"}},
		"public":                 {step: "8-ecr-public", deploys: true, asks: true, want: []string{"pushed public:abc123de", "myweb = " + testHost + "/public:abc123de"}},
		"public-not-allowed":     {step: "8-ecr-public", denied: "sts:GetServiceBearerToken", asks: true, want: []string{"pre_build, line 9", "sts:GetServiceBearerToken", "Password Required"}},
		"generated":              {step: "..", twice: true, image: ubuntu, deploys: true, want: []string{"no image pushed: it is there already", "myweb = " + testHost + "/generated:abc123de"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := testWorld(t, askingLess(t, aws, test.asks), tutorialFiles(t, test.step, test.without)).furnishTest(t, name, test.denied)
			b.overrides = append(test.set, operate.Variable{Name: "ECR_REPO_NAME", Value: name}, operate.Variable{Name: "IMAGE_REPOSITORY", Value: name})
			if test.image != "" {
				b.project.Image = test.image
			}
			if test.mutable {
				b.makeMutable(t, name)
			}
			if test.twice {
				if _, err := b.play(t.Context()); err != nil {
					t.Fatal(told(nil, err))
				}
			}
			out, err := b.play(t.Context())
			if err == nil && test.deploys {
				_, err = b.imageDefinitions(t.Context(), b.caller(b.admin), b.pipeline, operate.Action{})
			}
			got := told(out, err)
			if err == nil && test.deploys {
				got += handedOver(t, b)
			}
			for _, want := range test.want {
				if !strings.Contains(got, want) {
					t.Errorf("%q is missing in:\n%s", want, got)
				}
			}
		})
	}
}

// tutorialFiles are what a step commits.
func tutorialFiles(t *testing.T, step, without string) map[string]string {
	t.Helper()
	files := map[string]string{"Dockerfile": "FROM node:20 AS builder\nFROM nginx:1.25\n"}
	text, err := os.ReadFile(filepath.Join("../../examples/tutorial/steps", step, "buildspec.yml"))
	if err != nil {
		t.Fatal(err)
	}
	files["buildspec.yml"] = string(text)
	delete(files, without)
	return files
}

// makeMutable is what the tag latest asks of a repository.
func (b *player) makeMutable(t *testing.T, name string) {
	t.Helper()
	in := map[string]any{"repositoryName": name, "imageTagMutability": "MUTABLE"}
	if err := b.caller(b.admin).json(t.Context(), "ecr", "AmazonEC2ContainerRegistry_V20150921.PutImageTagMutability", in, nil); err != nil {
		t.Fatal(err)
	}
}
