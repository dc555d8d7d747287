package spec

import (
	"fmt"
	"net/netip"
	"strings"
)

func (c *checker) network() {
	n := c.root.child("network")
	c.networkKind(n)
	c.networkRange(n)
	for _, id := range n.texts("subnet_ids") {
		c.id(n, "subnet_ids", id, "subnet-")
	}
	for _, id := range n.texts("load_balancer_subnet_ids") {
		c.id(n, "load_balancer_subnet_ids", id, "subnet-")
	}
	if n.has("vpc_id") {
		c.id(n, "vpc_id", n.text("vpc_id"), "vpc-")
	}
	c.subnets(n)
	c.zones(n)
}

// networkKind reports a network that is a mixture: one is new, or it exists.
func (c *checker) networkKind(n *node) {
	isNew := n.has("cidr") || !n.sound("cidr")
	given := n.has("vpc_id") || !n.sound("vpc_id")
	for _, name := range []string{"vpc_id", "subnet_ids", "load_balancer_subnet_ids"} {
		switch {
		case !n.has(name):
		case isNew:
			c.add(mixedNetwork, n.at(name), "cidr makes a new VPC, and %s names one that exists. Keep one of the two.", name)
		case !given:
			c.add(mixedNetwork, n.at(name), "%s needs vpc_id, the VPC that they are in.", name)
		}
	}
	if n.has("nat") && !isNew {
		c.add(mixedNetwork, n.at("nat"), "nat is for a new VPC: set cidr, or take the line out.")
	}
	if n.has("zones") && given {
		c.add(mixedNetwork, n.at("zones"), "The subnets of a VPC that exists say which zones are used. Take the line out.")
	}
	if given && !isNew && !n.has("subnet_ids") && n.sound("subnet_ids", "vpc_id") {
		c.add(mixedNetwork, n.at("vpc_id"), "vpc_id needs subnet_ids, the subnets that tasks live in.")
	}
}

// networkRange wants room for the subnets: sixteen of them, each of them a /28
// or larger (VPC user guide, "Subnet CIDR blocks").
func (c *checker) networkRange(n *node) {
	if !n.has("cidr") {
		return
	}
	prefix, ok := c.cidr(n, "cidr", n.text("cidr"))
	if ok && (prefix.Bits() < 16 || prefix.Bits() > 24) {
		c.add(badNetworkSize, n.at("cidr"), "A VPC for this is between /16 and /24, and %s is a /%d: its subnets take a sixteenth each.", n.text("cidr"), prefix.Bits())
	}
}

// cidr checks a range of IPv4 addresses.
func (c *checker) cidr(n *node, argument, text string) (netip.Prefix, bool) {
	prefix, err := netip.ParsePrefix(text)
	switch {
	case err != nil:
		c.add(badCIDR, n.item(argument, text), "%q is not a range of addresses. Write one as 10.0.0.0/16%s.", text, singleAddress(text))
	case !prefix.Addr().Is4():
		c.add(badCIDR, n.item(argument, text), "%q is IPv6, and load balancers and networks here are IPv4.", text)
	case prefix.Masked() != prefix:
		c.add(badCIDR, n.item(argument, text), "%q is an address inside of a range. The range is %q.", text, prefix.Masked())
	default:
		return prefix, true
	}
	return prefix, false
}

// singleAddress says how one address is written as a range.
func singleAddress(text string) string {
	if addr, err := netip.ParseAddr(text); err == nil && addr.Is4() {
		return fmt.Sprintf(", and a single address as %s/32", addr)
	}
	return ""
}

// id checks the form of an ID such as vpc-0a1b2c3d4e5f67890.
func (c *checker) id(n *node, argument, id, prefix string) {
	digits := strings.TrimPrefix(id, prefix)
	hex := strings.IndexFunc(digits, func(r rune) bool { return !isDigit(r) && (r < 'a' || r > 'f') }) < 0
	if digits == id || !hex || len(digits) < 8 || len(digits) > 17 {
		c.add(badID, n.item(argument, id), "%q is not an ID. It begins with %s and goes on with 8 or 17 hexadecimal digits.", id, prefix)
	}
}

// zones checks the form of zones' names (EC2 user guide, "Availability Zones"),
// and wants two of them for load balancers.
func (c *checker) zones(n *node) {
	all, region := n.texts("zones"), c.Project.Region
	for _, zone := range all {
		letter, ok := strings.CutPrefix(zone, region)
		if region != "" && (!ok || len(letter) != 1 || letter < "a" || letter > "h") {
			c.add(badZone, n.item("zones", zone), "%q is not a zone of %s. Write one as %sa.", zone, region, region)
		}
	}
	if n.has("zones") && len(all) < 2 && len(c.LoadBalancers) > 0 {
		c.add(oneZone, n.at("zones"), "A load balancer needs two zones at least, and this names %d. Add one, or take the line out.", len(all))
	}
}

// subnets wants two subnets for load balancers: AWS refuses fewer than two zones
// (CreateLoadBalancer), and a subnet is in one.
func (c *checker) subnets(n *node) {
	balanced := len(c.LoadBalancers) > 0
	if c.Network.Kind != "given" || !balanced || !n.sound("subnet_ids", "load_balancer_subnet_ids") || len(c.Network.LoadBalancerSubnetIDs) >= 2 {
		return
	}
	argument := "subnet_ids"
	if n.has("load_balancer_subnet_ids") {
		argument = "load_balancer_subnet_ids"
	}
	if n.has(argument) {
		c.add(oneZone, n.at(argument), "A load balancer needs subnets in two zones at least, and this names %d. Add one of another zone, or set load_balancer_subnet_ids.", len(c.Network.LoadBalancerSubnetIDs))
	}
}
