package foreign

import (
	"fmt"
	"net/netip"
	"path"
	"slices"
	"strings"
)

// A group is what is read of aws_security_group. AWS lists what several rules
// open for the same ports as one.
type group struct {
	ID      string
	Ingress []entry
	Egress  []entry
}

// An entry is what a group opens for some ports.
type entry struct {
	Protocol string
	From     int      `json:"from_port"`
	To       int      `json:"to_port"`
	IPv4     []string `json:"cidr_blocks"`
	IPv6     []string `json:"ipv6_cidr_blocks"`
	Lists    []string `json:"prefix_list_ids"`
	Groups   []string `json:"security_groups"`
	Self     bool
}

// Rule is how Find calls a rule of a security group, given by its ID. Protocol is
// a name or a number, "-1" for all; from and to are ports, or type and code of
// ICMP; peer is a range of addresses, or the ID of a prefix list or of a group.
func Rule(group string, egress bool, protocol string, from, to int, peer string) string {
	direction := "ingress"
	if egress {
		direction = "egress"
	}
	return entry{Protocol: protocol, From: from, To: to, Groups: []string{peer}}.parts(group, direction)[0].what
}

func (g group) holds() (all []part) {
	for _, e := range g.Ingress {
		all = append(all, e.parts(g.ID, "ingress")...)
	}
	for _, e := range g.Egress {
		all = append(all, e.parts(g.ID, "egress")...)
	}
	return all
}

// parts takes an entry apart, one for each peer.
func (e entry) parts(group, direction string) (all []part) {
	peers := slices.Concat(e.IPv4, e.IPv6, e.Lists, e.Groups)
	if e.Self {
		peers = append(peers, group)
	}
	preposition := "from"
	if direction == "egress" {
		preposition = "to"
	}
	for _, peer := range peers {
		what := fmt.Sprintf("%s %s %s %s", direction, traffic(e.Protocol, e.From, e.To), preposition, named(peer, group))
		all = append(all, part{group, direction, what})
	}
	return all
}

// named is a peer in the one of its spellings that the others are compared in.
func named(peer, group string) string {
	if cidr, err := netip.ParsePrefix(peer); err == nil {
		return cidr.Masked().String()
	}
	peer = path.Base(peer) // without the account of a group in another one
	if peer == group {
		return "itself"
	}
	return peer
}

// traffic says protocol and ports in the one way that all spellings of them
// have in common. Only these four protocols have ports, or types.
func traffic(protocol string, from, to int) string {
	switch protocol = protocolName(protocol); protocol {
	case "tcp", "udp":
		if from == to {
			return fmt.Sprintf("%s %d", protocol, from)
		}
		return fmt.Sprintf("%s %d-%d", protocol, from, to)
	case "icmp", "icmpv6":
		if from < 0 {
			return protocol
		}
		return fmt.Sprintf("%s type %d code %d", protocol, from, to)
	case "-1":
		return "all traffic"
	}
	return "protocol " + protocol
}

// protocolName is what AWS calls a protocol that may be written as a number.
func protocolName(protocol string) string {
	switch p := strings.ToLower(protocol); p {
	case "all":
		return "-1"
	case "1":
		return "icmp"
	case "6":
		return "tcp"
	case "17":
		return "udp"
	case "58":
		return "icmpv6"
	default:
		return p
	}
}

// ownRule is what is read of aws_vpc_security_group_ingress_rule, and of
// aws_vpc_security_group_egress_rule.
type ownRule struct {
	Group    string `json:"security_group_id"`
	Protocol string `json:"ip_protocol"`
	From     int    `json:"from_port"`
	To       int    `json:"to_port"`
	IPv4     string `json:"cidr_ipv4"`
	IPv6     string `json:"cidr_ipv6"`
	List     string `json:"prefix_list_id"`
	Peer     string `json:"referenced_security_group_id"`
}

func (r ownRule) ingress() []part { return r.entry().parts(r.Group, "ingress") }

func (r ownRule) egress() []part { return r.entry().parts(r.Group, "egress") }

func (r ownRule) entry() entry {
	peers := slices.DeleteFunc([]string{r.IPv4, r.IPv6, r.List, r.Peer}, func(peer string) bool { return peer == "" })
	return entry{Protocol: r.Protocol, From: r.From, To: r.To, Groups: peers}
}

// oldRule is what is read of aws_security_group_rule.
type oldRule struct {
	entry
	Group string `json:"security_group_id"`
	Type  string
	Peer  string `json:"source_security_group_id"`
}

func (r oldRule) claims() []part {
	if r.Peer != "" {
		r.Groups = append(r.Groups, r.Peer)
	}
	return r.parts(r.Group, r.Type)
}

// exclusive is what is read of aws_vpc_security_group_rules_exclusive.
type exclusive struct {
	Group string `json:"security_group_id"`
}

func (e exclusive) claims() []part { return []part{{owner: e.Group, what: everything}} }
