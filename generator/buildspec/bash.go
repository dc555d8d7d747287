package buildspec

import (
	"slices"

	"mvdan.cc/sh/v3/syntax"
)

// bashFeature names what dash does not know about a node, "" if it does. What
// dash knows: https://manpages.debian.org/stable/dash/dash.1.en.html
func bashFeature(node syntax.Node) string {
	switch n := node.(type) {
	case *syntax.ParamExp:
		return bashExpansion(n)
	case *syntax.CallExpr:
		return bashCommand(n)
	case *syntax.TestClause:
		return "[[ … ]]"
	case *syntax.ArrayExpr:
		return "an array"
	case *syntax.ProcSubst:
		return "process substitution"
	case *syntax.ArithmCmd:
		return "(( … ))"
	case *syntax.LetClause:
		return "let"
	case *syntax.CStyleLoop:
		return "for (( … ))"
	}
	return bashOperator(node)
}

// bashOperator names what is bash's own in one form of a node only.
func bashOperator(node syntax.Node) string {
	switch n := node.(type) {
	case *syntax.Assign:
		if n.Append {
			return "NAME+=VALUE"
		}
	case *syntax.SglQuoted:
		if n.Dollar {
			return "$'…'"
		}
	case *syntax.FuncDecl:
		if n.RsrvWord {
			return "the word function"
		}
	case *syntax.DeclClause:
		if !slices.Contains([]string{"export", "readonly", "local"}, n.Variant.Value) {
			return n.Variant.Value
		}
	case *syntax.BinaryCmd:
		if n.Op == syntax.PipeAll {
			return "|&"
		}
	case *syntax.Redirect:
		if n.Op == syntax.WordHdoc || n.Op == syntax.RdrAll || n.Op == syntax.AppAll {
			return n.Op.String()
		}
	}
	return ""
}

func bashExpansion(p *syntax.ParamExp) string {
	switch {
	case p.Slice != nil:
		return "${NAME:FROM:LENGTH}"
	case p.Repl != nil:
		return "${NAME/OLD/NEW}"
	case p.Excl:
		return "${!NAME}"
	case p.Index != nil:
		return "an array"
	case p.Exp != nil && slices.Contains([]string{"^", "^^", ",", ",,", "@"}, p.Exp.Op.String()):
		return "${NAME" + p.Exp.Op.String() + "}"
	}
	return ""
}

func bashCommand(c *syntax.CallExpr) string {
	has := func(word string) bool {
		return slices.ContainsFunc(c.Args, func(arg *syntax.Word) bool { return arg.Lit() == word })
	}
	switch name := callName(c); name {
	case "source", "pushd", "popd", "shopt", "mapfile", "readarray":
		return name
	case "[", "test":
		if has("==") {
			return "== in a test"
		}
	case "set":
		if has("pipefail") {
			return "set -o pipefail"
		}
	}
	return ""
}
