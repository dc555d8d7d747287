package report

import "fmt"

// list compares two lists. It reports false for lists of plain values, which
// are better shown whole. Objects that have a name are told apart by it, so
// that one stage more reads as one stage more.
func (d *differ) list(path string, b, a []any, before, after side) bool {
	if !objects(b) || !objects(a) {
		return false
	}
	if len(b) == 1 && len(a) == 1 {
		d.diff(path, before.part(0), after.part(0))
		return true
	}
	if named(b) && named(a) {
		d.byName(path, b, a, before, after)
		return true
	}
	d.byIndex(path, b, a, before, after)
	return true
}

func (d *differ) byName(path string, b, a []any, before, after side) {
	was, is := positions(b), positions(a)
	for i := range b {
		if name := nameOf(b[i]); !has(is, name) {
			d.note(path, name, "removed")
		}
	}
	for i := range a {
		name := nameOf(a[i])
		if !has(was, name) {
			d.note(path, name, "added")
			continue
		}
		d.diff(fmt.Sprintf("%s[%q]", path, name), before.part(was[name]), after.part(i))
	}
}

func (d *differ) byIndex(path string, b, a []any, before, after side) {
	for i := range min(len(b), len(a)) {
		d.diff(fmt.Sprintf("%s[%d]", path, i), before.part(i), after.part(i))
	}
	if more := len(a) - len(b); more > 0 {
		d.found = append(d.found, Attribute{Path: fmt.Sprintf("%s: %d added", line(path), more), Forces: d.forced(path)})
	} else if more < 0 {
		d.found = append(d.found, Attribute{Path: fmt.Sprintf("%s: %d removed", line(path), -more), Forces: d.forced(path)})
	}
}

// note records that a named part comes or goes: stage "Approve" added.
func (d *differ) note(path, name, verb string) {
	if d.secrets.in(name) {
		name = Sensitive
	}
	d.found = append(d.found, Attribute{Path: line(fmt.Sprintf("%s %q %s", path, name, verb)), Forces: d.forced(path)})
}

// objects reports whether a list holds nothing but objects.
func objects(list []any) bool {
	for _, item := range list {
		if _, ok := item.(map[string]any); !ok {
			return false
		}
	}
	return true
}

// named reports whether every object has a name of its own.
func named(list []any) bool {
	for _, item := range list {
		if nameOf(item) == "" {
			return false
		}
	}
	return len(positions(list)) == len(list)
}

func nameOf(item any) string {
	name, _ := child(item, "name").(string)
	return name
}

func positions(list []any) map[string]int {
	at := map[string]int{}
	for i, item := range list {
		at[nameOf(item)] = i
	}
	return at
}

func has(m map[string]int, key string) bool {
	_, ok := m[key]
	return ok
}
