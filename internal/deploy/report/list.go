package report

import "fmt"

// list compares two lists. It reports false for lists of plain values, which
// are better shown whole. Objects that have a name are told apart by it, so
// that one stage or one statement more reads as one more.
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

// byName tells first what comes and goes, since it is most often why the rest
// changes.
func (d *differ) byName(path string, b, a []any, before, after side) {
	was, is := positions(b), positions(a)
	for i := range b {
		if name := nameOf(b[i]); !has(is, name) {
			d.note(path, name, "removed")
		}
	}
	for i := range a {
		if name := nameOf(a[i]); !has(was, name) {
			d.note(path, name, "added")
		}
	}
	for i := range a {
		if name := nameOf(a[i]); has(was, name) {
			d.diff(fmt.Sprintf("%s[%q]", path, name), before.part(was[name]), after.part(i))
		}
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
	d.found = append(d.found, Attribute{Path: line(fmt.Sprintf("%s %q %s", path, d.name(name), verb)), Forces: d.forced(path)})
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

// nameOf returns what an object is called: a stage, an action or a container
// has a name, and a policy's statement a Sid.
func nameOf(item any) string {
	for _, key := range []string{"name", "Sid"} {
		if name, ok := child(item, key).(string); ok {
			return name
		}
	}
	return ""
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
