package buildspec

import (
	"path"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// write is a file that a command makes, with what is then in it. As long as a
// branch may have been passed by, there are several for one file.
type write struct {
	event
	path    string // relative to the repository, or as tracer.path gives it
	content values
}

// maxWrites bounds what a buildspec can make this reader remember.
const maxWrites = 200

// store notes what a command writes. What was in the file before is gone, if the
// command runs at all.
func (t *tracer) store(w write) {
	if t.maybe == 0 {
		t.writes = slices.DeleteFunc(t.writes, func(old write) bool { return old.path == w.path })
	}
	if len(t.writes) < maxWrites {
		t.writes = append(t.writes, w)
	}
}

// appended notes what a command adds to a file. In a loop nobody knows how often
// it does, and any file but that of the definitions may be in the repository.
func (t *tracer) appended(w write) {
	before := t.content(w.path)
	switch {
	case before == nil && path.Base(w.path) == definitions:
		before = values{""}
	case before == nil:
		before = unknown()
	}
	if t.loops > 0 {
		w.content = unknown()
	}
	w.content = before.then(w.content)
	t.store(w)
}

// content is what is in a file, nil if no command wrote it.
func (t *tracer) content(file string) values {
	var out values
	for _, w := range t.writes {
		if w.path == file {
			out = out.or(w.content)
		}
	}
	return out
}

// read is what is in a file as far as that is known.
func (t *tracer) read(file string) values {
	if content := t.content(t.path(file)); content != nil {
		return content
	}
	return unknown()
}

// redirect notes a file that a statement writes, and returns what is left of
// what it prints.
func (t *tracer) redirect(r *syntax.Redirect, out values) values {
	writing := []syntax.RedirOperator{syntax.RdrOut, syntax.AppOut, syntax.RdrClob, syntax.RdrAll, syntax.AppAll}
	if !slices.Contains(writing, r.Op) || r.N != nil && r.N.Value != "1" {
		return out
	}
	e := t.event(r.Pos())
	for _, file := range t.word(r.Word) {
		if r.Op == syntax.AppOut || r.Op == syntax.AppAll {
			t.appended(write{e, t.path(file), out})
		} else {
			t.store(write{e, t.path(file), out})
		}
	}
	return values{""}
}

// tee writes what it is given, and hands it on.
func (t *tracer) tee(pos syntax.Pos, args []string, stdin values) values {
	options, files := split(args, nil)
	_, short := options["-a"]
	_, long := options["--append"]
	for _, file := range files {
		if short || long {
			t.appended(write{t.event(pos), t.path(file), stdin})
		} else {
			t.store(write{t.event(pos), t.path(file), stdin})
		}
	}
	return stdin
}

// cat prints files, or what it is given.
func (t *tracer) cat(args []string, stdin values) values {
	_, files := split(args, nil)
	if len(files) == 0 {
		return stdin
	}
	out := values{""}
	for _, file := range files {
		if file == "-" {
			out = out.then(stdin)
		} else {
			out = out.then(t.read(file))
		}
	}
	return out
}

// copied follows cp and mv, which carry a content from file to file.
func (t *tracer) copied(pos syntax.Pos, args []string, moves bool) {
	options, operands := split(args, []string{"-t", "--target-directory", "-S", "--suffix"})
	destination := options["-t"] + options["--target-directory"]
	if n := len(operands); destination == "" && n > 1 {
		operands, destination = operands[:n-1], operands[n-1]
	}
	e := t.event(pos)
	for _, source := range operands {
		t.carry(e, source, destination, len(operands) > 1, moves)
	}
}

// carry copies one file, or those that a pattern or a folder stands for. One
// that nobody wrote here has a content that nobody knows.
func (t *tracer) carry(e event, source, destination string, several, moves bool) {
	var carried []write
	for _, w := range t.writes {
		if to := t.carriedTo(w.path, source, destination, several); to != "" {
			carried = append(carried, write{w.event, to, w.content})
		}
	}
	if len(carried) == 0 {
		carried = []write{{e, t.target(source, destination, several), unknown()}}
	} else if moves && t.maybe == 0 {
		t.writes = slices.DeleteFunc(t.writes, func(w write) bool { return t.carriedTo(w.path, source, destination, several) != "" })
	}
	for _, w := range carried {
		t.store(w)
	}
}

// carriedTo is where a copy puts a file that was written before, "" where it
// leaves it alone.
func (t *tracer) carriedTo(file, source, destination string, several bool) string {
	from := t.path(source)
	match, _ := path.Match(from, file)
	switch {
	case file == from:
		return t.target(source, destination, several)
	case match, strings.HasPrefix(file, strings.TrimSuffix(from, "/.")+"/"):
		return path.Join(t.path(destination), path.Base(file))
	}
	return ""
}

// sed edits text, or files in place.
func (t *tracer) sed(pos syntax.Pos, args []string, stdin values) values {
	inPlace := slices.ContainsFunc(args, func(arg string) bool {
		return strings.HasPrefix(arg, "-i") || strings.HasPrefix(arg, "--in-place")
	})
	options, operands := split(args, []string{"-e", "--expression", "-f", "--file"})
	script := options["-e"] + options["--expression"]
	if script == "" && options["-f"]+options["--file"] == "" && len(operands) > 0 {
		script, operands = operands[0], operands[1:]
	}
	for _, file := range operands {
		stdin = t.read(file)
		if inPlace {
			t.store(write{t.event(pos), t.path(file), substituted(stdin, script)})
		}
	}
	if inPlace {
		return values{""}
	}
	return substituted(stdin, script)
}

// substituted applies s/OLD/NEW/ where OLD is plain text; anything else changes
// a text in a way that nobody follows.
func substituted(text values, script string) values {
	if len(script) < 4 || script[0] != 's' {
		return text.changed()
	}
	parts := strings.Split(script[2:], script[1:2])
	plain := len(parts) == 3 && (parts[2] == "" || parts[2] == "g") && !strings.ContainsAny(parts[0], `\.*[]^$`) && !strings.ContainsAny(parts[1], `\&`)
	if !plain || text.hold(hole) {
		return text.changed()
	}
	count := 1
	if parts[2] == "g" {
		count = -1
	}
	out := values{}
	for _, before := range text {
		out = out.or(values{strings.Replace(before, parts[0], parts[1], count)})
	}
	return out
}

// mayWrite notes the files of definitions among the arguments of a program that
// is not followed.
func (t *tracer) mayWrite(pos syntax.Pos, args []string) {
	for _, arg := range args {
		_, value, joined := strings.Cut(arg, "=")
		if !joined {
			value = arg
		}
		if file := t.path(value); path.Base(value) == definitions && t.content(file) == nil {
			t.store(write{t.event(pos), file, unknown()})
		}
	}
}
