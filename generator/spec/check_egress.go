package spec

import (
	"cmp"
	"fmt"
	"strings"
)

// egress checks what a service's tasks may reach. AWS takes no rule twice
// (AuthorizeSecurityGroupEgress), and two rules are made without being asked for.
func (c *checker) egress(s service) {
	known := map[Egress]string{
		{To: everywhere, Ports: Ports{443, 443}, Protocol: "tcp"}: "Tasks reach HTTPS everywhere without it",
		{To: "vpc"}: "Tasks reach all of their VPC without it",
	}
	if own := c.Network.ownRange(); own != "" && !s.NarrowsVPC() {
		known[Egress{To: own}] = "Tasks reach all of their VPC without it"
	}
	for _, n := range s.node.blocks["egress"] {
		if !n.sound("to", "port", "protocol") {
			continue
		}
		for _, rule := range completeEgress([]*node{n}) {
			at := n.item("to", rule.To)
			c.target(n, rule.To)
			if why, twice := known[rule]; twice {
				c.add(badEgress, at, "%s. Take it out.", why)
			}
			known[rule] = fmt.Sprintf("Line %d says so already", at.Start.Line)
		}
	}
}

const everywhere = "0.0.0.0/0"

// ownRange is the VPC's range of addresses as far as a spec can know it, else
// "". Every default VPC has the same (VPC user guide, "Default VPCs").
func (n Network) ownRange() string {
	if n.Kind == "default" {
		return "172.31.0.0/16"
	}
	return n.CIDR
}

// target checks where a rule leads to.
func (c *checker) target(n *node, to string) {
	switch {
	case to == "vpc":
	case strings.HasPrefix(to, "sg-"):
		c.id(n, "to", to, "sg-")
	case strings.HasPrefix(to, "pl-"):
		c.id(n, "to", to, "pl-")
	case strings.Contains(to, "/") || singleAddress(to) != "":
		c.cidr(n, "to", to)
	default:
		c.add(badEgress, n.item("to", to), "%q is neither \"vpc\" nor a range of addresses, a security group or a prefix list: write 10.1.0.0/16, sg-… or pl-….%s",
			to, cmp.Or(suggest(to, []string{"vpc"}), hostHint(to)))
	}
}

// hostHint says what to do about a name: security groups know none.
func hostHint(to string) string {
	if strings.Contains(to, ".") {
		return " A security group knows no names: name the group of what answers there, or its addresses."
	}
	return ""
}
