package rehearsal

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/gofrs/flock"

	"tfgen/internal/operate"
)

// DockerName is the name under which a program is the docker stand-in.
const DockerName = "docker"

// Streams are what a command line program has of the world.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
	Dir      string
	Getenv   func(string) string
}

// Docker plays docker for a build that is rehearsed, and returns the exit code.
// It builds nothing: an image is a name. What it insists on is what a registry
// would: a login before each push and each private pull, a repository that is
// there, a tag that may be given, and the permissions of whoever logged in.
func Docker(ctx context.Context, args []string, s Streams) int {
	file := s.Getenv(dockerVariable)
	if _, err := os.Stat(file); err != nil {
		fmt.Fprintln(s.Err, "docker: this is tfgen's stand-in for docker, which works inside a rehearsal only")
		return 1
	}
	err := readBefore(args, &s)
	if err == nil {
		err = playLocked(ctx, args, s, file)
	}
	if err != nil {
		fmt.Fprintln(s.Err, err)
		return 1
	}
	return 0
}

// readBefore reads what is piped in, where a command wants it: another docker may
// write it, and that one must not wait for the lock.
func readBefore(args []string, s *Streams) error {
	if !slices.ContainsFunc(args, func(arg string) bool {
		return slices.Contains([]string{"-", "-f-", "--file=-", "--password-stdin"}, arg)
	}) {
		return nil
	}
	text, err := io.ReadAll(s.In)
	s.In = bytes.NewReader(text)
	return err
}

// playLocked plays a command while no other one does.
func playLocked(ctx context.Context, args []string, s Streams, file string) error {
	lock := flock.New(file + ".lock")
	if err := lock.Lock(); err != nil {
		return err
	}
	defer lock.Close()
	state, err := openDocker(file)
	if err != nil {
		return err
	}
	d := &docker{dockerState: state, Streams: s}
	return errors.Join(d.play(ctx, args), state.save(file))
}

// docker is one call of the stand-in.
type docker struct {
	*dockerState
	Streams
}

func (d *docker) play(ctx context.Context, args []string) error {
	args = afterOptions(args)
	words := args
	if len(args) > 0 && (args[0] == "image" || args[0] == "buildx") {
		args = args[1:]
	}
	if len(args) == 0 {
		return errors.New("docker: no command was given")
	}
	if !d.Privileged && !slices.Contains([]string{"login", "logout"}, args[0]) {
		return errors.New("Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?\n" + //nolint:staticcheck // docker's own words
			"The CodeBuild project is not privileged: build { privileged = true }")
	}
	if words[0] == "buildx" && slices.Contains([]string{"create", "inspect", "ls", "rm", "use", "version"}, args[0]) {
		return nil // A builder, of which none is needed.
	}
	return d.command(ctx, args[0], parseCall(args[1:]), words)
}

// command plays the command of a name. Words are all that stands after docker.
func (d *docker) command(ctx context.Context, name string, c call, words []string) error {
	switch name {
	case "login":
		return d.login(c)
	case "logout":
		delete(d.Logins, registryOf(c.operand(0)))
	case "build":
		return d.build(ctx, c)
	case "tag":
		return d.tag(c)
	case "push":
		return d.push(ctx, c)
	case "pull":
		return d.pull(ctx, c.operand(0))
	case "manifest", "imagetools":
		return d.manifest(ctx, c, words)
	case "images", "ls":
		d.list(c)
	case "inspect":
		return d.inspect(c, words)
	case "version", "info":
		fmt.Fprintln(d.Out, "Docker version 0.0.0, tfgen's stand-in")
	default:
		d.skip(words)
	}
	return nil
}

// skip notes a command that is not played.
func (d *docker) skip(args []string) {
	d.Unplayed = append(d.Unplayed, "docker "+strings.Join(args, " "))
}

// manifest plays docker manifest and docker buildx imagetools: a look into a
// registry, and images that are made of others.
func (d *docker) manifest(ctx context.Context, c call, words []string) error {
	image := c.operand(1)
	switch tag := c.last("-t", "--tag"); c.operand(0) {
	case "inspect":
		return d.lookUp(ctx, image)
	case "push":
		return d.pushOne(ctx, parseImage(image))
	case "create":
		if tag == "" {
			d.Images[parseImage(image).String()] = imageID(image)
			return nil
		}
		d.Images[parseImage(tag).String()] = imageID(tag) // imagetools does not wait for a push.
		return d.pushOne(ctx, parseImage(tag))
	}
	d.skip(words)
	return nil
}

// afterOptions skips docker's own options, which stand before a command.
func afterOptions(args []string) []string {
	for len(args) > 0 && strings.HasPrefix(args[0], "-") {
		switch {
		case args[0] == "-v" || args[0] == "--version":
			return []string{"version"}
		case strings.Contains(args[0], "=") || slices.Contains([]string{"-D", "--debug", "--tls", "--tlsverify"}, args[0]):
			args = args[1:]
		default:
			args = args[min(2, len(args)):]
		}
	}
	return args
}

// login takes a password for a registry. ECR's are told from others, as the
// registries do.
func (d *docker) login(c call) error {
	registry := registryOf(c.operand(0))
	user, password := c.last("-u", "--username"), c.last("-p", "--password")
	if c.has("--password-stdin") {
		read, err := bufio.NewReader(d.In).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		password = strings.TrimRight(read, "\r\n")
	}
	if user == "" || !c.has("--password-stdin") && password == "" {
		return errors.New("Error: Cannot perform an interactive login from a non TTY device")
	}
	if password == "" {
		return errors.New("Error: Password Required: what should have printed it printed nothing")
	}
	if err := known(registry, user, password); err != nil {
		return err
	}
	keys := operate.Keys{ID: d.Getenv("AWS_ACCESS_KEY_ID"), Secret: d.Getenv("AWS_SECRET_ACCESS_KEY"), Token: d.Getenv("AWS_SESSION_TOKEN")}
	d.Logins[registry] = login{User: user, Keys: keys}
	fmt.Fprintln(d.Out, "Login Succeeded")
	return nil
}

// known refuses a password of another registry than the one it is for.
func known(registry, user, password string) error {
	if strings.Contains(registry, ".dkr.ecr.") && !ecrHost().MatchString(registry) {
		return fmt.Errorf("Error response from daemon: Get \"https://%s/v2/\": dial tcp: lookup %s: no such host\n"+
			"An ECR registry is ACCOUNT.dkr.ecr.REGION.amazonaws.com, with twelve digits", registry, registry)
	}
	want := ""
	if match := ecrHost().FindStringSubmatch(registry); match != nil {
		want = match[1] + "-auth-token"
	} else if registry == "public.ecr.aws" {
		want = "ecr-public-token"
	}
	if want == "" || user == "AWS" && password == want {
		return nil
	}
	return fmt.Errorf("Error response from daemon: login attempt to https://%s/v2/ failed with status: 400 Bad Request\n"+
		"ECR wants the user AWS and the password that its own get-login-password prints", registry)
}

func registryOf(server string) string {
	server = strings.TrimPrefix(strings.TrimPrefix(server, "https://"), "http://")
	host, _, _ := strings.Cut(server, "/")
	if host == "" || host == "index.docker.io" || host == "registry-1.docker.io" {
		return dockerHub
	}
	return host
}

// build looks for the Dockerfile, and for the right to pull what it begins
// with. Its commands are not run.
func (d *docker) build(ctx context.Context, c call) error {
	folder := c.operand(0)
	if folder == "" {
		return errors.New("ERROR: docker: 'docker build' requires 1 argument: the folder of the build's context")
	}
	text, err := d.dockerfile(folder, c.last("-f", "--file"))
	if err != nil {
		return err
	}
	for _, image := range bases(text) {
		if err := d.pull(ctx, image); err != nil {
			return err
		}
	}
	id := imageID(text)
	d.Images[parseImage(id).String()] = id
	if c.has("-q") || c.has("--quiet") {
		fmt.Fprintln(d.Out, id)
	}
	for _, tag := range c.all("-t", "--tag") {
		d.Images[parseImage(tag).String()] = id
		fmt.Fprintf(d.Err, "naming to %s (the stand-in does not run the Dockerfile)\n", parseImage(tag)) // As BuildKit, not to stdout.
		if c.has("--push") {
			if err := d.push(ctx, call{operands: []string{tag}}); err != nil {
				return err
			}
		}
	}
	return nil
}

// dockerfile reads the text that a build follows: a file, or what is piped in.
// Of a context that is an address nobody fetches it.
func (d *docker) dockerfile(folder, name string) (string, error) {
	switch {
	case name == "-" || folder == "-":
		text, err := io.ReadAll(d.In)
		return string(text), err
	case strings.Contains(folder, "://"):
		d.skip([]string{"build", folder})
		return "", nil
	case name == "":
		name = filepath.Join(folder, "Dockerfile")
	}
	if !filepath.IsAbs(name) {
		name = filepath.Join(d.Dir, name)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return "", fmt.Errorf("ERROR: failed to solve: failed to read dockerfile: open %s: no such file or directory", filepath.Base(name))
	}
	return string(text), nil
}

// imageID is the ID of an image that is made of a text.
func imageID(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256:" + hex.EncodeToString(sum[:])
}

// bases are the images that a Dockerfile begins its stages with or copies files
// from, but for those that are stages of its own, or named by an argument.
func bases(dockerfile string) []string {
	var images []string
	stages := []string{"scratch"}
	add := func(image string) {
		own := slices.ContainsFunc(stages, func(stage string) bool { return strings.EqualFold(stage, image) })
		if !own && !strings.Contains(image, "$") {
			images = append(images, image)
		}
	}
	count := 0
	for _, line := range linesOf(dockerfile) {
		options, words := optionsFirst(strings.Fields(line))
		switch {
		case len(words) >= 2 && strings.EqualFold(words[0], "FROM"):
			add(words[1])
			stages = append(stages, strconv.Itoa(count))
			count++
			if len(words) == 4 && strings.EqualFold(words[2], "AS") {
				stages = append(stages, words[3])
			}
		case len(words) > 0 && (strings.EqualFold(words[0], "COPY") || strings.EqualFold(words[0], "ADD")):
			for _, option := range options {
				if image, found := strings.CutPrefix(option, "--from="); found {
					add(image)
				}
			}
		}
	}
	return images
}

// optionsFirst takes the options of an instruction out of its words.
func optionsFirst(line []string) (options, words []string) {
	for _, word := range line {
		if strings.HasPrefix(word, "--") {
			options = append(options, word)
		} else {
			words = append(words, word)
		}
	}
	return options, words
}

func (d *docker) tag(c call) error {
	from, to := parseImage(c.operand(0)), parseImage(c.operand(1))
	id, there := d.Images[from.String()]
	if !there {
		return fmt.Errorf("Error response from daemon: No such image: %s", from)
	}
	d.Images[to.String()] = id
	return nil
}
