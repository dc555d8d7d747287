package spec

func (c *checker) cluster() {
	n := c.root.child("cluster")
	if !n.given {
		return
	}
	rule := clusterLabelRule()
	if n.flag("existing") {
		rule = clusterRule()
	}
	c.unsoundCluster = !c.rule(rule, n.named, n.label, "")
	for _, capacity := range n.blocks["capacity"] {
		if capacity.label == instances {
			c.group(n, capacity)
			continue
		}
		for _, a := range capacity.kind.attributes {
			if capacity.has(a.name) {
				c.add(ec2Only, capacity.at(a.name), "AWS runs %s, so it has no %s. Take the line out, or write capacity \"EC2\".", capacity.label, a.name)
			}
		}
	}
	if n.flag("existing") && n.has("container_insights") {
		c.add(existingCluster, n.at("container_insights"), "The cluster exists, and whoever made it decides on its metrics. Take the line out.")
	}
}

// group checks a group of instances.
func (c *checker) group(cluster, n *node) {
	if cluster.flag("existing") {
		c.add(existingCluster, n.header, "Instances are not added to a cluster that exists. Run on FARGATE, or let tfgen make the cluster.")
		return
	}
	kind := n.text("instance_type")
	switch {
	case n.has("instance_type") && !instanceShaped(kind):
		c.add(badInstanceType, n.at("instance_type"), "%q is not an instance type. Write one as AWS does: t3.micro, m7g.large.", kind)
	case !n.has("instance_type") && n.sound("instance_type"):
		c.add(missingArgument, n.header, "capacity \"EC2\" needs instance_type, such as t3.micro.")
	}
	if n.sound("min_size", "max_size") && n.number("min_size") > n.number("max_size") {
		c.add(badGroupSize, n.at("min_size"), "min_size is %d and max_size is %d: the fewest are more than the most.", n.number("min_size"), n.number("max_size"))
	}
	if c.Network.Kind == "new" && c.Network.NAT == "none" && c.root.child("network").sound("cidr", "nat") {
		c.add(cutOffInstances, n.header, "The network has public subnets alone, and instances there get no public address: they reach nothing and never join the cluster. Set nat to \"single\" in the network, or take the capacity out.")
	}
}
