package rehearsal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"tfgen/generator/buildspec"
)

// A run is what a build's shell did.
type run struct {
	phases []int     // those that began, by their place in the buildspec
	played []command // in the order in which they ran
	done   bool      // the shell came to its end
	docker *dockerState
	// variables are those that the artifacts are declared with.
	variables map[string]string
	pretends  []string // variables whose values are made up
}

// unended is the status of a command whose end was not heard of.
const unended = -1

// A command is one that ran.
type command struct {
	buildspec.Command
	phase  buildspec.Phase
	output string
	again  bool   // its phase failed, and was tried again
	status int    // its exit code, or unended
	docker string // program that was docker when it ended, where it changed PATH
}

// run runs the buildspec.
func (b *player) run(ctx context.Context, env map[string]string) (*run, error) {
	if err := b.tools(); err != nil {
		return nil, err
	}
	shell, args, err := shellFor(b.file.Env.Shell.Value, b.project.Image)
	if err != nil {
		return nil, err
	}
	scripts := filepath.Join(b.dir, "script")
	if err := os.Mkdir(scripts, 0o700); err != nil {
		return nil, err
	}
	mark := "tfgen-" + filepath.Base(b.dir)
	s, entry, err := newScript(scripts, mark, b.toolsDir(), b.file)
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, shell, append(args, entry)...)
	cmd.Dir, cmd.Env = b.sourceDir(), b.shellEnv(env)
	output, err := b.output(cmd)
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	if err != nil {
		return nil, err
	}
	r := read(withoutPaths(output, scripts), mark, s.commands, b.file.Phases)
	r.pretends = pretends(env)
	r.docker, err = openDocker(b.dockerFile())
	return r, err
}

// output runs the shell and returns what it wrote. What runs on in the
// background is ended with the shell, as CodeBuild ends it with the container;
// the pipe of what escapes that is not waited for. It is a pipe, since a command
// that opens /dev/stderr would empty a file.
func (b *player) output(cmd *exec.Cmd) (string, error) {
	reader, writer, err := os.Pipe()
	if err != nil {
		return "", err
	}
	defer reader.Close()
	cmd.Stdout, cmd.Stderr = writer, writer
	var text bytes.Buffer
	copied := make(chan struct{})
	go func() {
		defer close(copied)
		_, _ = io.Copy(&text, reader) // It ends with the pipe, or at the deadline.
	}()
	err = runAlone(cmd, dockerVariable+"="+b.dockerFile())
	writer.Close()
	_ = reader.SetReadDeadline(time.Now().Add(time.Second)) // A pipe has one.
	<-copied
	if _, exit := errors.AsType[*exec.ExitError](err); err != nil && !exit {
		return "", err
	}
	return text.String(), nil
}

// withoutPaths leaves out where the scripts are: a shell begins what it
// complains of with that, and whoever reads it looks for the files in vain.
func withoutPaths(output, scripts string) string {
	return regexp.MustCompile(`(?m)^`+regexp.QuoteMeta(scripts)+`/\S+: (?:\d+: `+regexp.QuoteMeta(scripts)+`/\S+: )?`).ReplaceAllString(output, "")
}

// shellFor finds the shell that CodeBuild would use: the one that the
// buildspec asks for, else the image's sh. That is dash on Ubuntu and bash in
// its POSIX mode on Amazon Linux; of other images nobody knows, so that dash,
// the narrower one, is taken.
func shellFor(asked, image string) (path string, args []string, err error) {
	name := asked
	switch {
	case asked == "/bin/sh" || asked == "sh" || asked == "":
		name = "dash"
		if strings.Contains(image, "amazonlinux") {
			name, args = "bash", []string{"--posix"}
		}
	case strings.Contains(asked, "pwsh") || strings.Contains(asked, "powershell"):
		return "", nil, unplayable(fmt.Errorf("the buildspec asks for the shell %s, which is not rehearsed", asked), "no command was run")
	}
	path, err = exec.LookPath(name)
	if err != nil && name == "dash" {
		path, err = exec.LookPath("sh")
	}
	if err != nil {
		return "", nil, unplayable(fmt.Errorf("the build runs in %s, which this machine does not have: %w", name, err), "no command was run")
	}
	return path, args, nil
}

// tools puts the stand-in for docker, and the aws command, before all others.
func (b *player) tools() error {
	aws := filepath.Join(filepath.Dir(b.server.Python), "aws")
	if _, err := os.Stat(aws); err != nil {
		if aws, err = exec.LookPath("aws"); err != nil {
			return unplayable(errors.New("a build calls the AWS command line, and this machine has none: install it with pip install awscli"), "no command was run")
		}
	}
	for name, program := range map[string]string{"docker": b.Docker, "aws": aws} {
		if err := os.Symlink(program, filepath.Join(b.toolsDir(), name)); err != nil {
			return err
		}
	}
	state := dockerState{Endpoint: b.server.URL, Privileged: b.project.Privileged, Elsewhere: b.elsewhere}
	return state.save(b.dockerFile())
}

func (b *player) toolsDir() string { return filepath.Join(b.dir, "tools") }

func (b *player) dockerFile() string { return filepath.Join(b.dir, "docker.json") }

// shellEnv is the whole environment of a build's shell. Nothing of the user's
// own comes through but where programs are. The strongest come first: what is
// fixed, what CodeBuild sets and the build's variables (as environment puts them
// in order), and what an image would have set.
func (b *player) shellEnv(env map[string]string) []string {
	all := map[string]string{
		"AWS_MAX_ATTEMPTS": "2",
		"AWS_PAGER":        "",
		"LANG":             "C.UTF-8",
		"PATH":             os.Getenv("PATH"),
		"TMPDIR":           b.dir,
	}
	maps.Copy(all, env)
	maps.DeleteFunc(all, func(name, _ string) bool { return strings.HasPrefix(name, "AWS_ENDPOINT_URL_") })
	all["PATH"] = b.toolsDir() + string(os.PathListSeparator) + all["PATH"]
	maps.Copy(all, b.fixed())
	var pairs []string
	for _, name := range slices.Sorted(maps.Keys(all)) {
		pairs = append(pairs, name+"="+all[name])
	}
	return pairs
}

// fixed are the variables that nobody sets otherwise: what keeps a build inside
// the rehearsal, and HOME, which CodeBuild sets whatever is asked for. A docker
// that is called by its path finds no daemon.
//
// https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-env-vars.html
func (b *player) fixed() map[string]string {
	keys := b.role.Keys
	return map[string]string{
		"AWS_ACCESS_KEY_ID":                   keys.ID,
		"AWS_EC2_METADATA_DISABLED":           "true",
		"AWS_ENDPOINT_URL":                    b.server.URL,
		"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "false",
		"AWS_SECRET_ACCESS_KEY":               keys.Secret,
		"AWS_SESSION_TOKEN":                   keys.Token,
		"DOCKER_HOST":                         "unix://" + filepath.Join(b.dir, "no-docker"),
		"HOME":                                filepath.Join(b.dir, "home"),
		dockerVariable:                        b.dockerFile(),
	}
}

// read takes apart what the shell wrote: marks of ours, and between them the
// output of each command.
func read(output, mark string, commands []buildspec.Command, phases []buildspec.Phase) *run {
	r := &run{variables: map[string]string{}}
	var phase buildspec.Phase
	begun := 0 // the first command of the phase, or of its last try
	for i, part := range strings.Split(output, "\n"+mark+" ") {
		text := part
		if i > 0 {
			var said string
			said, text, _ = strings.Cut(part, "\n")
			kind, number, _ := strings.Cut(said, " ")
			n, _ := strconv.Atoi(number)
			switch {
			case kind == "phase":
				r.phases, phase, begun = append(r.phases, n), phases[n], len(r.played)
			case kind == "retry":
				for i := range r.played[begun:] {
					r.played[begun+i].again = true
				}
				begun = len(r.played)
			case kind == "command":
				r.played = append(r.played, command{Command: commands[n], phase: phase, status: unended})
			case kind == "status" && len(r.played) > 0:
				r.played[len(r.played)-1].status = n
			case kind == "docker" && len(r.played) > 0:
				r.played[len(r.played)-1].docker = number
			case kind == "variable":
				name, value, _ := strings.Cut(number, " ")
				r.variables[name] = value
			case kind == "done":
				r.done = true
			}
		}
		// What follows on its status, a command did not say.
		if last := len(r.played) - 1; last >= 0 && r.played[last].status == unended {
			r.played[last].output += text
		}
	}
	return r
}

// judge returns what failed first, with the command and what it said, and what
// went wrong before it without ending the build.
func (r *run) judge(file *buildspec.File) error {
	for i, c := range r.played {
		if c.bypasses() && strings.Contains(c.Text, "docker") {
			return bypassed(c)
		}
		if c.status == 0 || c.forgiven() {
			continue
		}
		err := fmt.Errorf("%s, line %d: %s", c.phase.Name, c.Line, exitText(c))
		found := &finding{err: err, evidence: slices.Concat(r.notes(), []string{"$ " + firstLine(c.Text)}, lastLines(c.output)), onAWS: meaning(c, r, file)}
		if name := r.restsOn(i); name != "" {
			return restsOnPretence(found, name)
		}
		return found
	}
	if !r.done {
		return errors.New("the shell ended before the buildspec did")
	}
	return nil
}

// forgiven reports whether the failure of a command is not the build's. CodeBuild
// documents of CONTINUE that the next phase follows, and nothing of the build.
//
// https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html#build-spec.phases.on-failure
func (c command) forgiven() bool {
	return c.again || strings.HasPrefix(c.phase.OnFailure.Value, "CONTINUE")
}

// bypasses reports whether a command put another docker before the stand-in.
// That of a function or an alias is none.
func (c command) bypasses() bool {
	return strings.Contains(c.docker, "/") && !strings.HasPrefix(c.docker, "alias ")
}

// bypassed is the failure of a command that called such a docker.
func bypassed(c command) error {
	return &finding{
		err:      fmt.Errorf("%s, line %d: the command makes %s the docker that it calls, which is not tfgen's stand-in", c.phase.Name, c.Line, c.docker),
		evidence: []string{"$ " + firstLine(c.Text)},
		onAWS:    "Nobody knows: what the command did with that docker, it did for real. Change PATH in a command of its own, and the rehearsal puts its stand-in first again.",
	}
}

// notes are what is to be known of a run that held.
func (r *run) notes() []string {
	var all []string
	for _, c := range r.played {
		if c.bypasses() {
			all = append(all, fmt.Sprintf("%s, line %d makes %s the build's docker; here the stand-in stays", c.phase.Name, c.Line, c.docker))
		}
		switch {
		case c.status == 0:
		case c.again:
			all = append(all, fmt.Sprintf("%s, line %d: %s; the phase was tried again, for on-failure: %s", c.phase.Name, c.Line, exitText(c), c.phase.OnFailure.Value))
		case c.forgiven():
			all = append(all, fmt.Sprintf("%s, line %d: %s; on-failure: CONTINUE goes on, and whether the build then counts as failed, AWS does not say", c.phase.Name, c.Line, exitText(c)))
		}
	}
	return all
}

func exitText(c command) string {
	switch c.status {
	case 127:
		return "a command was not found. What a build calls is run for real: install it here, or see that the build's image has it"
	case unended:
		return "the command ended the shell, or changed what the rehearsal hears of it"
	}
	return fmt.Sprintf("exit code %d", c.status)
}

// meaning is what a failure in a phase means on AWS.
func meaning(c command, r *run, file *buildspec.File) string {
	switch {
	case c.status == unended:
		return nobodyKnows("no shell was left to play the rest")
	case c.status == 127:
		return nobodyKnows("this machine may lack what the build's image has")
	case retries(c.phase) == 0 && strings.HasPrefix(c.phase.OnFailure.Value, "RETRY-") && c.phase.OnFailure.Value != "RETRY-0":
		return nobodyKnows("the pattern of on-failure: " + c.phase.OnFailure.Value + " is not played")
	case len(r.docker.Unplayed) > 0 && strings.Contains(c.Text, "docker"):
		return nobodyKnows(notPlayed(r.docker.Unplayed))
	case c.phase.Name == "build" && len(r.phases) > 0 && file.Phases[r.phases[len(r.phases)-1]].Name == "post_build":
		return "The build would have failed in BUILD; post_build would have run all the same, and nothing would have been deployed."
	default:
		return fmt.Sprintf("The build would have failed in %s, and nothing would have been deployed.", strings.ToUpper(c.phase.Name))
	}
}

func firstLine(text string) string {
	first, rest, more := strings.Cut(strings.TrimSpace(text), "\n")
	if more && strings.TrimSpace(rest) != "" {
		first += " …"
	}
	return first
}

// lastLines are the end of what a command said.
func lastLines(output string) []string {
	const most = 12
	lines := linesOf(output)
	return lines[max(0, len(lines)-most):]
}
