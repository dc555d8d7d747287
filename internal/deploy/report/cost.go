package report

import (
	"fmt"
	"strings"
)

// hourly are the resources that are paid by the hour as long as they are
// there, in the order of docs/costs.md, with what they are called where there
// is one and where there are more.
var hourly = []struct{ kind, one, more string }{ //nolint:gochecknoglobals // never changed
	{"aws_lb", "a load balancer", "%d load balancers"},
	{"aws_nat_gateway", "a NAT gateway", "%d NAT gateways"},
	{"aws_ecs_service", "the tasks of a service", "the tasks of %d services"},
	{"aws_autoscaling_group", "instances", "%d groups of instances"},
}

// firstCosts names in one sentence what a first plan makes that is paid by the
// hour.
func (p Plan) firstCosts() []Consequence {
	made := map[string]int{}
	for _, c := range p.Changes {
		if c.Action == Create {
			made[c.Type]++
		}
	}
	var said []string
	for _, h := range hourly {
		switch n := made[h.kind]; {
		case n == 1:
			said = append(said, h.one)
		case n > 1:
			said = append(said, fmt.Sprintf(h.more, n))
		}
	}
	if len(said) == 0 {
		return nil
	}
	return []Consequence{{Costs, sentence(said) + ", by the hour; docs/costs.md says what else, and what turns each off"}}
}

// sentence joins phrases as in a list: "a, b and c".
func sentence(all []string) string {
	last := len(all) - 1
	if last == 0 {
		return all[0]
	}
	return strings.Join(all[:last], ", ") + " and " + all[last]
}
