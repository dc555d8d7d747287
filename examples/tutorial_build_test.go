//go:build npm

package examples_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestTutorialAppBuildsAsItsDockerfileSays takes the Dockerfile at its word
// where there is no Docker: it follows the first stage line by line in an empty
// folder, then looks at what the second stage would serve.
func TestTutorialAppBuildsAsItsDockerfileSays(t *testing.T) {
	t.Parallel()
	requireNpm(t)

	dockerfile := readDockerfile(t)
	workdir := t.TempDir()
	for _, line := range dockerfile.build {
		follow(t, line, workdir)
	}

	served := filepath.Join(workdir, filepath.FromSlash(dockerfile.served))
	index := read(t, filepath.Join(served, "index.html"))
	scripts := assertRefersToFilesBeside(t, index, served)
	assertShowsVersion(t, scripts)
}

// dockerfile is what the test needs to know of the tutorial's two stages.
type dockerfile struct {
	build  [][]string // the lines of the first stage after its FROM, in words
	served string     // the folder that the web server gets, relative to WORKDIR
}

func readDockerfile(t *testing.T) dockerfile {
	t.Helper()
	text := read(t, filepath.Join(tutorialApp, "Dockerfile"))
	stages := regexp.MustCompile(`(?m)^FROM .*$`).Split(text, -1)
	if len(stages) != 3 {
		t.Fatalf("the Dockerfile has %d stages, want 2", len(stages)-1)
	}
	served := regexp.MustCompile(`(?m)^COPY --from=builder /my-project/(\S+) /usr/share/nginx/html$`).FindStringSubmatch(stages[2])
	if served == nil {
		t.Fatal("the Dockerfile copies no folder of /my-project to where nginx serves from")
	}
	return dockerfile{build: instructions(stages[1]), served: served[1]}
}

// instructions returns the lines that do something, each split into words.
func instructions(stage string) [][]string {
	var lines [][]string
	for line := range strings.Lines(stage) {
		words := strings.Fields(line)
		if len(words) > 0 && !strings.HasPrefix(words[0], "#") {
			lines = append(lines, words)
		}
	}
	return lines
}

// follow does in workdir what a line of the Dockerfile would do in WORKDIR.
func follow(t *testing.T, line []string, workdir string) {
	t.Helper()
	switch instruction, words := line[0], line[1:]; {
	case slices.Equal(line, []string{"WORKDIR", "/my-project"}):
	case instruction == "RUN":
		run(t, workdir, strings.Join(words, " "))
	case slices.Equal(line, []string{"COPY", ".", "."}):
		copyInto(t, workdir, names(t, tutorialApp))
	case instruction == "COPY" && words[len(words)-1] == "./":
		copyInto(t, workdir, words[:len(words)-1])
	default:
		t.Fatalf("this test cannot follow %q: teach it to", strings.Join(line, " "))
	}
}

// copyInto copies what .dockerignore lets through, as Docker does.
func copyInto(t *testing.T, workdir string, sources []string) {
	t.Helper()
	ignored := strings.Split(read(t, filepath.Join(tutorialApp, ".dockerignore")), "\n")
	for _, name := range sources {
		if !slices.Contains(ignored, name) {
			copyOne(t, filepath.Join(tutorialApp, name), filepath.Join(workdir, name))
		}
	}
}

func run(t *testing.T, dir, line string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "sh", "-c", line)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "npm_config_audit=false", "npm_config_prefer_offline=true")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", line, err, out)
	}
}

// assertRefersToFilesBeside fails for a script, style sheet or icon that the
// page names and the folder lacks. It returns the text of all the scripts.
func assertRefersToFilesBeside(t *testing.T, index, folder string) (scripts string) {
	t.Helper()
	for _, ref := range regexp.MustCompile(`(?:src|href)="([^"/]+)"`).FindAllStringSubmatch(index, -1) {
		text := read(t, filepath.Join(folder, ref[1]))
		if strings.HasSuffix(ref[1], ".js") {
			scripts += text
		}
	}
	return scripts
}

// assertShowsVersion looks for the line that the tutorial has its reader edit.
func assertShowsVersion(t *testing.T, scripts string) {
	t.Helper()
	source := read(t, filepath.Join(tutorialApp, "src", "app", "app.component.html"))
	version := regexp.MustCompile(`version \d+\.\d+`).FindString(source)
	if version == "" {
		t.Fatal("app.component.html has no version line")
	}
	if !strings.Contains(scripts, version) {
		t.Errorf("no script of index.html contains %q", version)
	}
}

func requireNpm(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("npm"); err != nil {
		t.Fatal("npm is not on PATH, and the tutorial's application is built with it: install Node.js 20 or newer, which brings npm along (https://nodejs.org, or your system's packages)")
	}
}
