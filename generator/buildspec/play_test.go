package buildspec

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// A play runs a buildspec for real, with stand-ins for docker and aws.
type play struct {
	shell string // a program
	// oneShell runs all commands in one shell, as CodeBuild's documentation has
	// it. Otherwise each has its own, and variables and folder are carried from
	// one to the next, as builds can be seen to work.
	oneShell bool
	env      map[string]string
}

// plays are the ways in which CodeBuild may run a command.
func plays() map[string]play {
	return map[string]play{
		"dash, carried":   {shell: "dash"},
		"dash, one shell": {shell: "dash", oneShell: true},
		"bash, carried":   {shell: "bash"},
		"bash, one shell": {shell: "bash", oneShell: true},
	}
}

// outcome is what a build did.
type outcome struct {
	Succeeded   bool
	Commands    []string // of docker and aws, each argument in brackets, without logins
	Logins      []string
	Definitions string // imagedefinitions.json, "" for none
	output      string
}

// run plays a build. The variables of the buildspec are set as CodeBuild sets
// them, those of p.env are stronger.
func (p play) run(t *testing.T, src []byte) outcome {
	t.Helper()
	file, findings := Read(src)
	if len(findings) > 0 {
		t.Fatal(findingsText(findings))
	}
	dir := t.TempDir()
	root, tools := filepath.Join(dir, "source"), filepath.Join(dir, "tools")
	for _, folder := range []string{root, tools, filepath.Join(root, "services/web")} {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	writeTools(t, tools)
	cmd := exec.Command(p.shell, "-c", p.program(t, dir, file))
	cmd.Dir = root
	cmd.Env = p.environment(file, root, tools, filepath.Join(dir, "log"))
	output, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	if _, err := os.Stat(filepath.Join(root, "pwned")); err == nil {
		t.Errorf("a value was run as a command:\n%s", src)
	}
	return outcomeOf(t, dir, string(output))
}

func (p play) environment(file *File, root, tools, log string) []string {
	env := map[string]string{
		"PATH": tools + ":" + os.Getenv("PATH"), "HOME": "/root", "LOG": log, "CODEBUILD_SRC_DIR": root, "CODEBUILD_BUILD_SUCCEEDING": "1",
		"CODEBUILD_RESOLVED_SOURCE_VERSION": "abc123de90f1e2d3c4b5a6978877665544332211",
		"AWS_ACCOUNT_ID":                    "012345678901", "AWS_REGION": "ap-south-1", "AWS_DEFAULT_REGION": "ap-south-1",
		"DOCKERHUB_USER": "acme", "DOCKERHUB_TOKEN": `to\nken $x`,
	}
	for _, v := range file.Env.Variables {
		env[v.Name] = v.Value
	}
	maps.Copy(env, p.env)
	var out []string
	for name, value := range env {
		out = append(out, name+"="+value)
	}
	return out
}

// program is a shell script that goes through the phases as CodeBuild does: a
// phase ends at the first command that fails, only post_build follows on a failed
// build, and none on a failed pre_build.
func (p play) program(t *testing.T, dir string, file *File) string {
	var out strings.Builder
	fmt.Fprintf(&out, "ok=1\n")
	for i, phase := range file.Phases {
		if phase.Name == "post_build" {
			fmt.Fprintf(&out, "prepared=$built; export CODEBUILD_BUILD_SUCCEEDING=$ok; phase=1\n")
		} else {
			fmt.Fprintf(&out, "prepared=$ok; phase=1\n")
		}
		if phase.Name == "build" {
			fmt.Fprintf(&out, "built=$ok\n") // Whether the phases before it succeeded.
		}
		for j, c := range phase.Commands {
			name := filepath.Join(dir, fmt.Sprintf("command-%d-%d", i, j))
			if err := os.WriteFile(name, []byte(p.wrap(dir, c.Text)), 0o600); err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&out, "if [ $prepared = 1 ] && [ $phase = 1 ]; then %s || { ok=0; phase=0; }; fi\n", p.start(name))
		}
	}
	fmt.Fprintf(&out, "echo $ok > %s/succeeded\n", dir)
	return out.String()
}

// start is how a command is run from its file.
func (p play) start(name string) string {
	if p.oneShell {
		return ". " + name
	}
	return p.shell + " " + name
}

// wrap carries variables and folder over to the next shell.
func (p play) wrap(dir, text string) string {
	if p.oneShell {
		return text + "\n"
	}
	guard := `succeeding="$CODEBUILD_BUILD_SUCCEEDING"; [ ! -f @/env ] || { . @/env; cd "$(cat @/cwd)"; }; export CODEBUILD_BUILD_SUCCEEDING="$succeeding"`
	script := guard + "\nset -a\n" + text + "\nstatus=$?\nexport -p > @/env\npwd > @/cwd\nexit $status\n"
	return strings.NewReplacer("@/env", dir+"/env", "@/cwd", dir+"/cwd").Replace(script)
}

// writeTools puts the stand-ins on the path. They log what they are called with.
func writeTools(t *testing.T, dir string) {
	t.Helper()
	log := "#!/bin/sh\nline=NAME; for arg; do line=\"$line [$arg]\"; done\nprintf '%s\\n' \"$line\" >> \"$LOG\"\n"
	for name, text := range map[string]string{
		"docker": `case "$1" in
login) printf 'password <%s>\n' "$(cat)" >> "$LOG" ;;
build) [ "$BUILD" != broken ] ;;
push) [ "$PUSH" != refused ] ;;
esac
`,
		"aws": `answer() {
case "$1" in
*Exception) echo "An error occurred ($1) when calling the operation: it is so" >&2; exit 254 ;;
esac
printf '%b\n' "$1"
}
case "$1 $2:$IMAGE" in
"ecr get-login-password:"*) printf ecr-password ;;
"ecr-public get-login-password:"*) printf public-password ;;
"ecr describe-images:present") echo '{"imageDetails": []}' ;;
"ecr describe-images:denied") echo 'An error occurred (AccessDeniedException) when calling the DescribeImages operation: not authorized on ImageNotFoundException' >&2; exit 254 ;;
"ecr describe-images:"*) echo 'An error occurred (ImageNotFoundException) when calling the DescribeImages operation: absent' >&2; exit 254 ;;
"ecs describe-services:"*) answer "$DEPLOYED" ;;
"ecs describe-task-definition:"*) answer "$RUNNING" ;;
"ecr batch-get-image:"*) answer "$STORED" ;;
"ecr put-image:"*) answer "$PUT" ;;
esac
`,
	} {
		script := strings.ReplaceAll(log, "NAME", name) + text
		if err := os.WriteFile(filepath.Join(dir, name), []byte(script), 0o755); err != nil {
			t.Fatal(err)
		}
	}
}

func outcomeOf(t *testing.T, dir, output string) outcome {
	t.Helper()
	o := outcome{output: output}
	read := func(name string) string {
		src, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		return string(src)
	}
	o.Succeeded = strings.TrimSpace(read("succeeded")) == "1"
	o.Definitions = read("source/imagedefinitions.json")
	for line := range strings.Lines(read("log")) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case strings.HasPrefix(line, "docker [login]"), strings.HasPrefix(line, "password <"), strings.Contains(line, "get-login-password"):
			o.Logins = append(o.Logins, line)
		default:
			o.Commands = append(o.Commands, line)
		}
	}
	slices.Sort(o.Logins) // A pipe starts both sides at once.
	return o
}

const imageURI = "012345678901.dkr.ecr.ap-south-1.amazonaws.com/myweb:abc123de"

// everyPlay runs a buildspec in every way, which must not make a difference.
func everyPlay(t *testing.T, p Params, env map[string]string, check func(*testing.T, outcome)) {
	t.Helper()
	src := render(t, p)
	for name, way := range plays() {
		t.Run(name, func(t *testing.T) {
			way.env = env
			o := way.run(t, src)
			check(t, o)
			if t.Failed() {
				t.Log(o.output)
			}
		})
	}
}

// without compares an outcome, but for its logins.
func without(t *testing.T, want, got outcome) {
	t.Helper()
	want.Logins, got.Logins = nil, nil
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(outcome{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestBuildOfACommit(t *testing.T) {
	look := "aws [ecr] [describe-images] [--region] [ap-south-1] [--repository-name] [myweb] [--image-ids] [imageTag=abc123de]"
	build := "docker [build] [--platform] [linux/amd64] [--tag] [" + imageURI + "] [--file] [Dockerfile] [.]"
	push := "docker [push] [" + imageURI + "]"
	definitions := `[{"name":"myweb","imageUri":"` + imageURI + `"}]` + "\n"
	for name, test := range map[string]struct {
		env  map[string]string
		want outcome
	}{
		"first":                {nil, outcome{Succeeded: true, Commands: []string{look, build, push}, Definitions: definitions}},
		"retry":                {map[string]string{"IMAGE": "present"}, outcome{Succeeded: true, Commands: []string{look}, Definitions: definitions}},
		"no permission":        {map[string]string{"IMAGE": "denied"}, outcome{Commands: []string{look}}},
		"build fails":          {map[string]string{"BUILD": "broken"}, outcome{Commands: []string{look, build}}},
		"push refused":         {map[string]string{"PUSH": "refused"}, outcome{Commands: []string{look, build, push}}},
		"source has no commit": {map[string]string{"CODEBUILD_RESOLVED_SOURCE_VERSION": ""}, outcome{}},
	} {
		t.Run(name, func(t *testing.T) {
			everyPlay(t, rendered()["tutorial.yml"], test.env, func(t *testing.T, got outcome) { without(t, test.want, got) })
		})
	}
}

func TestLogins(t *testing.T) {
	p := rendered()["tutorial.yml"]
	p.Logins = []string{"dockerhub", "ecr_public"}
	want := []string{
		"aws [ecr-public] [get-login-password] [--region] [us-east-1]",
		"aws [ecr] [get-login-password] [--region] [ap-south-1]",
		"docker [login] [--username] [AWS] [--password-stdin] [012345678901.dkr.ecr.ap-south-1.amazonaws.com]",
		"docker [login] [--username] [AWS] [--password-stdin] [public.ecr.aws]",
		"docker [login] [--username] [acme] [--password-stdin]",
		"password <ecr-password>",
		"password <public-password>",
		`password <to\nken $x>`,
	}
	everyPlay(t, p, nil, func(t *testing.T, got outcome) {
		if diff := cmp.Diff(want, got.Logins); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

// The registry's host ends as the partition of its region does.
func TestPartitions(t *testing.T) {
	for region, suffix := range map[string]string{
		"cn-north-1": "amazonaws.com.cn", "eusc-de-east-1": "amazonaws.eu", "us-gov-west-1": "amazonaws.com", "eu-west-1": "amazonaws.com",
	} {
		p := rendered()["mutable.yml"]
		p.Test = nil
		everyPlay(t, p, map[string]string{"AWS_REGION": region}, func(t *testing.T, got outcome) {
			want := "docker [push] [012345678901.dkr.ecr." + region + "." + suffix + "/web:abc123de]"
			if !slices.Contains(got.Commands, want) {
				t.Errorf("%q has no %s", got.Commands, want)
			}
		})
	}
}

func TestDockerHub(t *testing.T) {
	everyPlay(t, rendered()["dockerhub.yml"], nil, func(t *testing.T, got outcome) {
		build := "docker [build] [--tag] [acme/my-angular-app:latest] [--file] [Dockerfile] [.]"
		without(t, outcome{Succeeded: true, Commands: []string{build, "docker [push] [acme/my-angular-app:latest]"}}, got)
	})
}

// A person's commands run before the build, may go to another folder, and keep
// the build from running when they fail.
func TestOfAPerson(t *testing.T) {
	p := rendered()["mutable.yml"]
	p.Test = []string{"cd services/web", "pwd > here", "docker tested \"it's\"\nTESTED=yes", `docker "$TESTED"`}
	uri := "012345678901.dkr.ecr.ap-south-1.amazonaws.com/web:abc123de"
	passed := []string{
		"docker [tested] [it's]", "docker [yes]", "docker [build] [--tag] [" + uri + "] [--file] [Dockerfile] [.]", "docker [push] [" + uri + "]",
	}
	everyPlay(t, p, nil, func(t *testing.T, got outcome) {
		without(t, outcome{Succeeded: true, Commands: passed, Definitions: `[{"name":"web","imageUri":"` + uri + `"}]` + "\n"}, got)
	})
	p.Test = []string{"cd services/web", "false"}
	everyPlay(t, p, nil, func(t *testing.T, got outcome) { without(t, outcome{}, got) })
}

// Docker gets hostile values letter by letter, and no shell runs them.
func TestHostileValuesAreNotRun(t *testing.T) {
	for _, value := range hostile() {
		if strings.ContainsAny(value, "\n\r") {
			value = strings.NewReplacer("\r", "", "\n", " ").Replace(value) // The log has a line for each command.
		}
		p := Params{
			Container: value, Registry: "ecr", Repository: value, Tag: "commit", Immutable: true, Context: "x" + value, Dockerfile: value, Deploy: true,
		}
		for _, way := range []play{{shell: "dash", oneShell: true}, {shell: "bash", oneShell: true}} {
			o := way.run(t, render(t, p))
			uri := "012345678901.dkr.ecr.ap-south-1.amazonaws.com/" + value + ":abc123de"
			want := []string{
				"aws [ecr] [describe-images] [--region] [ap-south-1] [--repository-name] [" + value + "] [--image-ids] [imageTag=abc123de]",
				"docker [build] [--tag] [" + uri + "] [--file] [x" + value + "/" + value + "] [x" + value + "]",
				"docker [push] [" + uri + "]",
			}
			if diff := cmp.Diff(want, o.Commands); diff != "" {
				t.Errorf("%s (-want +got):\n%s%s", way.shell, diff, o.output)
			}
			if got := `[{"name":"` + value + `","imageUri":"` + uri + `"}]` + "\n"; got != o.Definitions {
				t.Errorf("imagedefinitions.json is %q", o.Definitions)
			}
		}
	}
}

// What the deploy action reads is JSON.
func TestDefinitionsAreJSON(t *testing.T) {
	o := play{shell: "dash"}.run(t, render(t, rendered()["tutorial.yml"]))
	var got []map[string]string
	if err := json.NewDecoder(bytes.NewReader([]byte(o.Definitions))).Decode(&got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]map[string]string{{"name": "myweb", "imageUri": imageURI}}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
