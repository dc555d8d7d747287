package generator

import (
	"path"
	"slices"
	"strconv"

	"github.com/zclconf/go-cty/cty"

	"tfgen/generator/partial"
	"tfgen/generator/spec"
)

// environment returns the root in which the services run, and its modules.
func (g *generation) environment() []module {
	s, groups := g.spec, g.groups()
	modules := []module{{"environment", path.Join("environments", s.Environment.Name), func() entry { return g.environmentView(groups) }}}
	if s.Network.Kind != "given" {
		modules = append(modules, module{"network", "modules/network", func() entry { return networkView(s.Network) }})
	}
	if !s.Cluster.Existing {
		modules = append(modules, module{"cluster", "modules/cluster", func() entry { return clusterView(s.Cluster) }})
	}
	if len(s.LoadBalancers) > 0 {
		modules = append(modules, module{"load_balancer", "modules/load_balancer", func() entry { return loadBalancerView(s.LoadBalancers) }})
	}
	for _, group := range groups {
		modules = append(modules, module{"service", "modules/" + group.module, func() entry { return group.view(g) }})
	}
	if s.Source == nil {
		modules = append(modules, g.secrets()...)
	}
	return modules
}

// clusterView is what templates/cluster sees.
func clusterView(c *spec.Cluster) entry {
	return entry{"ec2": only(c.EC2 != nil), "insights": only(c.ContainerInsights)}
}

// networkView is what templates/network sees.
func networkView(n spec.Network) entry {
	return entry{
		"default":    only(n.Kind == "default"),
		"new":        only(n.Kind == "new"),
		"private":    only(n.Kind == "new" && n.NAT != "none"),
		"nat_single": only(n.Kind == "new" && n.NAT == "single"),
		"zones":      zones(n.Zones),
	}
}

// zones are names of zones, or null where any that suit are used.
func zones(names []string) cty.Value {
	if len(names) == 0 {
		return cty.NullVal(cty.DynamicPseudoType)
	}
	return list(names)
}

// loadBalancerView is what templates/load_balancer sees.
func loadBalancerView(all []*spec.LoadBalancer) entry {
	return entry{
		"https":    among(all, encrypted),
		"odd_port": among(all, oddPort),
	}
}

func encrypted(lb *spec.LoadBalancer) bool { return len(lb.Certificates) > 0 }

// oddPort holds for a load balancer whose address needs to name the port.
func oddPort(lb *spec.LoadBalancer) bool {
	if encrypted(lb) {
		return lb.ListenerPort != 443
	}
	return lb.ListenerPort != 80
}

// environmentView is what templates/environment sees.
func (g *generation) environmentView(groups []group) entry {
	s := g.spec
	made := map[string]entry{}
	for _, lb := range s.LoadBalancers {
		made[lb.Name] = loadBalancer(lb)
	}
	view := entry{
		"balancers": balancers(s.LoadBalancers, s.Services),
		"cluster":   g.cluster(),
		"https":     among(s.LoadBalancers, encrypted),
		"listeners": listeners(s.Services),
		"network":   g.network(),
		"set":       settings(made, moduleDefaults("load_balancer")),
		"variables": inputs(len(s.LoadBalancers) > 0 || g.makesSecrets(), nil, g.handedOn(inEnvironment)),
	}
	view["load_balancers"] = table(made)
	addPorts(view, s.LoadBalancers)
	var calls []cty.Value
	for _, kind := range kinds() {
		view[kind.local] = cty.NullVal(cty.DynamicPseudoType)
	}
	for _, group := range groups {
		entries := g.entries(group)
		calls = append(calls, group.call(g, settings(entries, moduleDefaults("service"))))
		view[group.local] = table(entries)
	}
	view["groups"] = cty.TupleVal(calls)
	g.addURLs(view, groups)
	g.addSecretARNs(view)
	g.addRoot(view, s.Environment.Name, inEnvironment)
	return view
}

// makesSecrets holds where the environment passes secrets to their module.
func (g *generation) makesSecrets() bool {
	parameters, secrets := g.madeIn(inEnvironment)
	return len(parameters)+len(secrets) > 0 && len(g.spec.Secrets) > 0
}

// loadBalancer is what a load balancer passes to its module.
func loadBalancer(lb *spec.LoadBalancer) entry {
	return entry{
		"allowed_cidrs":     list(lb.Allow),
		"certificate_arns":  list(lb.Certificates),
		"internal":          cty.BoolVal(lb.Internal),
		"listener_port":     number(lb.ListenerPort),
		"log_bucket_prefix": cty.StringVal(lb.LogPrefix),
		"redirect_ports":    list(redirectPorts(lb)),
	}
}

// addPorts adds the ports of load balancers, alone and with who may reach them.
func addPorts(view entry, all []*spec.LoadBalancer) {
	ports, open, redirects, openRedirects := []cty.Value{}, []cty.Value{}, []cty.Value{}, []cty.Value{}
	for _, lb := range all {
		ports = append(ports, port(lb, "", strconv.Itoa(lb.ListenerPort)))
		for _, redirect := range redirectPorts(lb) {
			redirects = append(redirects, port(lb, "", redirect))
		}
		for _, cidr := range lb.Allow {
			open = append(open, port(lb, cidr, strconv.Itoa(lb.ListenerPort)))
			for _, redirect := range redirectPorts(lb) {
				openRedirects = append(openRedirects, port(lb, cidr, redirect))
			}
		}
	}
	view["ports"], view["open_ports"] = cty.TupleVal(ports), cty.TupleVal(open)
	view["redirect_ports"], view["open_redirect_ports"] = cty.TupleVal(redirects), cty.TupleVal(openRedirects)
}

func port(lb *spec.LoadBalancer, cidr, number string) cty.Value {
	return cty.ObjectVal(entry{
		"balancer": cty.StringVal(lb.Name),
		"cidr":     cty.StringVal(cidr),
		"key":      cty.StringVal(cidr + " " + number),
		"port":     cty.StringVal(number),
	})
}

// redirectPorts are where clients without encryption are sent on from.
func redirectPorts(lb *spec.LoadBalancer) []string {
	if encrypted(lb) && lb.ListenerPort != 80 {
		return []string{"80"}
	}
	return []string{}
}

// listeners returns the ARNs of the listeners that services attach to and that
// are not made here, or null.
func listeners(services []*spec.Service) cty.Value {
	var arns []string
	for _, s := range services {
		if s.LoadBalancer != nil && s.LoadBalancer.Listener != "" {
			arns = append(arns, s.LoadBalancer.Listener)
		}
	}
	if arns == nil {
		return cty.NullVal(cty.DynamicPseudoType)
	}
	return list(sorted(arns))
}

// network is where the environment's parts live: in a module's subnets, or in
// those whose ids are given.
func (g *generation) network() cty.Value {
	n := g.spec.Network
	view := networkView(n)
	view["module"], view["given"] = only(n.Kind != "given"), only(n.Kind == "given")
	view["cidr"], view["name"] = text(n.CIDR), cty.NullVal(cty.String)
	if n.Kind == "new" {
		view["name"] = cty.StringVal(g.spec.Cluster.Name)
	}
	view["vpc_id"] = text(n.VPCID)
	view["subnet_ids"] = list(n.SubnetIDs)
	view["load_balancer_subnet_ids"] = list(n.LoadBalancerSubnetIDs)
	return cty.ObjectVal(view)
}

// cluster is what the root says of the cluster.
func (g *generation) cluster() cty.Value {
	c := g.spec.Cluster
	var fargate []string
	if c.Fargate {
		fargate = append(fargate, "FARGATE")
	}
	if c.FargateSpot {
		fargate = append(fargate, "FARGATE_SPOT")
	}
	return cty.ObjectVal(entry{
		"ec2":               instances(c.EC2),
		"existing":          only(c.Existing),
		"fargate_providers": list(fargate),
		"id":                cty.StringVal(spec.Identity(g.spec.Project.Name, c.Label, g.spec.Environment.Name)),
		"module":            only(!c.Existing),
		"name":              cty.StringVal(c.Name),
	})
}

// instances is what the root says of the cluster's instances, or null.
func instances(i *spec.EC2) cty.Value {
	if i == nil {
		return cty.NullVal(cty.DynamicPseudoType)
	}
	image := "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id"
	if i.Architecture == "ARM64" {
		image = "/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id"
	}
	return cty.ObjectVal(entry{
		"image_id":        cty.StringVal("resolve:ssm:" + image),
		"instance_type":   cty.StringVal(i.InstanceType),
		"max_size":        number(i.MaxSize),
		"min_size":        number(i.MinSize),
		"target_capacity": number(i.TargetCapacity),
	})
}

// addURLs adds where the root finds the services that answer somewhere.
func (g *generation) addURLs(view entry, groups []group) {
	behind := slices.DeleteFunc(slices.Clone(g.spec.Services), func(s *spec.Service) bool { return s.LoadBalancer == nil })
	var locals []string
	for _, group := range groups {
		if group.balanced {
			locals = append(locals, group.local)
		}
	}
	view["behind"], view["both"] = cty.NullVal(cty.DynamicPseudoType), cty.BoolVal(len(locals) == 2)
	if len(locals) > 0 {
		view["behind"] = partial.Reference("local", locals[0])
	}
	view["hosts"] = among(behind, hasHost)
}

// balancers is where the root finds what services attach to: load balancers by
// their names, and listeners that are not made here by their ARNs.
func balancers(made []*spec.LoadBalancer, services []*spec.Service) cty.Value {
	switch {
	case listeners(services).IsNull():
		return partial.Reference("module", "load_balancer")
	case len(made) == 0:
		return partial.Reference("local", "existing_listeners")
	}
	return partial.Reference("local", "listeners")
}

func hasHost(s *spec.Service) bool { return s.LoadBalancer != nil && len(s.LoadBalancer.Hosts) > 0 }

// buildspecPath is where a buildspec stands in the repository.
func buildspecPath(b *spec.Build) string { return path.Join(b.Context, b.Buildspec) }
