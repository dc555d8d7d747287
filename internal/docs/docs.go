// Package docs writes those pages of docs/ that follow from the code: the
// reference of the spec, from the tables that decode it, the diagnostics, from
// the table that explains them, and the names, from the table they are made by. So they cannot drift: a test compares.
package docs

import (
	"fmt"
	"strings"

	"tfgen/generator/spec"
)

const note = "<!-- Written from the code by go test ./internal/docs -update. -->\n\n"

// Spec is the page docs/spec.md.
func Spec() []byte {
	var b strings.Builder
	b.WriteString(note + `# The spec: tfgen.hcl

One file describes a delivery pipeline and what it delivers to. It is HCL, and a spec is data: it may refer to
` + "`project.*` and `environment.*`, call `ssm(path)`, `secret(name, key)` and `variable(name)`" + `, and nothing else. So the
same spec gives the same bytes everywhere. ` + "`tfgen.hcl.json`" + `, HCL's JSON form, is the same language.

Each table says what the change of an argument does to a project that is applied, where nothing else changes:

- **in place**: of what is there; requests are answered throughout.
- **new before old**: something new is in use before the old one goes; requests are answered throughout.
- **told**: it costs something that the plan tells, such as requests that fail meanwhile, or money.
- **refused**: it ends before anything is touched, and says what to do instead.

`)
	for _, block := range spec.Reference() {
		fmt.Fprintf(&b, "- [%s](#%s)\n", block.Path, anchor(block.Path))
	}
	for _, block := range spec.Reference() {
		writeBlock(&b, block)
	}
	return []byte(b.String())
}

func writeBlock(b *strings.Builder, block spec.Block) {
	fmt.Fprintf(b, "\n## %s\n\n```hcl\n%s\n```\n\n%s%s\n", block.Path, block.Form, block.Doc, occurs(block))
	if block.Label != "" {
		fmt.Fprintf(b, "\nA change of its label: %s\n", change(block.Change))
	}
	if len(block.Attributes) == 0 {
		return
	}
	b.WriteString("\n| argument | type | default | what it says | a change of it |\n|---|---|---|---|---|\n")
	for _, a := range block.Attributes {
		fmt.Fprintf(b, "| `%s` | %s | %s | %s | %s |\n", a.Name, code(a.Type), fallback(a), cell(meaning(a)), change(a.Change))
	}
}

// change says what the change of an argument, or of a label, does.
func change(c spec.Change) string { return fmt.Sprintf("**%s**: %s", c.Effect, cell(c.Doc)) }

// occurs says how often a block stands.
func occurs(block spec.Block) string {
	switch {
	case block.Required && block.Many:
		return " There is one at least."
	case block.Required:
		return " There is exactly one."
	case block.Many:
		return " There may be several."
	}
	return ""
}

func fallback(a spec.Attribute) string {
	switch {
	case a.Required:
		return "**required**"
	case a.Default == "":
		return ""
	}
	return cell(a.Default)
}

func meaning(a spec.Attribute) string {
	if a.Allowed == "" {
		return a.Doc
	}
	return a.Doc + " Allowed: " + a.Allowed + "."
}

// Diagnostics is the page docs/diagnostics.md.
func Diagnostics() []byte {
	var b strings.Builder
	b.WriteString(note + "# Diagnostics\n\nWhat tfgen says of a spec before Terraform runs. `tfgen explain CODE` prints the same.\n")
	for _, e := range spec.Codes() {
		fmt.Fprintf(&b, "\n## %s: %s\n\n%s. %s\n\n%s\n", e.Code, e.Title, strings.ToUpper(string(e.Severity[:1]))+string(e.Severity[1:]), e.Why, e.Fix)
		if e.Example != "" {
			fmt.Fprintf(&b, "\n```hcl\n%s\n```\n", strings.TrimRight(e.Example, "\n"))
		}
	}
	return []byte(b.String())
}

func code(text string) string { return "`" + strings.ReplaceAll(text, "|", `\|`) + "`" }

// cell is a text that may stand in a table.
func cell(text string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(text), " "), "|", `\|`)
}

// anchor is the link that a heading gets.
func anchor(heading string) string {
	return strings.NewReplacer(".", "", " ", "-").Replace(strings.ToLower(heading))
}
