package rehearsal

import (
	"bytes"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gofrs/flock"
)

const webFile = "FROM --platform=linux/amd64 node:20 AS builder\nFROM scratch\nCOPY --from=builder /a /b\n"

// The stand-in refuses what docker and the registries refuse. These rows need
// no AWS; pushes to ECR are in TestBuilds.
func TestDocker(t *testing.T) {
	t.Parallel()
	const login = "login -u acme -p t"
	webID := imageID(webFile)
	for name, test := range map[string]struct {
		commands []string
		stdin    string
		plain    bool
		want     string // of the last command: what it prints, whole where it failed
		exit     int
	}{
		"login":                  {commands: []string{login}, want: "Login Succeeded\n"},
		"login by stdin":         {commands: []string{"login -u acme --password-stdin"}, stdin: "t\n", want: "Login Succeeded\n"},
		"empty password":         {commands: []string{"login -u acme --password-stdin"}, want: "Error: Password Required: what should have printed it printed nothing\n", exit: 1},
		"nobody":                 {commands: []string{"login --password-stdin"}, stdin: "t", want: "Error: Cannot perform an interactive login from a non TTY device\n", exit: 1},
		"ecr, not its password":  {commands: []string{"login -u AWS -p t " + testHost}, want: "failed with status: 400 Bad Request", exit: 1},
		"ecr, not its user":      {commands: []string{"login -u me -p 123456789012-auth-token " + testHost}, want: "failed with status: 400 Bad Request", exit: 1},
		"ecr, another account's": {commands: []string{"login -u AWS -p 111111111111-auth-token " + testHost}, want: "failed with status: 400 Bad Request", exit: 1},
		"ecr":                    {commands: []string{"login -u AWS -p 123456789012-auth-token https://" + testHost + "/"}, want: "Login Succeeded\n"},
		"hub, no login":          {commands: []string{"build -t acme/web:1 .", "push acme/web:1"}, want: "denied: requested access to the resource is denied\nThere was no docker login to docker.io before the push\n", exit: 1},
		"hub":                    {commands: []string{login, "build -t acme/web:1 .", "push acme/web:1"}, want: "1: pushed\n"},
		"logged out":             {commands: []string{login, "logout", "build -t acme/web:1 .", "push acme/web:1"}, want: "no docker login to docker.io", exit: 1},
		"not built":              {commands: []string{login, "push acme/web:1"}, want: "An image does not exist locally with the tag: acme/web:1\n", exit: 1},
		"tag of nothing":         {commands: []string{"tag web acme/web:1"}, want: "Error response from daemon: No such image: library/web:latest\n", exit: 1},
		"build and push":         {commands: []string{login, "buildx build --push --platform linux/amd64 --tag acme/web:2 ."}, want: "2: pushed\n"},
		"all tags":               {commands: []string{login, "build -t acme/web:1 --tag=acme/web:2 .", "push --all-tags acme/web"}, want: "1: pushed\n"},
		"no context":             {commands: []string{"build -t web"}, want: "requires 1 argument", exit: 1},
		"another file":           {commands: []string{"build -f docker/Web -t web ."}, want: "open Web: no such file", exit: 1},
		"private base":           {commands: []string{"build -f Private -t web ."}, want: "There was no docker login to " + testHost + " before the pull", exit: 1},
		"not privileged":         {commands: []string{"build ."}, plain: true, want: "Cannot connect to the Docker daemon", exit: 1},
		"login without daemon":   {commands: []string{login}, plain: true, want: "Login Succeeded\n"},
		"look at nothing":        {commands: []string{"manifest inspect acme/web:1"}, want: "no such manifest: docker.io/acme/web:1\n", exit: 1},
		"look at what is pushed": {commands: []string{login, "build -t acme/web:1 .", "push acme/web:1", "buildx imagetools inspect acme/web:1"}},
		"look at what is built":  {commands: []string{"build -t acme/web:1 .", "manifest inspect acme/web:1"}, want: "no such manifest", exit: 1},
		"look, with all layers":  {commands: []string{"manifest inspect --verbose acme/web:1"}, want: "no such manifest: docker.io/acme/web:1\n", exit: 1},
		"look at no name":        {commands: []string{"manifest inspect -v"}, want: "requires an image", exit: 1},
		"look at an official":    {commands: []string{"manifest inspect node:20"}},
		"look without a login":   {commands: []string{"manifest inspect " + testHost + "/web:1"}, want: "There was no docker login to " + testHost + " before the look", exit: 1},
		"a list of images":       {commands: []string{login, "manifest create acme/web:1 acme/web:arm", "manifest push acme/web:1", "manifest inspect acme/web:1"}},
		"a list at once":         {commands: []string{login, "buildx imagetools create -t acme/web:1 acme/web:arm", "manifest inspect acme/web:1"}},
		"options before":         {commands: []string{"-D --log-level error --context=x build -t web ."}, want: "naming to library/web:latest"},
		"its own version":        {commands: []string{"--version"}, want: "stand-in"},
		"an image's ID":          {commands: []string{"build -q -t web ."}, want: webID + "\n"},
		"tag of an ID":           {commands: []string{"build -q .", "tag " + webID + " acme/web:1", "inspect -f {{.Id}} acme/web:1"}, want: webID + "\n"},
		"tag of another ID":      {commands: []string{"tag " + webID + " acme/web:1"}, want: "No such image", exit: 1},
		"file by stdin":          {commands: []string{"build -t web -f - ."}, stdin: "FROM " + testHost + "/base:1\n", want: "before the pull", exit: 1},
		"files of an image":      {commands: []string{"build -t web -"}, stdin: "FROM scratch\nCOPY --from=" + testHost + "/base:1 /a /b\n", want: "before the pull", exit: 1},
		"context by stdin":       {commands: []string{"build -t web -"}, stdin: "FROM node:20", want: "naming to library/web:latest"},
		"context elsewhere":      {commands: []string{"build -t web https://example.com/web.git#main"}, want: "naming to library/web:latest"},
		"short flag, joined":     {commands: []string{"build -tacme/web:1 -fDockerfile .", "tag acme/web:1 web"}},
		"a digest":               {commands: []string{"build -t acme/web:1 .", "inspect --format={{index.RepoDigests}} acme/web:1"}, want: "acme/web@" + webID + "\n"},
		"inspect nothing":        {commands: []string{"image inspect web"}, want: "Error: No such object: web\n", exit: 1},
		"list":                   {commands: []string{"build -t web -t acme/web:1 .", "images -q acme/web"}, want: webID[7:19] + "\n"},
		"a builder":              {commands: []string{"buildx create --use", "buildx inspect --bootstrap"}},
		"what is not played":     {commands: []string{"run --rm web npm test"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			file := filepath.Join(dir, "docker.json")
			state := dockerState{Privileged: !test.plain}
			put(t, filepath.Join(dir, "Dockerfile"), webFile)
			put(t, filepath.Join(dir, "Private"), "FROM "+testHost+"/base:1\n")
			if err := state.save(file); err != nil {
				t.Fatal(err)
			}
			getenv := func(name string) string { return map[string]string{dockerVariable: file}[name] }
			var out bytes.Buffer
			exit := 0
			for _, command := range test.commands {
				if exit != 0 {
					t.Fatalf("before %s: exit %d, %s", command, exit, &out)
				}
				out.Reset()
				exit = Docker(t.Context(), strings.Fields(command), Streams{In: strings.NewReader(test.stdin), Out: &out, Err: &out, Dir: dir, Getenv: getenv})
			}
			if !strings.Contains(out.String(), test.want) || exit != test.exit {
				t.Errorf("exit %d, want %d; got\n%swant\n%s", exit, test.exit, &out, test.want)
			}
		})
	}
}

// A docker that waits for what another one pipes to it does not hold the other up.
func TestDockerPipe(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "docker.json")
	if err := (&dockerState{Privileged: true}).save(file); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	s := Streams{In: whileFree{t, flock.New(file + ".lock")}, Out: &out, Err: &out, Getenv: func(string) string { return file }}
	if exit := Docker(t.Context(), []string{"build", "-"}, s); exit != 0 {
		t.Errorf("exit %d: %s", exit, &out)
	}
}

// whileFree is an empty input that wants a lock to be free when it is read.
type whileFree struct {
	t    *testing.T
	lock *flock.Flock
}

func (w whileFree) Read([]byte) (int, error) {
	if free, err := w.lock.TryLock(); !free || err != nil {
		w.t.Error("the lock is held", err)
	}
	if err := w.lock.Close(); err != nil {
		w.t.Error(err)
	}
	return 0, io.EOF
}

func TestDockerElsewhere(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	exit := Docker(t.Context(), []string{"version"}, Streams{Err: &out, Getenv: func(string) string { return "" }})
	if exit != 1 || !strings.Contains(out.String(), "inside a rehearsal only") {
		t.Errorf("exit %d: %s", exit, &out)
	}
}

func TestParseImage(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]reference{
		"nginx":                          {dockerHub, "library/nginx", "latest"},
		"nginx:1.28":                     {dockerHub, "library/nginx", "1.28"},
		"acme/web:1":                     {dockerHub, "acme/web", "1"},
		"localhost:5000/web":             {"localhost:5000", "web", "latest"},
		"public.ecr.aws/docker/nginx:1":  {"public.ecr.aws", "docker/nginx", "1"},
		testHost + "/team/web":           {testHost, "team/web", "latest"},
		testHost + "/web@sha256:0123":    {testHost, "web", ""},
		"ghcr.io/acme/web:1@sha256:0123": {"ghcr.io", "acme/web", "1"},
	} {
		if got := parseImage(text); got != want {
			t.Errorf("%s: %+v, want %+v", text, got, want)
		}
	}
}
