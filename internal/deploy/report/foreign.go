package report

// AddForeign adds to the drift of a plan what others added to its resources,
// each beside what else became of the resource. An empty plan has no other:
// what Terraform calls so is no news where nothing comes of it.
func (p *Plan) AddForeign(found []Change) {
	if p.Empty {
		p.Drift = nil
	}
	p.Drift = append(p.Drift, found...)
	sortChanges(p.Drift)
}

// Silent reports whether there is nothing to say of a plan: nothing to apply,
// and nothing foreign.
func (p Plan) Silent() bool { return p.Empty && len(p.Drift) == 0 }
