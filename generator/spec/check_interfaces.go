package spec

// interfaces warns of more tasks than the instances have network interfaces for:
// each task needs one, and each instance itself (ECS developer guide, "Allocate a
// network interface for an Amazon ECS task"). An account may have more through
// awsvpcTrunking, which a spec cannot know.
func (c *checker) interfaces() {
	if c.Cluster == nil || c.Cluster.EC2 == nil {
		return
	}
	group, n := c.Cluster.EC2, c.capacityBlock()
	offered, known := instanceOf(group.InstanceType)
	if !known || !n.sound("instance_type", "max_size") {
		return
	}
	room := group.MaxSize * (offered.interfaces - 1)
	wanted, rolling := c.wanted()
	switch {
	case wanted > room:
		c.add(fewInterfaces, n.at("max_size"), "The services on EC2 want %s, and %d instances of type %s have network interfaces for %d: one for each task, and one for itself. Raise max_size, or choose a larger instance_type.",
			tasks(wanted), group.MaxSize, group.InstanceType, room)
	case wanted+rolling > room:
		c.add(fewInterfaces, n.at("max_size"), "A rollout starts a new task before an old one stops, which makes %s, and %d instances of type %s have network interfaces for %d. Raise max_size, choose a larger instance_type, or lower minimum_healthy_percent.",
			tasks(wanted+rolling), group.MaxSize, group.InstanceType, room)
	}
}

// capacityBlock is the cluster's capacity block of instances.
func (c *checker) capacityBlock() *node {
	for _, n := range c.root.child("cluster").blocks["capacity"] {
		if n.label == instances {
			return n
		}
	}
	return c.root.child("cluster")
}

// wanted is how many tasks the services on EC2 want, and how many more a rollout
// needs at least: one, where none may be missing.
func (c *checker) wanted() (all, rolling int) {
	for _, s := range c.Services {
		if !s.OnEC2() || s.mixed() {
			continue
		}
		all += s.DesiredCount
		if s.DesiredCount > 0 && (s.DesiredCount*s.Deployment.MinimumHealthyPercent+99)/100 >= s.DesiredCount {
			rolling = 1
		}
	}
	return all, rolling
}
