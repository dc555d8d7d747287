package report

import (
	"slices"
	"strings"
)

// A Difference is what two plans do otherwise to one resource or output.
type Difference struct {
	Address string   // or "output NAME", or "Service NAME" for what it runs
	Was, Is []string // what only one of them does: "update", "memory 512 → 1024"
}

// String says it on one line.
func (d Difference) String() string {
	was, is := strings.Join(d.Was, ", "), strings.Join(d.Is, ", ")
	switch {
	case was == "" && is == "":
		return d.Address + ": other values"
	case was == "":
		return d.Address + ": " + is + ", which was not expected"
	case is == "":
		return d.Address + ": no longer " + was
	}
	return d.Address + ": " + is + "; expected was " + was
}

// Differences compares two plans of one root, by address.
func Differences(was, is Plan) []Difference {
	before, after := was.doings(), is.doings()
	var found []Difference
	for _, address := range keys(before, after) {
		b, a := before[address], after[address]
		if b.digest != a.digest || !slices.Equal(b.what, a.what) {
			found = append(found, Difference{Address: address, Was: without(b.what, a.what), Is: without(a.what, b.what)})
		}
	}
	return found
}

// A doing is what a plan does to one thing: in words, and with all values.
type doing struct {
	what   []string
	digest string
}

func (p Plan) doings() map[string]doing {
	all := map[string]doing{}
	for _, c := range p.Changes {
		all[c.Address] = doing{inWords(c.Action, c.Attributes), c.Digest}
	}
	for _, r := range p.Rolls {
		// What a task definition runs before and after may be equal, and yet not what was expected.
		all[r.Service] = doing{slices.DeleteFunc([]string{r.Image, r.Tasks}, empty), ""}
	}
	for _, o := range p.Outputs {
		all["output "+o.Name] = doing{inWords(o.Action, o.Attributes), o.Digest}
	}
	return all
}

func inWords(a Action, attributes []Attribute) []string {
	what := []string{strings.ReplaceAll(string(a), "_", " ")}
	for _, a := range attributes {
		what = append(what, a.String())
	}
	return what
}

func without(texts, others []string) []string {
	return slices.DeleteFunc(slices.Clone(texts), func(text string) bool { return slices.Contains(others, text) })
}
