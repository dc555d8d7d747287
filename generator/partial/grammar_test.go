package partial_test

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"
)

// A rule draws one alternative of a kind of expression, at most so deep.
type rule func(g *grammar, depth int) string

// pick draws a leaf or, while depth lasts, a branch. In text, %s stands for a
// string, %q for a literal one, %n for a number, %b for a condition, %l for a
// list, %o for an object, %a for any value, %_ for space in parentheses.
func (g *grammar) pick(depth int, leaves []string, branches ...string) string {
	all := leaves
	if depth > 0 && g.flip("branch") {
		all = branches
	}
	return g.fill(g.oneOf(all...), depth-1)
}

// oneOf draws evenly, while rapid itself prefers what comes first.
func (g *grammar) oneOf(all ...string) string {
	i := 0
	for range 6 {
		i *= 2
		if g.flip("bit") {
			i++
		}
	}
	return all[i%len(all)]
}

func (g *grammar) fill(text string, depth int) string {
	var out strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] != '%' {
			out.WriteByte(text[i])
			continue
		}
		i++
		out.WriteString(rules()[text[i]](g, depth))
	}
	return out.String()
}

func rules() map[byte]rule {
	return map[byte]rule{
		's': (*grammar).str, 'n': (*grammar).number, 'b': (*grammar).boolean, 'l': (*grammar).list,
		'o': (*grammar).object, 'a': (*grammar).any, '_': (*grammar).space, 'q': (*grammar).literal,
	}
}

func (g *grammar) str(depth int) string {
	return g.pick(depth, append(g.strings, "%q"),
		"(%s)", "f(%s)", "(%b%_? %s : %s)", `"x${spec.s}-${spec.n}{y}"`, `"<${var.s}${f(%s)}>"`,
		"var.m[spec.k]", "var.m[(spec.k)]", `spec.m["k"]`, "spec.m[f(spec.k)]", "{ k = %s }.k", "{ (spec.k) = %s }[spec.k]",
		"[%s, var.s][0]", `"${%s}"`, "(%s%_)",
	)
}

func (g *grammar) number(depth int) string {
	return g.pick(depth, []string{"spec.n", "var.n", "2", "-1", "spec.n"},
		"(%n%_+ %n)", "%n - %n", "%n * %n", "-%n", "-(%n)", "(%b ?%_%n : %n)", "(%n - %n) * %n", "f(%n)",
	)
}

func (g *grammar) boolean(depth int) string {
	return g.pick(depth, []string{"spec.yes", "spec.t", "spec.f", "var.t", "var.f", "true"},
		"!spec.yes", "!var.t", "!(%b)", "%b && %b", "%b || %b", "(%b%_|| %b)", "(%n > %n)", "(%s == %s)", "(%s != spec.none)",
		"(spec.lb != null && %b)", "(%b ? %b :%_%b)", "%n == %n && %b",
	)
}

func (g *grammar) list(depth int) string {
	return g.pick(depth, []string{"spec.l", "var.l", "spec.empty", "[]", "spec.objs[*].name", "var.objs[*].name", "spec.lb[*].name"},
		"[%s, %s]", "[\n%s,\n# c\n%s,\n]", "[for s in %l : s]", "[for s in %l : (%s == s ? s : %s)]", "[for s in %l : %s if %b]",
		"[for spec in %l : spec]", "[for s in %l : \"${s}-${var.s}\"]", "[for s in %l : \"${s}${f(%s)}\"]", "(%b ? [%s] : [%s])", "(%b%_? %l : %l)", "f(%l)", "[for o in spec.objs : o.name]",
		"[for i, s in %l : \"${i}${s}\"]", "[for s in %l : [for t in [s, spec.s] : t == s ? %s : t][0]]",
	)
}

func (g *grammar) object(depth int) string {
	return g.pick(depth, []string{"spec.o", "spec.m", "var.m", "{}", "{ p = spec.none }"},
		"{ p = %a, q = %a }", "{ p = %a, q = %a, r = %a, }", "{\n# goes?\np = %a\n\nq = %a # c\n}", "{\np = %a,\n\"r s\" = %a\n}",
		"{ (spec.k) = %a }", "{ for s in %l : s => s... }", "{ for s in %l : \"k\" => %a... }", "(%b ? spec.o : var.m)", "f(%o)",
		"{ p = %a\nq = %a, r = %a\n}", "{ \"${spec.k}\" = %a }", "{ /* c */ p = %a /* d */, q = spec.none /* e */ }",
	)
}

func (g *grammar) any(depth int) string {
	return g.pick(depth, []string{"null", "spec.none", "spec.n", "spec.s"},
		"%s", "%n", "%b", "%l", "%o", "(%b ? %s : null)", "(%b ? null :%_%s)", "%b ? %s : %s",
	)
}

// space is what may stand between parentheses.
func (g *grammar) space(int) string {
	return g.oneOf(" ", " ", "\n", " /* c */ ", " # c\n")
}

func (g *grammar) literal(int) string {
	return string(hclwrite.TokensForValue(cty.StringVal(g.oneOf(hostile()...))).Bytes())
}

// body draws attributes and blocks, with comments and gaps.
func (g *grammar) body(depth int) string {
	var out strings.Builder
	for _, name := range []string{"a", "b", "x", "c", "x", "d", "x", "e"} {
		switch {
		case g.flip("none"):
		case name != "x":
			out.WriteString(g.gap() + name + " = " + g.any(depth) + g.tail())
		case depth > 0:
			out.WriteString(g.gap() + g.block(depth-1) + g.tail())
		}
	}
	out.WriteString(g.gap())
	return out.String()
}

func (g *grammar) gap() string {
	return g.oneOf("", "", "\n", "# c\n", "// c\n", "\n# c\n\n", "/* c\n\nd */\n", "\n\n")
}

func (g *grammar) tail() string {
	return g.oneOf("\n", "\n", " # c\n", " /* c */\n", " /* c\nd */\n")
}

func (g *grammar) block(depth int) string {
	kind := g.oneOf("x", "y")
	if g.flip("plain") {
		return kind + " " + g.braces(depth)
	}
	out := "dynamic \"" + kind + "\" {\n"
	iterator := kind
	if g.flip("iterator") {
		iterator = "it"
		out += "iterator = it\n"
	}
	each, elem := g.each(depth, iterator)
	inner := *g
	inner.strings = slices.DeleteFunc(slices.Clone(g.strings), func(s string) bool { return strings.HasPrefix(s, iterator+".") })
	inner.strings = append(inner.strings, elem, elem)
	return out + "for_each = " + each + "\n" + g.gap() + "content " + inner.braces(depth) + "\n}"
}

// each draws a for_each, and what is a string in each iteration of it.
func (g *grammar) each(depth int, iterator string) (each, elem string) {
	switch g.oneOf("list", "objects", "map") {
	case "list":
		return g.list(depth), iterator + ".value"
	case "objects":
		return g.pick(depth, []string{"spec.objs", "var.objs", "spec.lb[*]", "[for o in spec.objs : o]"}, "(%b%_? spec.objs : var.objs)", "%b ? spec.objs : []"), iterator + ".value.name"
	}
	return g.pick(depth, []string{"spec.m", "var.m", "{ k = spec.s }"}, "{ (spec.k) = %s }", "{ for s in %l : s => %s... }"), iterator + ".key"
}

func (g *grammar) braces(depth int) string {
	if line := "a = " + g.any(depth); g.flip("one line") && !strings.Contains(line, "\n") {
		return "{ " + line + " }"
	}
	return g.oneOf("{\n", "{ # c\n", "{\n\n") + g.body(depth) + "}"
}
