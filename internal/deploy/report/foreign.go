package report

import "strings"

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

// Attribute tells apart what others added to security groups: what has an owner
// is expected. Owner says whose a rule is, such as "the project bank", or "";
// what is how the drift calls the rule.
func (p *Plan) Attribute(owner func(group, what string) string) {
	var drift []Change
	for _, c := range p.Drift {
		theirs, rest := c, c
		theirs.Expected, theirs.Attributes, rest.Attributes = true, nil, nil
		for _, a := range c.Attributes {
			what := strings.TrimSuffix(a.Path, added)
			if whose := c.ownedBy(owner, what); whose != "" {
				theirs.Attributes = append(theirs.Attributes, Attribute{Path: line(a.Path + " by " + whose)})
			} else {
				rest.Attributes = append(rest.Attributes, a)
			}
		}
		if len(theirs.Attributes) > 0 {
			drift = append(drift, theirs)
		}
		if len(rest.Attributes) > 0 || len(c.Attributes) == 0 {
			drift = append(drift, rest)
		}
	}
	p.Drift = drift
}

func (c Change) ownedBy(owner func(group, what string) string, what string) string {
	if !c.Foreign || c.Group == "" {
		return ""
	}
	return owner(c.Group, what)
}

// Silent reports whether there is nothing to say of a plan: nothing to apply,
// and nothing foreign.
func (p Plan) Silent() bool { return p.Empty && len(p.Drift) == 0 }
