package spec

import "slices"

// capacity checks what a service's tasks run on.
func (c *checker) capacity(s service) {
	if !s.node.sound("strategy") {
		return
	}
	at := s.node.at("strategy")
	for _, part := range s.Strategy {
		if !c.Cluster.has(part.Provider) && c.root.child("cluster").sound("capacity") {
			c.add(missingCapacity, at, "The cluster has no capacity %q. Add the block to the cluster, or choose from what it has.", part.Provider)
			return
		}
	}
	if s.mixed() {
		c.add(mixedStrategy, at, "A service runs on Fargate or on EC2, and its strategy cannot name both. FARGATE and FARGATE_SPOT go together.")
		return
	}
	c.weights(s)
	c.addresses(s)
	if s.OnEC2() && c.Cluster.EC2 != nil && c.Cluster.EC2.InstanceType != "" && s.node.sound("architecture") && s.Architecture != c.Cluster.EC2.Architecture {
		c.add(wrongArchitecture, s.node.at("architecture"), "The tasks are %s, and instances of type %s are %s. Set architecture to %q, or choose another type.",
			s.Architecture, c.Cluster.EC2.InstanceType, c.Cluster.EC2.Architecture, c.Cluster.EC2.Architecture)
	}
}

// mixed reports whether a strategy names both EC2 and Fargate.
func (s *Service) mixed() bool {
	ec2 := slices.ContainsFunc(s.Strategy, func(c Capacity) bool { return c.Provider == instances })
	return ec2 && len(s.Strategy) > 1
}

func (c *checker) weights(s service) {
	total, bases := 0, 0
	for _, part := range s.Strategy {
		total += part.Weight
		if part.Base > 0 {
			bases++
		}
	}
	switch at := s.node.at("strategy"); {
	case len(s.Strategy) > 0 && total == 0:
		c.add(badWeights, at, "All weights are 0, so no task would be placed. Give one a weight of 1.")
	case bases > 1:
		c.add(badWeights, at, "Only one capacity may have a base. Keep it for the one that must run.")
	}
}

// addresses checks public addresses against what tasks run on.
func (c *checker) addresses(s service) {
	switch at := s.node.at("public_ip"); {
	case s.OnEC2() && !s.PublicIP && c.Network.Kind == "default" && c.root.child("network").sound("cidr", "nat", "vpc_id"):
		c.add(noWayOut, s.node.at("strategy"), "Tasks on EC2 have no public address, and the default VPC has no NAT gateway, so they reach nothing outside of it. Run on FARGATE, or give the network a cidr, which brings NAT.")
	case !s.node.has("public_ip"):
	case s.OnEC2() && s.PublicIP:
		c.add(publicIPOnEC2, at, "Tasks on EC2 have no public addresses. Take the line out, or run on FARGATE.")
	case !s.OnEC2() && !s.PublicIP && c.Network.Public() && c.root.child("network").sound("cidr", "nat", "vpc_id"):
		c.add(noWayOut, at, "The subnets are public and there is no NAT gateway, so a task without a public address reaches nothing, not even its image in ECR. Take the line out, or give the network a cidr and nat.")
	}
}

// size checks a task's CPU and memory against what it runs on.
func (c *checker) size(s service) {
	if !s.node.sound("cpu", "memory", "strategy") || s.mixed() {
		return
	}
	if !s.OnEC2() {
		c.fargateSize(s)
		return
	}
	if c.Cluster.EC2 == nil {
		return
	}
	kind := c.Cluster.EC2.InstanceType
	offered, known := instanceOf(kind)
	switch {
	case !known:
	case s.Memory > offered.memory:
		c.add(doesNotFit, s.node.at("memory"), "A task of %d MiB does not fit a %s, which has about %d MiB left for tasks. Lower memory, or choose a larger instance_type.", s.Memory, kind, offered.memory)
	case s.CPU > offered.cpu:
		c.add(doesNotFit, s.node.at("cpu"), "A task of %d CPU units does not fit a %s, which has %d. Lower cpu, or choose a larger instance_type.", s.CPU, kind, offered.cpu)
	}
}

func (c *checker) fargateSize(s service) {
	sizes := fargateMemory(s.CPU)
	if sizes == nil {
		c.add(fargatePair, s.node.at("cpu"), "Fargate has no task with cpu = %d: it is %s.", s.CPU, listOf(fargateCPU()))
		return
	}
	if !contains(sizes, s.Memory) {
		argument := "memory"
		if !s.node.has(argument) {
			argument = "cpu"
		}
		c.add(fargatePair, s.node.at(argument), "Fargate has no task with cpu = %d and memory = %d. With this cpu, memory is %s.%s",
			s.CPU, s.Memory, memorySizes(sizes), cpuFor(s.Memory))
	}
}
