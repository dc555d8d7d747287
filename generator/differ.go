package generator

import (
	"maps"
	"slices"

	"github.com/zclconf/go-cty/cty"
)

// among says which of the services that share a module have something, as an
// object: used is true if any has it, else null; differ, whether some have it
// and some have not. What none has is not written, what all have is written
// plainly, and only what some have is left for plan time.
func among[T any](all []T, has func(T) bool) cty.Value {
	n := 0
	for _, one := range all {
		if has(one) {
			n++
		}
	}
	return cty.ObjectVal(entry{"used": only(n > 0), "differ": cty.BoolVal(0 < n && n < len(all))})
}

// only is how a template asks whether: true, or null.
func only(yes bool) cty.Value {
	if yes {
		return cty.True
	}
	return cty.NullVal(cty.Bool)
}

// text returns a string as a value, null if it is empty.
func text(s string) cty.Value {
	if s == "" {
		return cty.NullVal(cty.String)
	}
	return cty.StringVal(s)
}

func number(n int) cty.Value { return cty.NumberIntVal(int64(n)) }

// An entry is an object under construction: what a template sees as spec, or
// what one service passes to the module it shares.
type entry = map[string]cty.Value

// part returns some of what an entry has.
func part(e entry, names ...string) entry {
	some := entry{}
	for _, name := range names {
		some[name] = e[name]
	}
	return some
}

// settings takes out of the entries what every one of them leaves at the
// module's default, and returns which settings stay: true or null by name.
func settings(entries map[string]entry, defaults entry) cty.Value {
	stay := map[string]cty.Value{}
	for name, value := range defaults {
		set := slices.ContainsFunc(slices.Collect(maps.Values(entries)), func(e entry) bool {
			own, has := e[name]
			return has && !own.RawEquals(value)
		})
		stay[name] = only(set)
		for _, e := range entries {
			if !set {
				delete(e, name)
			}
		}
	}
	return cty.ObjectVal(stay)
}

// onlyWhereTheyDiffer takes what all have, and the module therefore writes
// plainly, out of the entries.
func onlyWhereTheyDiffer(name string, presence cty.Value, entries map[string]entry) {
	for _, e := range entries {
		if presence.GetAttr("differ").False() {
			delete(e, name)
		}
	}
}

// table returns the entries as one object, or null if there are none.
func table(entries map[string]entry) cty.Value {
	if len(entries) == 0 {
		return cty.NullVal(cty.DynamicPseudoType)
	}
	rows, seen := map[string]cty.Value{}, entry{}
	for name, e := range entries {
		share(e, seen)
		rows[name] = cty.ObjectVal(e)
	}
	return cty.ObjectVal(rows)
}

// share puts the values of entries that came before into another, where they are
// the same: of a thousand health checks most are, and each takes a kilobyte.
func share(e, seen entry) {
	for name, value := range e {
		before, ok := seen[name]
		if ok && value.RawEquals(before) {
			e[name] = before
			continue
		}
		seen[name] = value
	}
}

// list returns texts as a value, also where there are none.
func list(texts []string) cty.Value {
	vals := []cty.Value{}
	for _, text := range texts {
		vals = append(vals, cty.StringVal(text))
	}
	return cty.TupleVal(vals)
}

// dictionary returns texts by name as a value, also where there are none.
func dictionary(texts map[string]string) cty.Value {
	if len(texts) == 0 {
		return cty.EmptyObjectVal
	}
	vals := map[string]cty.Value{}
	for name, text := range texts {
		vals[name] = cty.StringVal(text)
	}
	return cty.ObjectVal(vals)
}
