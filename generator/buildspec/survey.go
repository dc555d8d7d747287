package buildspec

import (
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// survey notes what needs no following: which variables a command sets and
// needs, and which parts of it are bash's own.
func (t *tracer) survey(file *syntax.File) {
	syntax.Walk(file, func(node syntax.Node) bool {
		if node == nil {
			return true
		}
		t.surveyAssigned(node)
		t.surveyMentions(node)
		if name := bashFeature(node); name != "" {
			t.bash = append(t.bash, feature{t.place(node.Pos()), name})
		}
		return true
	})
	t.surveyUses(file)
}

func (t *tracer) surveyAssigned(node syntax.Node) {
	switch n := node.(type) {
	case *syntax.Assign:
		if n.Name != nil && !n.Naked {
			t.assigned[n.Name.Value] = true
		}
	case *syntax.WordIter:
		t.assigned[n.Name.Value] = true
	case *syntax.ParamExp:
		if n.Exp != nil && n.Param != nil && (n.Exp.Op == syntax.AssignUnset || n.Exp.Op == syntax.AssignUnsetOrNull) {
			t.assigned[n.Param.Value] = true
		}
	case *syntax.CallExpr:
		if slices.Contains([]string{"read", "getopts", "mapfile", "readarray", "printf"}, callName(n)) {
			for _, arg := range n.Args[1:] {
				t.assigned[arg.Lit()] = true
			}
		}
	}
}

// surveyMentions notes the questions that a name alone answers.
func (t *tracer) surveyMentions(node syntax.Node) {
	switch n := node.(type) {
	case *syntax.ParamExp:
		if n.Param != nil && n.Param.Value == "CODEBUILD_BUILD_SUCCEEDING" && t.now.after && t.guard == 0 {
			t.guard = t.event(n.Pos()).step
		}
	case *syntax.Lit:
		if strings.Contains(n.Value, "ecr-login") || strings.Contains(n.Value, "docker-credential") {
			t.helper = true
		}
	}
}

// surveyUses notes the variables that a command needs. A test may well ask for
// one that is not set, and so may an expansion that has an answer for it.
func (t *tracer) surveyUses(file *syntax.File) {
	syntax.Walk(file, func(node syntax.Node) bool {
		switch n := node.(type) {
		case *syntax.TestClause:
			return false
		case *syntax.CallExpr:
			return !slices.Contains([]string{"[", "test", "unset"}, callName(n))
		case *syntax.ParamExp:
			if n.Param != nil && !answers(n) && !n.Excl && syntax.ValidName(n.Param.Value) {
				t.uses = append(t.uses, use{t.place(n.Pos()), n.Param.Value})
			}
		}
		return true
	})
}

// answers tells that an expansion says what to do when its variable is not set.
func answers(p *syntax.ParamExp) bool {
	if p.Exp == nil {
		return false
	}
	set := p.Exp.Op == syntax.AlternateUnset || p.Exp.Op == syntax.AlternateUnsetOrNull
	return set || isDefault(p.Exp.Op)
}

// callName is the program of a simple command, "" when it is not spelt out.
func callName(c *syntax.CallExpr) string {
	if len(c.Args) == 0 {
		return ""
	}
	return c.Args[0].Lit()
}
