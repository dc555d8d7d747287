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
	case "echo":
		return values{echo(args)}
	case "printf":
		return values{printf(args)}
	case "cat":
		return cat(args, stdin)
	case "tee":
		return t.tee(pos, args, stdin)
	case "bash", "sh", "dash":
		return t.shell(pos, name, args)
	case "eval":
		return t.nested(pos, strings.Join(args, " "))
	case "cd", "unset", "read", ".", "source":
		t.state(name, args)
		return values{""}
	}
	return t.other(fields[0], stdin)
}

// state follows what changes the shell itself.
func (t *tracer) state(name string, args []string) {
	switch name {
	case "cd":
		t.cd(args)
	case "unset":
		for _, arg := range args {
			delete(t.vars, arg)
		}
	case "read":
		for _, arg := range args {
			t.vars[arg] = unknown()
		}
	default:
		t.sourced = true
	}
}

// other follows a program that has no meaning of its own here: a function of the
// buildspec, a filter, or something that may do anything.
func (t *tracer) other(name string, stdin values) values {
	if body := t.funcs[name]; body != nil {
		return t.function(body, stdin)
	}
	if !slices.Contains(plainPrograms(), name) {
		t.hidden = append(t.hidden, name)
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

// plainPrograms do what their names say, to files and text.
func plainPrograms() []string {
	return []string{
		":", "[", "[[", "alias", "awk", "base64", "basename", "break", "chmod", "chown", "continue", "cp", "cut", "date",
		"df", "diff", "dirname", "du", "exit", "false", "file", "find", "getopts", "git", "grep", "gunzip", "gzip",
		"hash", "head", "id", "jq", "kill", "ln", "local", "ls", "mkdir", "mktemp", "mv", "popd", "printenv", "pushd",
		"pwd", "return", "rm", "sed", "seq", "set", "sha256sum", "shift", "shopt", "sleep", "sort", "stat", "tail",
		"tar", "test", "touch", "tr", "trap", "true", "type", "umask", "uname", "uniq", "unzip", "wait", "wc", "which",
		"whoami", "yq", "zip",
	}
}

// cat prints what it is given; files are not read.
func cat(args []string, stdin values) values {
	if len(args) == 0 || args[0] == "-" {
		return stdin
	}
	return unknown()
}

func (t *tracer) tee(pos syntax.Pos, args []string, stdin values) values {
	for _, file := range args {
		if !strings.HasPrefix(file, "-") {
			t.writes = append(t.writes, write{t.event(pos), t.inRepository(file), stdin})
		}
	}
	return stdin
}

// cd changes the folder for all commands that follow.
func (t *tracer) cd(args []string) {
	switch {
	case len(args) != 1 || t.maybe > 0:
		t.dir = mystery
	case args[0] == "${CODEBUILD_SRC_DIR}":
		t.dir = ""
	case !known(args[0]) || path.IsAbs(args[0]) || args[0] == "-" || t.dir == mystery:
		t.dir = mystery
	default:
		t.dir = path.Join(t.dir, args[0])
	}
}

// shell follows sh -c TEXT; a script is hidden.
func (t *tracer) shell(pos syntax.Pos, name string, args []string) values {
	for i, arg := range args {
		if strings.HasPrefix(arg, "-") && strings.HasSuffix(arg, "c") && i+1 < len(args) {
			return t.nested(pos, args[i+1])
		}
	}
	t.hidden = append(t.hidden, strings.Join(append([]string{name}, args...), " "))
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
