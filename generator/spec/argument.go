package spec

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
)

// argument decodes what an argument is set to. An argument set to null is not set.
func (d *decoder) argument(n *node, a *attribute, expr hcl.Expression, named hcl.Range) {
	if isNull(expr) {
		return
	}
	if a.later != "" {
		n.broken[a.name] = true
		d.add(a.later, named, "%s", a.instead)
		return
	}
	s := setting{at: expr.Range(), items: map[string]hcl.Range{}}
	var ok bool
	s.data, ok = d.data(n, a, expr, s.items)
	switch {
	case !ok:
		n.broken[a.name] = true
	case s.data != nil:
		n.values[a.name] = s
	}
}

// data decodes a value of an argument's kind, and notes where its elements stand.
func (d *decoder) data(n *node, a *attribute, expr hcl.Expression, items map[string]hcl.Range) (any, bool) {
	switch a.kind {
	case kindNumber:
		return d.numberOf(a, expr)
	case kindFlag:
		return d.boolean(a.name, expr)
	case kindTexts:
		return d.textsOf(a, expr, items)
	case kindTags:
		return d.tagsOf(a, expr, items)
	case kindVariables:
		return d.variablesOf(a, expr, items)
	case kindStrategy:
		return d.strategyOf(a, expr)
	case kindHealthCheck:
		return d.healthCheckOf(n, a, expr)
	case kindOutside:
		return d.outside(a.name, expr)
	case kindAllOutside:
		return d.allOutside(a, expr, items)
	case kindSecret:
		return d.secretOf(a, expr)
	case kindPorts:
		return d.portsOf(a, expr)
	default:
		return d.textOf(a, expr)
	}
}

func (d *decoder) textOf(a *attribute, expr hcl.Expression) (any, bool) {
	s, ok := d.text(a.name, expr)
	return s, ok && d.allowed(a, s, expr.Range())
}

// allowed reports whether a text is among those that an argument takes.
func (d *decoder) allowed(a *attribute, s string, at hcl.Range) bool {
	if len(a.allowed) == 0 || contains(a.allowed, s) {
		return true
	}
	meant := suggest(s, a.allowed)
	if alias, ok := a.aliases[strings.ToLower(s)]; ok {
		meant = fmt.Sprintf(" Did you mean %q?", alias)
	}
	d.add(notAllowed, at, "%s is %s, not %q.%s", a.name, quoted(a.allowed), s, meant)
	return false
}

func (d *decoder) numberOf(a *attribute, expr hcl.Expression) (any, bool) {
	i, ok := d.integer(a.name, expr)
	switch {
	case !ok:
		return i, false
	case len(a.numbers) > 0 && !contains(a.numbers, i):
		d.add(notAllowed, expr.Range(), "%s is %s, not %d.", a.name, listOf(a.numbers), i)
		return i, false
	case a.max != 0 && (i < a.min || i > a.max):
		d.add(outOfRange, expr.Range(), "%s is a number from %d to %d, not %d.", a.name, a.min, a.max, i)
		return i, false
	}
	return i, true
}

func (d *decoder) textsOf(a *attribute, expr hcl.Expression, items map[string]hcl.Range) (any, bool) {
	list, sound := d.listOf(a, expr)
	texts := []string{}
	for _, element := range list {
		s, ok := d.text("An element of "+a.name, element)
		ok = ok && d.allowed(a, s, element.Range())
		if _, twice := items[s]; ok && twice && a.distinct {
			d.add(saidTwice, element.Range(), "%s has %q already. Keep one of the two.", a.name, s)
			ok = false
		}
		sound = sound && ok
		items[s] = element.Range()
		texts = append(texts, s)
	}
	return texts, sound
}

// listOf takes a list apart. Where the argument takes one element without a list
// around it, anything else is that element.
func (d *decoder) listOf(a *attribute, expr hcl.Expression) ([]hcl.Expression, bool) {
	if _, diags := hcl.ExprList(expr); a.lone && diags.HasErrors() {
		return []hcl.Expression{expr}, true
	}
	return d.elements(a.name, expr)
}

// portsOf decodes 5432 or "8000-8100".
func (d *decoder) portsOf(a *attribute, expr hcl.Expression) (any, bool) {
	v, ok := d.evaluate(expr)
	if !ok {
		return nil, false
	}
	switch v.Type() {
	case cty.Number:
		port, sound := d.numberOf(&attribute{name: a.name, min: 1, max: maxPort}, expr)
		one, _ := port.(int)
		return Ports{one, one}, sound
	case cty.String:
		return d.portRange(a, v.AsString(), expr.Range())
	}
	d.add(wrongType, expr.Range(), "%s must be a number or a string, not %s.", a.name, typeName(v))
	return nil, false
}

func (d *decoder) portRange(a *attribute, text string, at hcl.Range) (any, bool) {
	first, last, ranged := strings.Cut(text, "-")
	if !ranged {
		last = first
	}
	from, errFrom := strconv.Atoi(first)
	to, errTo := strconv.Atoi(last)
	if errFrom != nil || errTo != nil || from < 1 || to > maxPort || from > to {
		d.add(badEgress, at, "%s is a number from 1 to %d, or a range such as \"8000-8100\", not %q.", a.name, maxPort, text)
		return nil, false
	}
	return Ports{from, to}, true
}

const maxPort = 65535

// strategyOf decodes { FARGATE = 1, FARGATE_SPOT = { weight = 3, base = 1 } }.
func (d *decoder) strategyOf(a *attribute, expr hcl.Expression) (any, bool) {
	written, sound := d.pairs(a.name, expr)
	found := map[string]Capacity{}
	known := []string{fargate, fargateSpot, instances}
	for _, p := range written {
		if !contains(known, p.key) {
			d.add(notAllowed, p.named, "A strategy names %s, not %q.%s", quoted(known), p.key, suggest(p.key, known))
			sound = false
			continue
		}
		c, ok := d.capacity(p)
		found[p.key] = c
		sound = sound && ok
	}
	var ordered []Capacity
	for _, name := range known {
		if c, ok := found[name]; ok {
			ordered = append(ordered, c)
		}
	}
	if sound && len(ordered) == 0 {
		d.add(wrongType, expr.Range(), "%s is empty. Leave it out, or name what the tasks run on: %s = { FARGATE = 1 }.", a.name, a.name)
		return nil, false
	}
	return ordered, sound
}

// capacity decodes one weight, or { weight, base }.
func (d *decoder) capacity(p pair) (Capacity, bool) {
	c := Capacity{Provider: p.key}
	if _, diags := hcl.ExprMap(p.value); diags.HasErrors() {
		return c, d.share(&c.Weight, "weight of "+p.key, maxWeight, p.value)
	}
	written, sound := d.pairs(p.key, p.value)
	weighed := false
	for _, part := range written {
		switch part.key {
		case "weight":
			weighed = true
			sound = d.share(&c.Weight, "weight", maxWeight, part.value) && sound
		case "base":
			sound = d.share(&c.Base, "base", maxBase, part.value) && sound
		default:
			d.add(unknownArgument, part.named, "A capacity has weight and base, and no %s.", part.key)
			sound = false
		}
	}
	if sound && !weighed {
		d.add(missingArgument, p.named, "%s needs a weight: its share of the tasks beyond the base.", p.key)
	}
	return c, sound && weighed
}

// Limits of CapacityProviderStrategyItem in the ECS API.
const (
	maxWeight = 1000
	maxBase   = 100000
)

// share decodes a weight or a base.
func (d *decoder) share(to *int, what string, most int, expr hcl.Expression) bool {
	data, ok := d.numberOf(&attribute{name: what, max: most}, expr)
	if ok {
		*to, _ = data.(int)
	}
	return ok
}

// healthCheckOf decodes a path, or what the block of the name would say. In
// JSON the two cannot be told apart otherwise.
func (d *decoder) healthCheckOf(n *node, a *attribute, expr hcl.Expression) (any, bool) {
	if _, diags := hcl.ExprMap(expr); diags.HasErrors() {
		return d.textOf(a, expr)
	}
	written, sound := d.pairs(a.name, expr)
	inner := newNode(n.kind.block(a.name), expr.Range())
	inner.given = true
	for _, p := range written {
		if known := inner.kind.attribute(p.key); known != nil {
			d.argument(inner, known, p.value, p.named)
			continue
		}
		d.add(unknownArgument, p.named, "%s has no %s.%s", a.name, p.key, d.hint(p.key, inner.kind))
		sound = false
	}
	n.blocks[a.name] = append(n.blocks[a.name], inner)
	return nil, sound
}

// variableName is how messages name a variable of an argument.
func variableName(a *attribute, key string) string { return fmt.Sprintf("%s.%s", a.name, key) }
