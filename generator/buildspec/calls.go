package buildspec

import (
	"path"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// simple follows a simple command: assignments, or a program with its fields.
func (t *tracer) simple(c *syntax.CallExpr, stdin values) values {
	if len(c.Args) == 0 {
		for _, a := range c.Assigns {
			t.assign(a)
		}
		return values{""}
	}
	for _, a := range c.Assigns {
		t.word(a.Value)
	}
	words := make([]values, len(c.Args))
	for i, arg := range c.Args {
		words[i] = t.word(arg)
	}
	out := values{}
	for _, fields := range combinations(words) {
		out = out.or(t.call(c.Pos(), withoutPrefix(fields), stdin))
	}
	return out
}

// withoutPrefix takes away programs that run another one, and the variables that
// env gives it.
func withoutPrefix(fields []string) []string {
	for len(fields) > 1 {
		name, _, assigns := strings.Cut(fields[0], "=")
		switch {
		case slices.Contains([]string{"sudo", "exec", "command", "nohup", "time", "env"}, fields[0]):
		case assigns && syntax.ValidName(name):
		case fields[0] == "timeout" && len(fields) > 2:
			fields = fields[1:]
		default:
			return fields
		}
		fields = fields[1:]
	}
	return fields
}

// call follows one program and returns what it prints.
func (t *tracer) call(pos syntax.Pos, fields []string, stdin values) values {
	name, args := path.Base(fields[0]), fields[1:]
	switch name {
	case "docker", "podman", "nerdctl":
		return t.docker(pos, args, stdin)
	case "aws":
		return t.aws(pos, args)
	case "git":
		t.git(pos, args)
	case "bash", "sh", "dash":
		return t.shell(pos, name, args)
	case "eval":
		return t.nested(pos, strings.Join(args, " "))
	case "cd", "pushd", "popd", "unset", "read", ".", "source":
		t.state(name, args)
		return values{""}
	}
	if out, ok := t.text(pos, name, args, stdin); ok {
		return out
	}
	return t.other(pos, fields[0], args, stdin)
}

// text follows the programs that carry texts from one place to another.
func (t *tracer) text(pos syntax.Pos, name string, args []string, stdin values) (out values, ok bool) {
	switch name {
	case "echo":
		return values{t.echo(args)}, true
	case "printf":
		return values{printf(args)}, true
	case "pwd":
		return values{t.here() + "\n"}, true
	case "date", "uuidgen", "mktemp":
		return values{unique}, true
	case "cat":
		return t.cat(args, stdin), true
	case "tee":
		return t.tee(pos, args, stdin), true
	case "sed":
		return t.sed(pos, args, stdin), true
	case "cp", "mv":
		t.copied(pos, args, name == "mv")
		return values{""}, true
	}
	return nil, false
}

// state follows what changes the shell itself.
func (t *tracer) state(name string, args []string) {
	switch name {
	case "cd":
		t.cd(args)
	case "pushd":
		t.pushd(args)
	case "popd":
		t.popd()
	case "unset":
		for _, arg := range args {
			delete(t.vars, arg)
		}
	case "read":
		for _, arg := range args {
			t.vars[arg] = t.named(unknown())
		}
	default:
		t.sourced = true
	}
}

// other follows a program that has no meaning of its own here: a function of the
// buildspec, a filter, or something that may do anything.
func (t *tracer) other(pos syntax.Pos, name string, args []string, stdin values) values {
	if body := t.funcs[name]; body != nil {
		return t.function(body, stdin)
	}
	if quiet(name) {
		return values{""}
	}
	t.mayWrite(pos, args)
	if !slices.Contains(plainPrograms(), name) && !harmless(path.Base(name), args) {
		t.hidden = append(t.hidden, name)
	}
	if !slices.Contains(plainPrograms(), name) {
		t.checks = append(t.checks, check{t.event(pos), tests(name, args)})
	}
	return stdin.changed()
}

// function follows a function where it is called. One that calls itself is not
// followed for ever.
func (t *tracer) function(body *syntax.Stmt, stdin values) values {
	if t.depth >= maxDepth {
		return unknown()
	}
	t.depth++
	defer func() { t.depth-- }()
	return t.stmt(body, stdin)
}

// shell follows sh -c TEXT, also where c is one letter of several; a script is
// hidden.
func (t *tracer) shell(pos syntax.Pos, name string, args []string) values {
	options, operands := split(args, []string{"-o", "+o", "-O", "--rcfile", "--init-file"})
	for option := range options {
		if !strings.HasPrefix(option, "--") && strings.Contains(option, "c") && len(operands) > 0 {
			return t.nested(pos, operands[0])
		}
	}
	t.mayWrite(pos, args)
	t.hidden = append(t.hidden, strings.Join(append([]string{name}, args...), " "))
	t.checks = append(t.checks, check{t.event(pos), tests(name, args)})
	return unknown()
}

// nested follows text that a shell reads again. What it does has the place of
// the command that holds it.
func (t *tracer) nested(pos syntax.Pos, text string) values {
	if len(text) > maxCommand || t.depth >= maxDepth {
		return unknown()
	}
	file, err := parseShell(text)
	if err != nil {
		t.hidden = append(t.hidden, "eval")
		return unknown()
	}
	outer, place := t.fixed, t.place(pos)
	t.fixed = &place
	t.depth++
	defer func() { t.fixed = outer; t.depth-- }()
	return t.stmts(file.Stmts)
}
