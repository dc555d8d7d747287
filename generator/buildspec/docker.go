package buildspec

import (
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
	case "compose":
		t.hidden = append(t.hidden, "docker compose")
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
	_, operands := split(args, nil)
	if len(operands) > 0 {
		t.pushed(pos, operands[0])
	}
}

// pushed notes a push. One command whose image may be this or that is one push.
func (t *tracer) pushed(pos syntax.Pos, image string) {
	e := t.event(pos)
	if i := len(t.pushes) - 1; i >= 0 && t.pushes[i].Place == e.Place && t.fixed == nil {
		t.pushes[i].images = t.pushes[i].images.or(values{image})
		return
	}
	t.pushes = append(t.pushes, imageUse{e, values{image}})
}

func (t *tracer) pull(pos syntax.Pos, args []string) {
	_, operands := split(args, []string{"--platform"})
	if len(operands) > 0 {
		t.pulls = append(t.pulls, imageUse{t.event(pos), operands[:1]})
	}
}

// build pushes too when it is told to: docker build --push --tag IMAGE.
func (t *tracer) build(pos syntax.Pos, args []string) {
	if !slices.Contains(args, "--push") {
		return
	}
	for i, arg := range args {
		tag, joined := strings.CutPrefix(arg, "--tag=")
		switch {
		case joined:
			t.pushes = append(t.pushes, imageUse{t.event(pos), values{tag}})
		case (arg == "-t" || arg == "--tag") && i+1 < len(args):
			t.pushes = append(t.pushes, imageUse{t.event(pos), values{args[i+1]}})
		}
	}
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
