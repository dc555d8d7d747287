package buildspec

import (
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// word is what a word stands for after quotes and expansions. It follows what
// the word runs.
func (t *tracer) word(w *syntax.Word) values {
	if w == nil {
		return values{""}
	}
	return t.parts(w.Parts, false)
}

func (t *tracer) parts(parts []syntax.WordPart, quoted bool) values {
	out := values{""}
	for _, p := range parts {
		out = out.then(t.part(p, quoted))
	}
	return out
}

func (t *tracer) part(p syntax.WordPart, quoted bool) values {
	switch p := p.(type) {
	case *syntax.Lit:
		return values{unescape(p.Value, quoted)}
	case *syntax.SglQuoted:
		return values{p.Value}
	case *syntax.DblQuoted:
		return t.parts(p.Parts, true)
	case *syntax.ParamExp:
		return t.param(p)
	case *syntax.CmdSubst:
		return t.named(trimNewlines(t.subshell(p.Stmts)))
	case *syntax.ProcSubst:
		t.subshell(p.Stmts)
	}
	return unknown()
}

// named gives each piece that nobody knows a name of its own, so that it is the
// same wherever the variable that holds it stands.
func (t *tracer) named(v values) values {
	out := values{}
	for _, text := range v {
		for strings.Contains(text, mystery) {
			t.holes++
			text = strings.Replace(text, mystery, hole+strconv.Itoa(t.holes)+"}", 1)
		}
		out = out.or(values{text})
	}
	return out
}

// unescape removes the backslashes that the shell removes: all of them outside
// of quotes, and before five characters inside.
func unescape(s string, quoted bool) string {
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && (!quoted || strings.IndexByte("$`\"\\\n", s[i+1]) >= 0) {
			i++
			if s[i] == '\n' {
				continue
			}
		}
		out.WriteByte(s[i])
	}
	return out.String()
}

func trimNewlines(v values) values {
	out := values{}
	for _, text := range v {
		out = out.or(values{strings.TrimRight(text, "\n")})
	}
	return out
}

// param is what an expansion of a variable stands for.
func (t *tracer) param(p *syntax.ParamExp) values {
	if p.Param == nil || p.Excl || p.Length || p.Index != nil {
		return unknown()
	}
	value := t.variable(p.Param.Value)
	switch {
	case p.Exp != nil && isDefault(p.Exp.Op):
		return t.orDefault(p, value)
	case p.Exp != nil && isRequired(p.Exp.Op):
		return value
	case p.Exp != nil, p.Slice != nil, p.Repl != nil:
		return value.changed()
	}
	return value
}

// orDefault is ${NAME:-WORD}: the word only if nothing sets the variable.
func (t *tracer) orDefault(p *syntax.ParamExp, value values) values {
	name := p.Param.Value
	if t.vars[name] != nil || t.given[name] || builtIn(name) {
		return value
	}
	return t.word(p.Exp.Word)
}

// isDefault tells whether an expansion replaces a variable that is not set.
func isDefault(op syntax.ParExpOperator) bool {
	return op == syntax.DefaultUnset || op == syntax.DefaultUnsetOrNull ||
		op == syntax.AssignUnset || op == syntax.AssignUnsetOrNull
}

// isRequired tells whether an expansion stops the shell when a variable is not set.
func isRequired(op syntax.ParExpOperator) bool {
	return op == syntax.ErrorUnset || op == syntax.ErrorUnsetOrNull
}

// variable is the value of a variable, by its name when that is unknown.
func (t *tracer) variable(name string) values {
	if v := t.vars[name]; v != nil {
		return v
	}
	if !syntax.ValidName(name) {
		return unknown()
	}
	return values{"${" + name + "}"}
}
