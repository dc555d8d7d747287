package buildspec

import (
	"regexp"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// docker follows a command of Docker, which podman and nerdctl spell alike.
func (t *tracer) docker(pos syntax.Pos, args []string, stdin values) values {
	args = withoutManagement(afterGlobals(args))
	if len(args) == 0 {
		return unknown()
	}
	switch verb, rest := args[0], args[1:]; verb {
	case "login":
		t.login(pos, rest, stdin)
		return unknown()
	case "manifest", "imagetools":
		t.look(pos)
		return unknown()
	case "push":
		t.push(pos, rest)
	case "build":
		t.build(pos, rest)
	case "pull":
		t.pull(pos, rest)
	case "tag":
		t.tag(pos, rest)
	case "run", "create", "exec", "cp":
		t.runs(pos, rest)
		t.mounted(verb, rest)
		t.checks = append(t.checks, check{t.event(pos), tests(verb, rest)})
	case "bake", "load", "import", "commit":
		t.hidden = append(t.hidden, "docker "+verb)
	case "compose":
		t.hidden = append(t.hidden, "docker compose")
		t.checks = append(t.checks, check{t.event(pos), tests(verb, rest)})
	}
	t.daemonAt(pos, args[0])
	return unknown()
}

// afterGlobals skips the options that stand before the verb.
func afterGlobals(args []string) []string {
	for len(args) > 1 && strings.HasPrefix(args[0], "-") {
		if slices.Contains([]string{"--config", "--context", "--host", "--log-level", "-c", "-H", "-l"}, args[0]) {
			args = args[1:]
		}
		args = args[1:]
	}
	return args
}

// withoutManagement makes docker image push into docker push.
func withoutManagement(args []string) []string {
	if len(args) > 1 && slices.Contains([]string{"image", "buildx", "builder", "container"}, args[0]) {
		return args[1:]
	}
	return args
}

// daemonAt notes the first command that needs Docker's daemon.
func (t *tracer) daemonAt(pos syntax.Pos, verb string) {
	needs := []string{"build", "compose", "exec", "images", "load", "pull", "push", "run", "save", "tag"}
	if t.daemon == nil && slices.Contains(needs, verb) {
		place := t.place(pos)
		t.daemon = &place
	}
}

// look notes that a command asks whether an image is there.
func (t *tracer) look(pos syntax.Pos) {
	if e := t.event(pos); t.looked == 0 {
		t.looked = e.step
	}
}

func (t *tracer) login(pos syntax.Pos, args []string, stdin values) {
	options, operands := split(args, []string{"-u", "--username", "-p", "--password"})
	l := login{event: t.event(pos), input: stdin}
	l.user = options["-u"] + options["--username"]
	l.password = options["-p"] + options["--password"]
	if l.password != "" {
		l.input = values{l.password}
	}
	if len(operands) > 0 {
		l.server = operands[0]
	}
	t.logins = append(t.logins, l)
}

func (t *tracer) push(pos syntax.Pos, args []string) {
	options, operands := split(args, []string{"--platform"})
	if len(operands) == 0 {
		return
	}
	_, short := options["-a"]
	_, long := options["--all-tags"]
	if !short && !long {
		t.pushed(pos, operands[0])
		return
	}
	for _, reference := range t.allTags(operands[0]) {
		t.pushed(pos, reference)
	}
}

// allTags are the names that images of a repository got so far; if none is seen,
// there is one with a tag that nobody knows.
func (t *tracer) allTags(repository string) []string {
	var out []string
	for _, m := range t.made {
		if strings.HasPrefix(m.reference, repository+":") && !slices.Contains(out, m.reference) {
			out = append(out, m.reference)
		}
	}
	if len(out) == 0 {
		return []string{repository + ":" + mystery}
	}
	return out
}

// pushed notes a push. One command whose image may be this or that is one push.
func (t *tracer) pushed(pos syntax.Pos, image string) {
	e := t.event(pos)
	if i := len(t.pushes) - 1; i >= 0 && t.pushes[i].Place == e.Place && t.fixed == nil {
		t.pushes[i].images = t.pushes[i].images.or(values{image})
		return
	}
	t.pushes = append(t.pushes, imageUse{event: e, images: values{image}})
}

// mounted notes that a container may write to the folders of the build.
func (t *tracer) mounted(verb string, args []string) {
	mounts := regexp.MustCompile(`^(-v|--volume|--mount)(=|$)`).MatchString
	if verb == "cp" || slices.ContainsFunc(args, mounts) {
		t.hidden = append(t.hidden, "docker "+verb)
	}
}

// tagged is a reference with the tag that Docker adds where none is written.
func tagged(reference string) string {
	if strings.LastIndexByte(reference, ':') > strings.LastIndexByte(reference, '/') || strings.HasSuffix(reference, "}") {
		return reference
	}
	return reference + ":latest"
}

// tag gives an image one more name.
func (t *tracer) tag(pos syntax.Pos, args []string) {
	if _, operands := split(args, nil); len(operands) == 2 {
		t.made = append(t.made, making{t.event(pos), tagged(operands[1]), tagged(operands[0])})
	}
}

func (t *tracer) pull(pos syntax.Pos, args []string) {
	_, operands := split(args, []string{"--platform"})
	if len(operands) > 0 {
		t.pulls = append(t.pulls, imageUse{event: t.event(pos), images: operands[:1]})
	}
}

// runs notes the image of ECR that docker run names: the first field that looks
// like one, since the options before it are many.
func (t *tracer) runs(pos syntax.Pos, args []string) {
	for _, arg := range args {
		if !strings.HasPrefix(arg, "-") && t.image(arg).registry == ecr && strings.Contains(arg, "/") && strings.Contains(arg, ".dkr") {
			t.started = append(t.started, imageUse{event: t.event(pos), images: values{arg}})
			return
		}
	}
}

// build makes an image under each of its names, and pushes them too when it is
// told to: docker build --push --tag IMAGE.
// https://docs.docker.com/reference/cli/docker/buildx/build/#output
func (t *tracer) build(pos syntax.Pos, args []string) {
	e, pushes := t.event(pos), slices.Contains(args, "--push")
	var names []string
	for i, arg := range args {
		name, value, joined := strings.Cut(arg, "=")
		if !joined && i+1 < len(args) {
			value = args[i+1]
		}
		switch name {
		case "-t", "--tag":
			names = append(names, value)
		case "-o", "--output":
			named, registry := registryOutput(value)
			pushes, names = pushes || registry, append(names, named...)
		}
	}
	for _, name := range names {
		t.made = append(t.made, making{event: e, reference: tagged(name)})
		if pushes {
			t.pushes = append(t.pushes, imageUse{event: e, images: values{name}})
		}
	}
	if pushes && len(names) == 0 {
		t.hidden = append(t.hidden, "docker build --push")
	}
}

// registryOutput reads what --output asks for: which names, and whether it goes
// to a registry.
func registryOutput(output string) (names []string, pushes bool) {
	for field := range strings.SplitSeq(output, ",") {
		if name, ok := strings.CutPrefix(field, "name="); ok {
			names = append(names, name)
		}
		pushes = pushes || slices.Contains([]string{"type=registry", "push=true", "push"}, field)
	}
	return names, pushes
}

// split tells options from operands. Those named in withValue take the next
// field, unless a value follows after an equals sign.
func split(args, withValue []string) (options map[string]string, operands []string) {
	options = map[string]string{}
	for i := 0; i < len(args); i++ {
		name, value, joined := strings.Cut(args[i], "=")
		switch {
		case !strings.HasPrefix(args[i], "-") || args[i] == "-":
			operands = append(operands, args[i])
		case joined:
			options[name] = value
		case slices.Contains(withValue, args[i]) && i+1 < len(args):
			i++
			options[name] = args[i]
		default:
			options[name] = ""
		}
	}
	return options, operands
}
