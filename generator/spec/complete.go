package spec

import "path/filepath"

// A draft is a Spec on its way: complete, and not yet checked. The nodes tell
// what was written from what follows, and where it was written.
type draft struct {
	*Spec
	root     *node
	services []service
}

// service is a Service and the block that it was made from.
type service struct {
	*Service
	node *node
}

// complete makes a Spec of what was written, and fills in what follows.
func complete(filename string, root *node) *draft {
	project := root.child("project")
	d := &draft{root: root, Spec: &Spec{
		File:        filename,
		Dir:         filepath.Dir(filename),
		Project:     completeProject(project),
		State:       completeState(root.child("state"), project),
		Source:      completeSource(root.child("source")),
		Network:     completeNetwork(root.child("network")),
		Cluster:     completeCluster(root.child("cluster"), environmentName(root.child("environment"))),
		Parameters:  completeParameters(root.blocks["parameter"]),
		Secrets:     completeSecrets(root.blocks["secret"]),
		Environment: completeEnvironment(root.child("environment")),
	}}
	for _, n := range root.blocks["service"] {
		s := d.service(n)
		d.services = append(d.services, service{s, n})
		d.Services = append(d.Services, s)
	}
	d.balance()
	return d
}

func completeProject(n *node) Project {
	return Project{
		Name:    n.label,
		Region:  n.text("region"),
		KMSKey:  n.text("kms_key"),
		Account: n.text("account"),
		Tags:    n.tags("tags"),
		Output:  n.text("output"),
		Range:   n.header,
	}
}

func completeState(n, project *node) State {
	switch n.label {
	case "s3":
		return State{
			Kind:   n.label,
			Bucket: n.text("bucket"),
			Region: n.textOr("region", project.text("region")),
			KMSKey: n.text("kms_key"),
		}
	case "hcp":
		return State{
			Kind:         n.label,
			Organization: n.text("organization"),
			HCPProject:   n.text("project"),
			Hostname:     n.text("hostname"),
		}
	}
	return State{Kind: "local"}
}

func completeSource(n *node) *Source {
	if !n.given {
		return nil
	}
	return &Source{
		Kind:       n.label,
		Repository: n.text("repository"),
		Branch:     n.text("branch"),
		Create:     n.flag("create"),
		Range:      n.header,
	}
}

func completeNetwork(n *node) Network {
	network := Network{Kind: "default", Zones: n.texts("zones"), Range: n.header}
	switch {
	case n.has("cidr"):
		network.Kind = "new"
		network.CIDR = n.text("cidr")
		network.NAT = n.textOr("nat", "single")
	case n.has("vpc_id"):
		network.Kind = "given"
		network.VPCID = n.text("vpc_id")
		network.SubnetIDs = n.texts("subnet_ids")
		network.LoadBalancerSubnetIDs = network.SubnetIDs
		if n.has("load_balancer_subnet_ids") {
			network.LoadBalancerSubnetIDs = n.texts("load_balancer_subnet_ids")
		}
	}
	return network
}

func completeCluster(n *node, environment string) *Cluster {
	if !n.given {
		return nil
	}
	c := &Cluster{
		Label:             n.label,
		Name:              n.label,
		Existing:          n.flag("existing"),
		ContainerInsights: n.flag("container_insights"),
		Range:             n.header,
	}
	if !c.Existing {
		c.Name = clusterName(n.label, environment)
	}
	for _, capacity := range n.blocks["capacity"] {
		switch capacity.label {
		case fargate:
			c.Fargate = true
		case fargateSpot:
			c.FargateSpot = true
		case instances:
			c.EC2 = completeEC2(capacity)
		}
	}
	return c
}

func completeEC2(n *node) *EC2 {
	return &EC2{
		InstanceType:   n.text("instance_type"),
		Architecture:   architectureOf(n.text("instance_type")),
		MinSize:        n.number("min_size"),
		MaxSize:        n.number("max_size"),
		TargetCapacity: n.number("target_capacity"),
	}
}

// has reports whether the cluster has the capacity that a strategy names.
func (c *Cluster) has(provider string) bool {
	switch provider {
	case fargate:
		return c.Fargate
	case fargateSpot:
		return c.FargateSpot
	default:
		return c.EC2 != nil
	}
}

func completeParameters(nodes []*node) []Parameter {
	var found []Parameter
	for _, n := range nodes {
		found = append(found, Parameter{
			Path:    n.label,
			Value:   get[Value](n, "value"),
			Version: n.number("version"),
			Range:   n.header,
		})
	}
	return found
}

func completeSecrets(nodes []*node) []Secret {
	var found []Secret
	for _, n := range nodes {
		found = append(found, Secret{
			Name:    n.label,
			Values:  n.variables("values"),
			Version: n.number("version"),
			Range:   n.header,
		})
	}
	return found
}

func completeEnvironment(n *node) Environment {
	return Environment{Name: environmentName(n), Tags: n.tags("tags")}
}

// environmentName is what the environment is called, whether or not it has a block.
func environmentName(n *node) string {
	if n.given {
		return n.label
	}
	return production
}
