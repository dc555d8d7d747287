package rehearsal

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"tfgen/internal/operate"
)

// good is a buildspec that delivers; the rows below break it in one place.
const good = `version: 0.2
phases:
  pre_build:
    commands:
      - REGISTRY="${AWS_ACCOUNT_ID}.dkr.ecr.${AWS_REGION}.amazonaws.com"
      - aws ecr get-login-password --region ${AWS_REGION} | docker login -u AWS --password-stdin ${REGISTRY}
      - URI="${REGISTRY}/${REPOSITORY}:${CODEBUILD_RESOLVED_SOURCE_VERSION:0:8}"
  build:
    commands:
      - docker build -t app:latest .
  post_build:
    commands:
      - docker tag app:latest ${URI}
      - docker push ${URI}
      - printf '[{"name":"web","imageUri":"%s"}]' ${URI} > imagedefinitions.json
artifacts:
  files:
    - imagedefinitions.json
`

// look makes the good buildspec build and push only what is not there yet.
func look() []string {
	return []string{
		"- docker build -t app:latest .", "- if docker manifest inspect ${URI} > there; then echo there; else docker build -t app:latest .; fi",
		"docker tag app:latest ${URI}", "test -s there || docker tag app:latest ${URI}",
		"docker push ${URI}", "test -s there || docker push ${URI}",
	}
}

// anotherDocker makes the good buildspec write another docker, then run a command.
func anotherDocker(command string) []string {
	return []string{
		"  pre_build:", "  install:\n    commands:\n      - mkdir bin; printf '#!/bin/sh\\ntouch \"$CODEBUILD_SRC_DIR/ran\"\\n' > bin/docker; chmod +x bin/docker\n      " + command + "\n  pre_build:",
		"  post_build:\n    commands:", "  post_build:\n    commands:\n      - test ! -e ran",
	}
}

// exits is a buildspec whose commands end the shell in each way there is, and
// look at what goes on: variables, the folder, traps.
const exits = `version: 0.2
phases:
  install:
    commands:
      - A=1; f() { exit 0; }; exit 0
      - test $A = 1; A=2; f
      - trap 'echo $? > cleaned' EXIT; mkdir sub; cd sub; exit 0
      - test "$(cat cleaned)" = 0 && test $A = 2
  pre_build:
    commands:
      - trap 'echo > ../late' EXIT TERM
      - trap - TERM; trap | grep -q late && exit 1; test ! -e ../late
      - |
        set -eu
        trap 'exit 9' EXIT
        exit 0
      - set +eu; IFS=0123456789
  build:
    commands:
      - exit 0
      - test "$PWD" = "$CODEBUILD_SRC_DIR/sub"
  post_build:
    commands:
      - pwd
`

// tries is a buildspec that counts how often its build is tried.
const tries = `version: 0.2
phases:
  build:
    on-failure: RETRY
    finally:
      - echo >> after
    commands:
      - echo >> tries
`

// inOrder is a buildspec that would leave the rehearsal by its variables.
const inOrder = `version: 0.2
env:
  variables:
    AWS_ENDPOINT_URL: https://zzz
    AWS_ENDPOINT_URL_ECR: https://zzz
    AWS_ACCESS_KEY_ID: zzz
    AWS_REGION: zzz
    CODEBUILD_BUILD_NUMBER: zzz
    HOME: /zzz
    LANG: A
    DOCKER_HOST: zzz
phases:
  build:
    commands:
      - test $AWS_ENDPOINT_URL != https://zzz -a -z "$AWS_ENDPOINT_URL_ECR" -a $AWS_ACCESS_KEY_ID != zzz
      - test $AWS_REGION = eu-west-1 -a $CODEBUILD_BUILD_NUMBER = 1 -a $HOME != /zzz -a $LANG = A -a $DOCKER_HOST != zzz
`

// A build holds, or fails with the words that one needs.
func TestBuilds(t *testing.T) {
	t.Parallel()
	aws := server(t)
	for name, test := range map[string]struct {
		replace   []string // in the good buildspec: old, new, …
		buildspec string   // or another one
		image     string
		denied    string
		overrides []operate.Variable
		plain     bool // not privileged
		without   string
		twice     bool
		asks      bool     // the registry for its password
		want      []string // "pushed …" of one that holds; else parts of the error, the evidence and what it means on AWS
	}{
		"good":                  {asks: true, want: []string{"pushed good:abc123de", "web = " + testHost + "/good:abc123de"}},
		"bash-under-dash":       {image: "aws/codebuild/standard:7.0", want: []string{"pre_build, line 7", "\nBad substitution", "PRE_BUILD", "shell: bash"}},
		"bash-asked-for":        {image: "aws/codebuild/standard:7.0", replace: []string{"phases:", "env:\n  shell: bash\nphases:"}, want: []string{"pushed"}},
		"no-login":              {replace: []string{"      - aws ecr get-login-password --region ${AWS_REGION} | docker login -u AWS --password-stdin ${REGISTRY}\n", ""}, want: []string{"post_build, line 13", "no basic auth credentials", "There was no docker login to " + testHost, "Log in first: aws ecr get-login-password"}},
		"public-password":       {replace: []string{"aws ecr get-login-password --region ${AWS_REGION}", "aws ecr-public get-login-password --region us-east-1"}, want: []string{"pre_build, line 6", "400 Bad Request"}},
		"same-tag-twice":        {twice: true, want: []string{"tag invalid: The image tag 'abc123de' already exists in the 'same-tag-twice' repository", "immutable", "only if that image is not there yet"}},
		"made-up":               {overrides: []operate.Variable{{Name: "REGISTRY", Value: pretended}}, replace: []string{"- REGISTRY=", "- OTHER="}, want: []string{"no docker login", "Nobody knows: the value of REGISTRY is made up", "write it into the buildspec"}},
		"reports":               {replace: []string{"artifacts:", "reports: { unit: { files: ['*'] } }\nartifacts:"}, want: []string{"pushed", "reports"}},
		"reports-not-allowed":   {denied: "codebuild:CreateReport", replace: []string{"artifacts:", "reports: { unit: { files: ['*'] } }\nartifacts:"}, want: []string{"report group unit: AccessDenied", "codebuild:CreateReport on resource: arn:aws:codebuild:eu-west-1:123456789012:report-group/reports-not-allowed-unit"}},
		"base-elsewhere":        {replace: []string{"docker build -t app:latest .", "printf 'FROM quay.io/acme/base' | docker build -t app:latest -"}, want: []string{"pushed", "quay.io/acme/base:latest"}},
		"no-account":            {replace: []string{"${AWS_ACCOUNT_ID}", "${ACCOUNT}"}, want: []string{"pre_build, line 6", "no such host", "twelve digits"}},
		"account-written":       {asks: true, replace: []string{"${AWS_ACCOUNT_ID}", "555555555555", "${REPOSITORY}", "account-written"}, want: []string{"pushed account-written:abc123de", "web = 555555555555.dkr.ecr.eu-west-1.amazonaws.com/account-written:abc123de"}},
		"no-permission-push":    {denied: "ecr:PutImage", want: []string{"denied:", "not authorized to perform: ecr:PutImage", "repository/no-permission-push", "its own service alone"}},
		"no-permission-login":   {denied: "ecr:GetAuthorizationToken", asks: true, want: []string{"ecr:GetAuthorizationToken"}},
		"no-permission-log":     {denied: "logs:*", want: []string{"write to the log group /aws/codebuild/no-permission-log", "logs:CreateLogStream"}},
		"other-repository":      {replace: []string{"${REPOSITORY}:", "elsewhere:"}, want: []string{"denied:", "repository/elsewhere"}},
		"not-privileged":        {plain: true, want: []string{"build, line 10", "Cannot connect to the Docker daemon", "privileged = true"}},
		"no-dockerfile":         {without: "Dockerfile", want: []string{"build, line 10", "failed to read dockerfile", "post_build would have run all the same"}},
		"no-buildspec":          {without: "buildspec.yml", want: []string{"YAML_FILE_ERROR", "there is no buildspec.yml"}},
		"no-artifact":           {replace: []string{"> imagedefinitions.json", "> images.json"}, want: []string{"no matching artifact paths found", "UPLOAD_ARTIFACTS"}},
		"not-found":             {replace: []string{"docker build -t app:latest .", "no-such-program"}, want: []string{"build, line 10", "was not found", "no-such-program", "Nobody knows: this machine may lack"}},
		"many-at-once":          {replace: []string{"- docker build -t app:latest .", "- |\n        for n in 1 2 3 4 5 6 7 8; do docker build -t app:$n . & done; wait\n        for n in 1 2 3 4 5 6 7 8; do docker tag app:$n app:latest; done"}, want: []string{"pushed many-at-once:abc123de"}},
		"powershell":            {replace: []string{"phases:", "env:\n  shell: powershell.exe\nphases:"}, want: []string{"not rehearsed", "Nobody knows"}},
		"tag-of-an-id":          {replace: []string{"docker build -t app:latest .", "ID=$(docker build -q .)", "docker tag app:latest", "docker tag $ID"}, want: []string{"pushed tag-of-an-id:abc123de"}},
		"grep-of-what-is-not":   {replace: []string{"- docker build -t app:latest .", "- docker build -t app:latest .\n      - docker run app:latest | grep fine"}, want: []string{"build, line 11", "Nobody knows: docker's stand-in does not play docker run app:latest"}},
		"not-built":             {replace: []string{"      - docker tag app:latest ${URI}\n", ""}, want: []string{"An image does not exist locally with the tag"}},
		"exit-code-in-block":    {replace: []string{"- docker build -t app:latest .", "- |\n        exit 3"}, want: []string{"build, line 11: exit code 3", "post_build would have run"}},
		"exit-0-goes-on":        {replace: []string{"- docker build -t app:latest .", "- docker build -t app:latest .\n      - exit 0"}, want: []string{"pushed"}},
		"set-e":                 {replace: []string{"- docker build -t app:latest .", "- |\n        set -e\n        false\n        docker build -t app:latest ."}, want: []string{"build, line 11: exit code 1"}},
		"pushed-to-docker-hub":  {replace: []string{"- docker push ${URI}", "- docker push ${URI}\n      - echo t | docker login -u acme --password-stdin\n      - docker tag app:latest acme/app:1\n      - docker push acme/app:1"}, want: []string{"pushed pushed-to-docker-hub:abc123de, app:1"}},
		"parameters":            {replace: []string{"phases:", "env:\n  parameter-store:\n    TOKEN: /dockerhub/token\nphases:", "- docker build", "- test \"$TOKEN\" = value-of-/dockerhub/token\n      - docker build"}, want: []string{"pushed"}},
		"secret":                {replace: []string{"phases:", "env:\n  secrets-manager:\n    TOKEN: dockerhub:token\nphases:", "- docker build", "- test \"$TOKEN\" = t\n      - docker build"}, want: []string{"pushed"}},
		"no-such-key":           {replace: []string{"phases:", "env:\n  secrets-manager:\n    TOKEN: dockerhub:pass\nphases:"}, want: []string{"variable TOKEN: the secret dockerhub has no key pass", "DOWNLOAD_SOURCE"}},
		"no-such-parameter":     {replace: []string{"phases:", "env:\n  parameter-store:\n    TOKEN: /dockerhub/pass\nphases:"}, want: []string{"variable TOKEN: there is no parameter /dockerhub/pass"}},
		"no-permission-secret":  {denied: "secretsmanager:GetSecretValue", replace: []string{"phases:", "env:\n  secrets-manager:\n    TOKEN: dockerhub:token\nphases:"}, want: []string{"variable TOKEN", "secretsmanager:GetSecretValue"}},
		"project-beats-file":    {replace: []string{"phases:", "env:\n  variables:\n    REPOSITORY: elsewhere\nphases:"}, want: []string{"pushed project-beats-file:"}},
		"pipeline-beats":        {overrides: []operate.Variable{{Name: "REPOSITORY", Value: "from-the-pipeline"}}, want: []string{"repository/from-the-pipeline"}},
		"build-fails":           {buildspec: "version: 0.2\nphases:\n  build:\n    commands:\n      - false\n  post_build:\n    commands:\n      - test $CODEBUILD_BUILD_SUCCEEDING = 0 && echo saw it && false\n", want: []string{"build, line 5: exit code 1"}},
		"pre-build-fails":       {buildspec: "version: 0.2\nphases:\n  pre_build:\n    commands:\n      - false\n  build:\n    commands:\n      - echo > ran\n  post_build:\n    commands:\n      - echo > ran\n", want: []string{"pre_build, line 5", "PRE_BUILD"}},
		"one-shell":             {buildspec: "version: 0.2\nphases:\n  install:\n    commands:\n      - A=1\n      - mkdir sub && cd sub\n      - f() { echo $A > ../artifact; }\n  build:\n    commands:\n      - f\n      - test -f ../artifact && pwd | grep -q /sub$\nartifacts:\n  files:\n    - '**/*'\n", want: []string{"no image built, none pushed"}},
		"finally":               {buildspec: "version: 0.2\nphases:\n  build:\n    commands:\n      - touch a\n    finally:\n      - touch b\n  post_build:\n    commands:\n      - test -f a -a -f b\n", want: []string{"no image built, none pushed"}},
		"nothing-of-the-user's": {buildspec: "version: 0.2\nphases:\n  build:\n    commands:\n      - test -z \"$TFGEN_TEST_SECRET$GOPATH$USER\"\n", want: []string{"no image built, none pushed"}},
		"unset":                 {buildspec: "version: 0.2\nphases:\n  build:\n    commands:\n      - set -u\n      - echo $NOT_SET_ANYWHERE\n", want: []string{"build, line 6", "NOT_SET_ANYWHERE"}},
		"look-then-push":        {twice: true, replace: look(), want: []string{"no image pushed: it is there already"}},
		"look-at-nothing":       {replace: look(), want: []string{"pushed look-at-nothing:abc123de"}},
		"look-not-allowed":      {denied: "ecr:BatchGetImage", replace: []string{"- docker build", "- docker manifest inspect ${URI}\n      - docker build"}, want: []string{"build, line 10", "denied:", "ecr:BatchGetImage"}},
		"never-pushed":          {replace: []string{"      - docker push ${URI}\n", ""}, want: []string{"hands on never-pushed:abc123de", "no command of it pushed", "cannot pull their image"}},
		"pushed-by-other-means": {replace: []string{"docker push ${URI}", "docker compose push"}, want: []string{"hands on pushed-by-other-means:abc123de", "Nobody knows: docker's stand-in does not play docker compose push"}},
		"built-only":            {buildspec: "version: 0.2\nphases:\n  build:\n    commands:\n      - docker build -t a .\n", want: []string{"no image pushed"}},
		"docker-before-ours":    {replace: anotherDocker("- export PATH=\"$PWD/bin:$PATH\""), want: []string{"pushed docker-before-ours:abc123de", "install, line 6 makes ", "/src/bin/docker the build's docker; here the stand-in stays"}},
		"docker-of-ours-lost":   {replace: anotherDocker("- export PATH=\"$PWD/bin:$PATH\"; docker push"), want: []string{"install, line 6: the command makes ", "/src/bin/docker the docker that it calls, which is not tfgen's stand-in"}},
		"path-of-its-own":       {replace: []string{"phases:", "env:\n  variables:\n    PATH: /usr/bin:/bin\nphases:"}, want: []string{"pushed"}},
		"variables-in-order":    {buildspec: inOrder, want: []string{"no image built"}},
		"exits-in-dash":         {image: "aws/codebuild/standard:7.0", buildspec: exits, want: []string{"no image built"}},
		"exits-in-posix-bash":   {buildspec: exits, want: []string{"no image built"}},
		"exits-in-bash":         {buildspec: "env: { shell: bash }\n" + exits, want: []string{"no image built"}},
		"second-exit-fails":     {buildspec: exits + "      - exit 5\n", want: []string{"post_build, line 25: exit code 5"}},
		"artifact-by-variables": {replace: []string{"- printf", "- OUT=out; NAME=imagedefinitions; mkdir out-1 out-2; echo > out-1/a\n      - printf", "> image", "> out-2/image", "    - imagedefinitions.json", "    - ${NAME}.json\n    - a\n  base-directory: $CODEBUILD_SRC_DIR/$OUT-*"}, want: []string{"pushed"}},
		"secondary-artifact":    {replace: []string{"artifacts:", "artifacts:\n  secondary-artifacts:\n    reports:\n      files: [report.xml]"}, want: []string{"secondary artifact reports: line 19: no matching artifact paths", "UPLOAD_ARTIFACTS"}},
		"not-played":            {replace: []string{"  pre_build:", "  install:\n    run-as: nobody\n    runtime-versions: { python: 3.99 }\n  pre_build:", "artifacts:", "reports: { r: { files: ['*'] } }\ncache: { paths: [a] }\nartifacts:\n  exclude-paths: [a]"}, want: []string{"pushed", "run-as", "runtime-versions", "reports", "cache", "exclude-paths"}},
		"retried":               {replace: []string{"  build:", "  build:\n    on-failure: RETRY-2", "- docker build", "- echo >> tries; test $(wc -l < tries) = 3 || exit 4\n      - docker build"}, want: []string{"pushed retried:abc123de", "build, line 11: exit code 4; the phase was tried again, for on-failure: RETRY-2"}},
		"retried-in-vain":       {buildspec: tries + "      - test $(wc -l < tries) = 5\n", want: []string{"build, line 9: exit code 1", "failed in BUILD"}},
		"retried-thrice":        {buildspec: tries + "      - test $(wc -l < tries) = 4\n  post_build:\n    commands:\n      - test $CODEBUILD_BUILD_SUCCEEDING$(wc -l < after) = 14\n", want: []string{"no image built"}},
		"retried-by-pattern":    {replace: []string{"  build:", "  build:\n    on-failure: RETRY-2-timeout", "- docker build", "- exit 4\n      - docker build"}, want: []string{"exit code 4", "Nobody knows: the pattern of on-failure: RETRY-2-timeout is not played"}},
		"continued-in-vain":     {buildspec: "version: 0.2\nphases:\n  install:\n    on-failure: CONTINUE\n    commands:\n      - exit 3\n  build:\n    commands:\n      - test $CODEBUILD_BUILD_SUCCEEDING = 1\n", want: []string{"build, line 9: exit code 1\ninstall, line 6: exit code 3; on-failure: CONTINUE goes on"}},
		"continued":             {replace: []string{"  pre_build:", "  install:\n    on-failure: CONTINUE\n    commands:\n      - exit 3\n      - touch skipped\n  pre_build:", "- docker build", "- test ! -e skipped && docker build"}, want: []string{"pushed continued:abc123de", "install, line 6: exit code 3; on-failure: CONTINUE goes on", "AWS does not say"}},
		"opens-its-stderr":      {buildspec: "version: 0.2\nphases:\n  build:\n    commands:\n      - echo no > /dev/stderr; exit 3\n  post_build:\n    commands:\n      - echo late\n", want: []string{"build, line 5: exit code 3", "\nno"}},
		"traced":                {buildspec: "version: 0.2\nphases:\n  build:\n    commands:\n      - set -x\n      - echo the real error; false\n  post_build:\n    commands:\n      - echo late\n", want: []string{"build, line 6: exit code 1", "\nthe real error"}},
		"locks":                 {buildspec: "version: 0.2\nphases:\n  build:\n    commands:\n      - exec 9>lock; printf() { :; }\n      - test -e lock\n", want: []string{"no image built"}},
		"unheard":               {buildspec: "version: 0.2\nphases:\n  build:\n    commands:\n      - exec 7>lost\n      - echo on\n", want: []string{"build, line 5: the command ended the shell", "Nobody knows"}},
		"pull-that-failed":      {replace: []string{"docker build -t app:latest .", "docker pull ${URI} || docker tag ${URI} app:latest"}, want: []string{"build, line 10", "No such image"}},
		"go-modules":            {replace: []string{"- docker build", "- mkdir -p $HOME/go/a; touch $HOME/go/a/b; chmod 0555 $HOME/go/a $HOME/go\n      - docker build"}, want: []string{"pushed"}},
		"syntax":                {buildspec: "version: 0.2\nphases:\n  build:\n    commands:\n      - if true\n", want: []string{"build, line 5", "yntax error"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			id := strings.ReplaceAll(name, "'", "-")
			text := test.buildspec
			if text == "" {
				text = strings.NewReplacer(test.replace...).Replace(good)
			}
			files := map[string]string{"buildspec.yml": text, "Dockerfile": "FROM public.ecr.aws/docker/library/nginx:1.28\n"}
			delete(files, test.without)
			b := testWorld(t, askingLess(t, aws, test.asks), files).written(text).furnishTest(t, id, test.denied)
			b.overrides, b.project.Privileged = test.overrides, !test.plain
			if test.image != "" {
				b.project.Image = test.image
			}
			if test.twice {
				if out, err := b.play(t.Context()); err != nil {
					t.Fatal(out, err)
				}
			}
			out, err := b.play(t.Context())
			got := told(out, err)
			if err == nil && strings.Contains(text, "> imagedefinitions.json") {
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

// handedOver is what the deploy action would read of a build's artifact.
func handedOver(t *testing.T, b *player) string {
	t.Helper()
	images, err := b.imageDefinitions(t.Context(), b.caller(b.admin), b.pipeline, operate.Action{})
	if err != nil {
		t.Error(err)
		return ""
	}
	return "\n" + images[0].Name + " = " + images[0].ImageURI
}

// told is all that a build says of itself.
func told(out *outcome, err error) string {
	if err == nil {
		return strings.Join(slices.Concat([]string{out.pushed()}, out.notes, out.unplayed, out.unread, out.unsure), "\n")
	}
	lines := []string{err.Error()}
	if found, ok := errors.AsType[*finding](err); ok {
		lines = append(append(lines, found.evidence...), found.onAWS)
	}
	lines = append(lines, failureOf(step{}, err).Advice)
	return strings.Join(lines, "\n")
}
