package generator

import (
	"fmt"
	"strings"

	"github.com/zclconf/go-cty/cty"

	"tfgen/generator/spec"
)

// inVPC is how a spec calls the service's own VPC.
const inVPC = "vpc"

// egress is what a service's tasks may reach beside HTTPS and their VPC, by what
// tells one rule of a security group from another.
func egress(s *spec.Service) entry {
	rules := entry{}
	for _, e := range s.Egress {
		if e.To != inVPC {
			rule := ports(e)
			rule[target(e.To)] = cty.StringVal(e.To)
			rules[strings.TrimSuffix(e.To+" on "+spoken(e), " on ")] = cty.ObjectVal(rule)
		}
	}
	return rules
}

// vpcEgress is what tasks may reach of their VPC, nothing for all of it.
func vpcEgress(s *spec.Service) entry {
	rules := entry{}
	for _, e := range s.Egress {
		if e.To == inVPC {
			rules[spoken(e)] = cty.ObjectVal(ports(e))
		}
	}
	return rules
}

// target is the argument of a rule that names where it leads to.
func target(to string) string {
	switch {
	case strings.HasPrefix(to, "sg-"):
		return "referenced_security_group_id"
	case strings.HasPrefix(to, "pl-"):
		return "prefix_list_id"
	}
	return "cidr_ipv4"
}

// ports are the arguments of a rule that say what is spoken. A rule for all
// protocols has no ports (EC2 API, IpPermission).
func ports(e spec.Egress) entry {
	from, to := e.Ports.From, e.Ports.To
	switch {
	case e.Protocol == "":
		return entry{"ip_protocol": cty.StringVal("-1")}
	case to == 0:
		to = 65535
	}
	return entry{"from_port": number(from), "ip_protocol": cty.StringVal(e.Protocol), "to_port": number(to)}
}

// spoken is the protocol and the ports in words, "" for all.
func spoken(e spec.Egress) string {
	switch {
	case e.Ports.To == 0:
		return e.Protocol
	case e.Ports.From == e.Ports.To:
		return fmt.Sprintf("%s %d", e.Protocol, e.Ports.To)
	}
	return fmt.Sprintf("%s %d-%d", e.Protocol, e.Ports.From, e.Ports.To)
}
