package report

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
)

// A differ finds the values that one change changes.
type differ struct {
	secrets secrets
	forces  []string // paths, as strings, that force a replacement
	found   []Attribute
}

// attributes lists what a change changes, the most telling first: what forces
// a replacement, then what is known, then what the apply will tell.
func attributes(c *tfjson.Change, s secrets) []Attribute {
	d := &differ{secrets: s, forces: forcing(c.ReplacePaths)}
	before, after := sides(c)
	for _, name := range topLevel(before, after) {
		d.diff(label(name), before.part(name), after.part(name))
	}
	slices.SortStableFunc(d.found, func(a, b Attribute) int { return rank(a) - rank(b) })
	return d.found
}

// sides are the values before and after a change, with their masks.
func sides(c *tfjson.Change) (before, after side) {
	return side{c.Before, c.BeforeSensitive, nil}, side{c.After, c.AfterSensitive, c.AfterUnknown}
}

// topLevel names the attributes of a resource, without one of tags and tags_all.
// Where both sides know tags_all, what AWS has is compared: when the default
// tags change, the provider reads the former ones as the resource's own.
func topLevel(before, after side) []string {
	b, _ := before.value.(map[string]any)
	a, _ := after.value.(map[string]any)
	u, _ := after.unknown.(map[string]any)
	names := slices.Concat(keys(b, a), keys(u, nil))
	slices.Sort(names)
	names = slices.Compact(names)
	repeated := "tags_all"
	if b["tags_all"] != nil && a["tags_all"] != nil {
		repeated = "tags"
	}
	return slices.DeleteFunc(names, func(n string) bool { return n == repeated })
}

// label is the name under which an attribute is shown.
func label(name string) string {
	if name == "tags_all" {
		return "tags"
	}
	return name
}

func rank(a Attribute) int {
	switch {
	case a.Forces:
		return 0
	case a.After == Unknown:
		return 2
	}
	return 1
}

// diff compares two sides of one value and goes as deep as they have the same
// shape.
func (d *differ) diff(path string, before, after side) {
	if path == containerDefinitions && d.definitions(before, after) {
		return
	}
	before, after = before.parsed().revision(), after.parsed().revision()
	if before.hidden() || after.hidden() || after.unknown == true {
		d.leaf(path, before, after)
		return
	}
	if d.same(path, before.value, after.value) && !covers(after.unknown) {
		return
	}
	if b, a, ok := pair[map[string]any](before, after); ok {
		for _, name := range keys(b, a) {
			d.diff(path+"."+name, before.part(name), after.part(name))
		}
		d.unknownKeys(path, b, a, after)
		return
	}
	if b, a, ok := pair[[]any](before, after); ok && d.list(path, b, a, before, after) {
		return
	}
	d.leaf(path, before, after)
}

// same reports whether there is no difference to tell. Providers write what is
// not set in two ways, which is news only where it forces a replacement.
func (d *differ) same(path string, before, after any) bool {
	return reflect.DeepEqual(before, after) || nothing(before) && nothing(after) && !d.forced(path)
}

func pair[T any](before, after side) (b, a T, ok bool) {
	b, okBefore := before.value.(T)
	a, okAfter := after.value.(T)
	return b, a, okBefore && okAfter
}

// unknownKeys adds what only the mask of unknown values names.
func (d *differ) unknownKeys(path string, b, a map[string]any, after side) {
	mask, _ := after.unknown.(map[string]any)
	for _, name := range keys(mask, nil) {
		_, was := b[name]
		if _, is := a[name]; !was && !is && mask[name] == true {
			d.leaf(path+"."+name, side{}, after.part(name))
		}
	}
}

// leaf records a value that differs.
func (d *differ) leaf(path string, before, after side) {
	if before.hidden() && after.hidden() && reflect.DeepEqual(before.value, after.value) {
		return
	}
	b, a := d.show(before), d.show(after)
	if after.unknown == true {
		b = None // what it was is not news, and may repeat a secret
	}
	d.found = append(d.found, Attribute{Path: line(path), Before: b, After: a, Forces: d.forced(path)})
}

// show renders a side, unless the whole text of it, before it is cut to
// length, repeats a secret.
func (d *differ) show(s side) string {
	if !s.hidden() && d.secrets.in(fmt.Sprint(s.masked())) {
		return Sensitive
	}
	return s.render()
}

// forced reports whether a path, or what it is a part of, forces a replacement.
func (d *differ) forced(path string) bool {
	path = withoutIndexes(path)
	return slices.ContainsFunc(d.forces, func(f string) bool {
		return path == f || strings.HasPrefix(path, f+".") || strings.HasPrefix(f, path+".")
	})
}

// withoutIndexes turns stage["Build"].action[0].name into stage.action.name.
func withoutIndexes(path string) string {
	var b strings.Builder
	for path != "" {
		before, rest, _ := strings.Cut(path, "[")
		b.WriteString(before)
		_, path, _ = strings.Cut(rest, "]")
	}
	return b.String()
}

// forcing writes replace_paths as diff writes paths. Indexes are left out:
// whole lists are what forces, in a reader's eye.
func forcing(paths []any) []string {
	var out []string
	for _, p := range paths {
		steps, _ := p.([]any)
		var names []string
		for _, step := range steps {
			if name, ok := step.(string); ok {
				names = append(names, name)
			}
		}
		if len(names) > 0 {
			out = append(out, strings.Join(names, "."))
		}
	}
	return out
}
