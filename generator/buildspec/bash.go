package buildspec

import (
	"slices"

	"mvdan.cc/sh/v3/syntax"
)

const processSubstitution = "process substitution"

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
		return processSubstitution
	case *syntax.ArithmCmd:
		return "(( … ))"
	case *syntax.LetClause:
		return "let"
	case *syntax.CStyleLoop:
		return "for (( … ))"
	case *syntax.ExtGlob:
		return n.Op.String() + "…)"
	case *syntax.CoprocClause:
		return "coproc"
	case *syntax.Word:
		return bashBraces(n)
	}
	return bashOperator(node)
}

// bashBraces finds {a,b} and {1..3}, which dash takes for text.
func bashBraces(w *syntax.Word) string {
	split := &syntax.Word{Parts: w.Parts}
	if syntax.SplitBraces(split) {
		return "brace expansion"
	}
	return ""
}

// bashOperator names what is bash's own in one form of a node only.
func bashOperator(node syntax.Node) string { //nolint:gocyclo // a case a kind of node
	switch n := node.(type) {
	case *syntax.Assign:
		if n.Append {
			return "NAME+=VALUE"
		}
	case *syntax.SglQuoted:
		if n.Dollar {
			return "$'…'"
		}
	case *syntax.ForClause:
		if n.Select {
			return "select"
		}
	case *syntax.CaseItem:
		if n.Op != syntax.Break {
			return n.Op.String()
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
	has := func(words ...string) bool {
		return slices.ContainsFunc(c.Args, func(arg *syntax.Word) bool { return slices.Contains(words, arg.Lit()) })
	}
	switch name := callName(c); name {
	case "source", "pushd", "popd", "shopt", "mapfile", "readarray", "disown", "compgen", "caller", "enable":
		return name
	case "[", "test":
		if has("==") {
			return "== in a test"
		}
		if has("=~") {
			return "=~ in a test"
		}
	case "set":
		if has("pipefail") {
			return "set -o pipefail"
		}
	case "trap":
		for _, signal := range []string{"ERR", "DEBUG", "RETURN"} {
			if has(signal) {
				return "trap … " + signal
			}
		}
	case "read":
		if has("-a", "-n", "-s", "-t", "-d", "-ra") {
			return "an option of read"
		}
	}
	return ""
}
