package spec

import (
	"cmp"
	"hash/fnv"
	"slices"
)

// attachment is nil for a worker, and where nothing runs.
func (d *draft) attachment(s *Service, n *node) *Attachment {
	if !n.given || d.Cluster == nil {
		return nil
	}
	a := &Attachment{
		Listener:            n.text("existing"),
		TargetGroup:         n.textOr("target_group", d.defaultName(TargetGroup, s)),
		Hosts:               n.texts("host"),
		Paths:               n.texts("path"),
		Priority:            n.number("priority"),
		HealthCheck:         completeHealthCheck(n),
		DeregistrationDelay: n.number("deregistration_delay"),
		Range:               n.header,
	}
	if a.Listener == "" {
		a.Balancer = n.textOr("name", singleHyphens(d.Cluster.Name))
	}
	return a
}

// completeHealthCheck takes the path from the argument, and the rest from the
// block of the same name.
func completeHealthCheck(n *node) HealthCheck {
	check := n.child("health_check")
	return HealthCheck{
		Path:               n.textOr("health_check", check.text("path")),
		Matcher:            check.text("matcher"),
		Interval:           check.number("interval"),
		Timeout:            check.number("timeout"),
		HealthyThreshold:   check.number("healthy_threshold"),
		UnhealthyThreshold: check.number("unhealthy_threshold"),
	}
}

// balance gathers the load balancers that services name, and gives each
// service its place among the rules of its listener.
func (d *draft) balance() {
	shared := d.shared()
	for _, name := range keys(shared) {
		d.LoadBalancers = append(d.LoadBalancers, loadBalancer(name, shared[name]))
	}
	behind, taken := map[string][]*Attachment{}, map[string]map[int]bool{}
	for _, s := range d.Services {
		if a := s.LoadBalancer; a != nil {
			listener := a.listener()
			behind[listener] = append(behind[listener], a)
			if taken[listener] == nil {
				taken[listener] = map[int]bool{}
			}
			taken[listener][a.Priority] = true
		}
	}
	for _, s := range d.Services {
		if a := s.LoadBalancer; a != nil {
			a.Bare = bare(a, behind[a.listener()])
			if a.Priority == 0 {
				a.Priority = priority(a, s.ID, taken[a.listener()])
			}
		}
	}
}

// listener tells the listener of an attachment from all others.
func (a *Attachment) listener() string { return a.Balancer + a.Listener }

// shared is the load_balancer blocks of the services by the name of the load
// balancer, each in the order of the spec.
func (d *draft) shared() map[string][]*node {
	blocks := map[string][]*node{}
	for _, s := range d.services {
		if a := s.LoadBalancer; a != nil && a.Balancer != "" {
			blocks[a.Balancer] = append(blocks[a.Balancer], s.node.child("load_balancer"))
		}
	}
	return blocks
}

// loadBalancer takes each argument from the first block that sets it: blocks
// that disagree are a problem.
func loadBalancer(name string, blocks []*node) *LoadBalancer {
	b := &LoadBalancer{
		Name:      name,
		Allow:     setter(blocks, "allow").texts("allow"),
		Internal:  setter(blocks, "internal").flag("internal"),
		LogPrefix: bucketPrefix(name, "-logs-"),
	}
	for _, n := range blocks {
		if arn := n.text("certificate"); arn != "" && !contains(b.Certificates, arn) {
			b.Certificates = append(b.Certificates, arn)
		}
	}
	b.ListenerPort = cmp.Or(setter(blocks, "listener_port").number("listener_port"), defaultPort(b))
	return b
}

func defaultPort(b *LoadBalancer) int {
	if len(b.Certificates) > 0 {
		return 443
	}
	return 80
}

// setter returns the first block that sets an argument, or else the first.
func setter(blocks []*node, argument string) *node {
	i := slices.IndexFunc(blocks, func(n *node) bool { return n.has(argument) })
	return blocks[max(i, 0)]
}

// The rules of a listener are tried in the order of their priorities, 1 to
// 50000. A rule for one host comes before one for many, that before one for
// all, and among them the longer path before the shorter; of a list the longest
// counts. Where that leaves
// the choice, the name decides, so that a service that comes later moves no
// other.
const (
	priorityBand = 16600            // all paths, and room for rules that share a length
	priorityRoom = 128              // rules with a path of one length
	pathMost     = 128              // characters of a path pattern (ELB API, CreateRule)
	priorityMost = 3 * priorityBand // 49800
)

func priority(a *Attachment, id string, taken map[int]bool) int {
	band := 0
	switch {
	case len(a.Hosts) == 0:
		band = 2
	case slices.ContainsFunc(a.Hosts, hasWildcard):
		band = 1
	}
	hash := fnv.New32a()
	hash.Write([]byte(id))
	longest := 0
	for _, path := range a.Paths {
		longest = max(longest, len(path))
	}
	rank := pathMost - min(longest, pathMost)
	p := 1 + band*priorityBand + rank*priorityRoom + int(hash.Sum32()%priorityRoom)
	for taken[p] {
		p = p%priorityMost + 1
	}
	taken[p] = true
	return p
}
