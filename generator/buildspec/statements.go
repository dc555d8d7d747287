package buildspec

import (
	"maps"
	"slices"

	"mvdan.cc/sh/v3/syntax"
)

// stmts follows statements in order and returns what they print.
func (t *tracer) stmts(stmts []*syntax.Stmt) values {
	out := values{""}
	for _, s := range stmts {
		out = out.then(t.stmt(s, unknown()))
	}
	return out
}

// stmt follows one statement and returns what it prints.
func (t *tracer) stmt(s *syntax.Stmt, stdin values) values {
	if s == nil || t.now.step > maxSteps {
		return unknown()
	}
	t.now.step++
	for _, r := range s.Redirs {
		switch r.Op {
		case syntax.Hdoc, syntax.DashHdoc:
			stdin = t.word(r.Hdoc)
		case syntax.WordHdoc:
			stdin = t.word(r.Word).then(values{"\n"})
		case syntax.RdrIn:
			stdin = t.input(r)
		}
	}
	out := values{""}
	switch {
	case s.Cmd != nil:
		out = t.cmd(s.Cmd, stdin)
	case len(s.Redirs) == 1 && s.Redirs[0].Op == syntax.RdrIn:
		out = stdin // $(< file)
	}
	for _, r := range s.Redirs {
		out = t.redirect(r, out)
	}
	return out
}

// input is what a command reads from a file.
func (t *tracer) input(r *syntax.Redirect) values {
	out := values{}
	for _, file := range t.word(r.Word) {
		out = out.or(t.read(file))
	}
	return out
}

// cmd follows a command of any form.
func (t *tracer) cmd(c syntax.Command, stdin values) values {
	switch c := c.(type) {
	case *syntax.CallExpr:
		return t.simple(c, stdin)
	case *syntax.DeclClause:
		for _, a := range c.Args {
			t.assign(a)
		}
		return values{""}
	case *syntax.BinaryCmd:
		return t.binary(c, stdin)
	case *syntax.IfClause:
		return t.ifClause(c)
	case *syntax.CaseClause:
		return t.caseClause(c)
	case *syntax.ForClause:
		return t.forClause(c)
	case *syntax.WhileClause:
		t.branch(c.Cond)
		return t.loop(c.Do)
	case *syntax.Block:
		return t.stmts(c.Stmts)
	case *syntax.Subshell:
		return t.subshell(c.Stmts)
	case *syntax.TimeClause:
		return t.stmt(c.Stmt, stdin)
	case *syntax.FuncDecl:
		if c.Name != nil {
			t.funcs[c.Name.Value] = c.Body
		}
	}
	return unknown()
}

// branch follows statements that may not run: what they set is one more
// possibility beside what was there.
func (t *tracer) branch(stmts []*syntax.Stmt) values {
	t.maybe++
	defer func() { t.maybe-- }()
	return t.stmts(stmts)
}

// loop follows statements that may run any number of times.
func (t *tracer) loop(stmts []*syntax.Stmt) values {
	t.loops++
	defer func() { t.loops-- }()
	if out := t.branch(stmts); len(out) > 1 || out[0] != "" {
		return unknown()
	}
	return values{""}
}

// subshell follows statements whose variables and folder end with them.
func (t *tracer) subshell(stmts []*syntax.Stmt) values {
	vars, dir := t.vars, t.dir
	t.vars = maps.Clone(vars)
	defer func() { t.vars, t.dir = vars, dir }()
	return t.stmts(stmts)
}

func (t *tracer) binary(c *syntax.BinaryCmd, stdin values) values {
	switch c.Op {
	case syntax.Pipe, syntax.PipeAll:
		return t.stmt(c.Y, t.stmt(c.X, stdin))
	case syntax.AndStmt:
		out := t.stmt(c.X, stdin)
		if !isTest(c.X) {
			return out.then(t.stmt(c.Y, stdin))
		}
		return out.or(t.branch([]*syntax.Stmt{c.Y}))
	}
	out := t.either(c, stdin)
	return out.or(t.branch([]*syntax.Stmt{c.Y}))
}

// either follows the left side of ||. Whether it fails matters to nobody if the
// right side never does.
func (t *tracer) either(c *syntax.BinaryCmd, stdin values) values {
	pushes := len(t.pushes)
	t.tries++
	out := t.stmt(c.X, stdin)
	t.tries--
	if call, ok := c.Y.Cmd.(*syntax.CallExpr); ok && slices.Contains([]string{"true", ":", "echo"}, callName(call)) {
		for i := range t.pushes[pushes:] {
			t.pushes[pushes+i].forgiven = true
		}
	}
	return out
}

// isTest tells that a statement only asks, so that what follows && depends on
// the answer rather than on success.
func isTest(s *syntax.Stmt) bool {
	switch c := s.Cmd.(type) {
	case *syntax.TestClause:
		return true
	case *syntax.CallExpr:
		return slices.Contains([]string{"[", "test"}, callName(c))
	}
	return false
}

// ifClause follows a condition and all branches. An else is an IfClause without
// a condition.
func (t *tracer) ifClause(c *syntax.IfClause) values {
	t.stmts(c.Cond)
	out := t.branch(c.Then)
	if c.Else == nil {
		return out.or(values{""})
	}
	t.maybe++
	defer func() { t.maybe-- }()
	return out.or(t.ifClause(c.Else))
}

// caseClause follows every branch.
func (t *tracer) caseClause(c *syntax.CaseClause) values {
	t.word(c.Word)
	out := values{}
	for _, item := range c.Items {
		out = out.or(t.branch(item.Stmts))
	}
	return out
}

// forClause follows the body once, with all values of the variable at once.
func (t *tracer) forClause(c *syntax.ForClause) values {
	if iter, ok := c.Loop.(*syntax.WordIter); ok {
		items := values{}
		for _, word := range iter.Items {
			items = items.or(t.word(word))
		}
		t.vars[iter.Name.Value] = items
	}
	return t.loop(c.Do)
}

// assign sets a variable. In a branch the new value is one more possibility.
func (t *tracer) assign(a *syntax.Assign) {
	if a.Name == nil || a.Naked {
		t.word(a.Value)
		return
	}
	name := a.Name.Value
	value := t.kept(name, t.word(a.Value))
	if a.Array != nil || a.Index != nil {
		value = unknown()
	}
	if a.Append {
		value = t.variable(name).then(value)
	}
	if t.maybe > 0 {
		value = t.vars[name].or(value)
	}
	t.vars[name] = value
}
