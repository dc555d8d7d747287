package readme

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// An inventory is what the files of a module declare, as rows of the README.
type inventory struct {
	terraform, providers                             [][]string // what is required
	modules, resources, dataSources, inputs, outputs [][]string
}

// A declaration is a block in a file.
type declaration struct {
	Block
	file string
}

func read(files map[string][]Block) (*inventory, error) {
	inv := &inventory{}
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(files)) {
		for _, block := range files[name] {
			if want, known := labelCount(block.Type); known && len(block.Labels) != want {
				errs = append(errs, fmt.Errorf("%s: %s with %d labels instead of %d", block.DefRange(), block.Type, len(block.Labels), want))
				continue
			}
			inv.add(declaration{block, name})
		}
	}
	return inv, errors.Join(errs...)
}

func labelCount(blockType string) (n int, known bool) {
	switch blockType {
	case "terraform":
		return 0, true
	case "module", "variable", "output":
		return 1, true
	case "resource", "data", "ephemeral":
		return 2, true
	}
	return 0, false
}

func (inv *inventory) add(d declaration) {
	switch d.Type {
	case "terraform":
		inv.terraform = append(inv.terraform, d.terraform()...)
		inv.providers = append(inv.providers, d.providers()...)
	case "module":
		inv.modules = append(inv.modules, []string{code(d.Labels[0]), d.source()})
	case "resource":
		inv.resources = append(inv.resources, []string{code(strings.Join(d.Labels, ".")), link(d.file)})
	case "data", "ephemeral":
		address := d.Type + "." + strings.Join(d.Labels, ".")
		inv.dataSources = append(inv.dataSources, []string{code(address), link(d.file)})
	case "variable":
		inv.inputs = append(inv.inputs, d.input())
	case "output":
		inv.outputs = append(inv.outputs, []string{code(d.Labels[0]), d.description()})
	}
}

func (d declaration) input() []string {
	typ, def, required := code("any"), "n/a", "yes"
	if x := d.attribute("type"); x != nil {
		typ = code(oneLine(x, d.Src))
	}
	if x := d.attribute("default"); x != nil {
		def, required = code(oneLine(x, d.Src)), "no"
	}
	return []string{code(d.Labels[0]), d.description(), typ, def, required}
}

// description returns the description and what keeps the value out of sight.
func (d declaration) description() string {
	var notes []string
	for _, flag := range []string{"sensitive", "ephemeral"} {
		if x := d.attribute(flag); x != nil && isTrue(x) {
			notes = append(notes, flag)
		}
	}
	out := text(d.str("description"))
	if len(notes) > 0 {
		out = strings.TrimSpace(out + " (" + strings.Join(notes, ", ") + ")")
	}
	return out
}

// source returns where a called module comes from. A folder is a link.
func (d declaration) source() string {
	source := d.str("source")
	if strings.HasPrefix(source, "./") || strings.HasPrefix(source, "../") {
		return link(source)
	}
	return code(source)
}

func (d declaration) attribute(name string) hclsyntax.Expression {
	attr := d.Body.Attributes[name]
	if attr == nil {
		return nil
	}
	return attr.Expr
}

// str returns the string that an argument is, its source when it is none, and
// nothing when it is not there.
func (d declaration) str(name string) string {
	x := d.attribute(name)
	if x == nil {
		return ""
	}
	if s, ok := stringOf(x); ok {
		return s
	}
	return oneLine(x, d.Src)
}

func stringOf(x hcl.Expression) (string, bool) {
	val, diags := x.Value(nil)
	if diags.HasErrors() || val.Type() != cty.String || val.IsNull() {
		return "", false
	}
	return val.AsString(), true
}

func isTrue(x hclsyntax.Expression) bool {
	val, diags := x.Value(nil)
	return !diags.HasErrors() && val.RawEquals(cty.True)
}
