package existing

import (
	"cmp"
	"context"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/aws"

	"tfgen/internal/operate"
)

// A Rule is a rule of a security group with the tags that say whose it is.
type Rule struct {
	Group       string // ID of the security group
	Egress      bool   // whether it lets out, and not in
	Protocol    string // as EC2 has it: "tcp", "-1" for all
	From, To    int    // ports, or ICMP type and code; -1 for all
	Peer        string // a range of addresses, or the ID of a prefix list or a security group
	Project     string // tag of its owner
	Environment string // tag of its owner, or ""
}

// OwnedRules lists the rules of security groups, given by their IDs, that have a
// tag that says whose project they are.
func OwnedRules(ctx context.Context, client *operate.Client, groups []string) ([]Rule, error) {
	return ownedRules(ctx, client.Config(), groups)
}

func ownedRules(ctx context.Context, config aws.Config, groups []string) (all []Rule, err error) {
	rules, err := groupRules(ctx, config, groups...)
	for _, r := range rules {
		tags := r.Tags.byKey()
		if tags["Project"] == "" {
			continue
		}
		all = append(all, Rule{
			Group: r.Of, Egress: r.Egress, Protocol: r.Protocol, From: number(r.FromPort), To: number(r.ToPort),
			Peer: cmp.Or(r.IPv4, r.IPv6, r.PrefixList, r.Group), Project: tags["Project"], Environment: tags["Environment"],
		})
	}
	return all, err
}

// number is a port as EC2 has it. All ports are -1, or left out.
func number(port string) int {
	n, err := strconv.Atoi(port)
	if err != nil {
		return -1
	}
	return n
}
