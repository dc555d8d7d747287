package spec

import "github.com/hashicorp/hcl/v2"

// A checker finds what is wrong with a spec whose grammar is right. A check
// stays silent about what another problem has been reported for.
type checker struct {
	*report
	*draft
	read reader // nil: no other file is looked at
	// whole asks that the application is there too.
	whole bool
	// unsound are the labels that are no good, "" for the project's: what is
	// named after them is not looked at.
	unsound        map[string]bool
	unsoundCluster bool
}

// check finds everything at once.
func (c *checker) check() {
	c.purpose()
	c.project()
	c.state()
	c.source()
	c.environmentBlocks()
	c.network()
	c.cluster()
	c.made()
	for _, s := range c.services {
		c.service(s)
	}
	c.interfaces()
	c.balancers()
	c.names()
	c.collisions()
}

// service checks what one service says.
func (c *checker) service(s service) {
	c.files(s)
	c.label(s)
	c.runtime(s)
	c.image(s)
	c.build(s)
	c.pipelineBlock(s)
	c.variables(s)
	if c.Cluster == nil {
		c.withoutCluster(s)
		return
	}
	c.capacity(s)
	c.size(s)
	c.deployment(s)
	c.balancer(s)
	c.egress(s)
}

// purpose reports a spec that asks for nothing.
func (c *checker) purpose() {
	if len(c.root.broken) == 0 && c.Source == nil && c.Cluster == nil {
		c.add(nothingToDo, c.root.child("project").header, `Nothing would be made. Add a source to build from, a cluster to run on, or both: source "codecommit" { … }, cluster "NAME" { … }.`)
	}
}

// named reports whether names that begin with the project's can be judged.
func (c *checker) named() bool {
	return c.root.child("project").given && !c.unsound[""]
}

// derived reports whether names that follow from a service's label can be judged.
func (c *checker) derived(s service) bool {
	return c.named() && !c.unsound[s.Label]
}

// rule holds a name against AWS's rules for it.
func (c *checker) rule(r rule, at hcl.Range, name, fix string) bool {
	why := r.broken(name)
	if why == "" {
		return true
	}
	c.add(r.code, at, "%s %q %s.%s", r.what, name, why, fix)
	return false
}

// follows holds the name that an argument sets, or that follows from the
// service's label, against AWS's rules.
func (c *checker) follows(s service, n *node, r rule, argument, name string) {
	switch {
	case n.has(argument):
		c.rule(r, n.at(argument), name, "")
	case n.sound(argument) && c.derived(s):
		c.rule(r, s.node.named, name, " It follows from the labels of the project and the service. Set "+argument+", or choose a shorter or plainer label.")
	}
}
