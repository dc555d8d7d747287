package report

import "slices"

// AddForeign adds to the drift of a plan what others added to its resources. An
// empty plan has no other: what Terraform calls so is no news where nothing
// comes of it.
func (p *Plan) AddForeign(found []Change) {
	if p.Empty {
		p.Drift = nil
	}
	for _, c := range found {
		at := slices.IndexFunc(p.Drift, func(d Change) bool { return d.Address == c.Address && d.Action == c.Action })
		if at < 0 {
			p.Drift = append(p.Drift, c)
			continue
		}
		p.Drift[at].Attributes = append(p.Drift[at].Attributes, c.Attributes...)
		p.Drift[at].Foreign = true
	}
	sortChanges(p.Drift)
}

// Silent reports whether there is nothing to say of a plan: nothing to apply,
// and nothing foreign.
func (p Plan) Silent() bool { return p.Empty && len(p.Drift) == 0 }
