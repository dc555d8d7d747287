package report

import (
	"fmt"
	"slices"
	"strings"
)

// A Consequence is what an apply means to those who use what is there already.
type Consequence struct {
	Kind string // one of those below
	Text string // a sentence without its full stop
}

// The kinds of consequences, the gravest first.
const (
	Cuts     = "cuts"     // requests fail, or an address goes
	Replaces = "replaces" // something new is made, and in use before the old one goes
	Moves    = "rolls"    // tasks make way for new ones
	Costs    = "costs"    // something more is paid by the hour
)

// Consequences are those of a plan, by kind and then in the order of its
// changes. A plan that makes everything, or removes it, has nobody yet, or
// shall have nobody any more, to notice: of the former there is what it costs,
// in one sentence.
func (p Plan) Consequences() []Consequence {
	if p.Unchanged == 0 {
		return p.firstCosts()
	}
	return slices.Concat(p.cuts(), p.replacements(), p.rolling(), p.costs())
}

// cuts says where requests fail.
func (p Plan) cuts() (all []Consequence) {
	for _, c := range p.Changes {
		one := Consequence{Cuts, cut(c)}
		if one.Text != "" && !slices.Contains(all, one) {
			all = append(all, one)
		}
	}
	for _, r := range p.Rolls {
		switch {
		case r.Verb == Replaced:
			all = append(all, Consequence{Cuts, r.Service + " goes before it is made again: for a while none of its tasks runs"})
		case r.Verb == Removed:
			all = append(all, Consequence{Cuts, r.Service + " goes for good" + p.besides()})
		case strings.Contains(r.Tasks, noneRuns):
			all = append(all, Consequence{Cuts, r.Service + " stops its tasks before new ones start: " + noneRuns})
		}
	}
	return all
}

// besides names the services that start while another one goes: whoever changed a
// label finds that it is part of names which AWS does not change.
func (p Plan) besides() string {
	var names []string
	for _, r := range p.Rolls {
		if r.Verb == Starts {
			names = append(names, r.Service)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return fmt.Sprintf(", also where it is now called %s: AWS renames no service, and a new one starts with its first image", strings.Join(names, " or "))
}

// cut says what one change interrupts, or "".
func cut(c Change) string {
	owner := Group(c.Module)
	switch {
	case c.Type == "aws_lb_target_group" && c.Action.Replaces():
		return "requests to " + owner + " fail from when its rule sends to the new target group until its first task is healthy there"
	case c.Type == "aws_vpc_security_group_egress_rule" && c.Action.Replaces() && beyondHTTPS(c.Local):
		return "the old tasks of " + owner + " reach what answers over HTTPS alone, from when the rules of their security group go until new tasks take their place"
	case c.Type == "aws_lb" && c.Removes():
		return owner + " goes, and its address with it"
	case c.Type == "aws_lb_listener" && c.Action == Delete:
		return owner + " no longer listens on port " + key(c.Local)
	case c.Type == "aws_lb_listener_rule" && c.Action == Delete:
		return "the load balancer no longer sends requests to " + owner
	case c.Local == "terraform_data.port" && c.Action == Update:
		return after(c, "input", owner+" is asked on port %s from now on: an image that does not listen there gets no requests, and its rollout fails")
	case c.Type == "aws_ecs_task_definition":
		return after(c, "runtime_platform.cpu_architecture", owner+" runs on %s from now on: an image that is not built for it does not start")
	}
	return ""
}

// beyondHTTPS reports whether a rule lets tasks out to what the service does not
// wait for: all but what registries and load balancers need.
func beyondHTTPS(local string) bool {
	_, name, _ := strings.Cut(local, ".")
	return strings.HasPrefix(name, "vpc") || strings.HasPrefix(name, "targets")
}

// after puts the new value of an attribute into a sentence, which is "" where
// the attribute stays as it is.
func after(c Change, path, sentence string) string {
	for _, a := range c.Attributes {
		if strings.TrimPrefix(strings.ReplaceAll(a.Path, "[0]", ""), ".") == path {
			return fmt.Sprintf(sentence, a.After)
		}
	}
	return ""
}

// key is what stands between the brackets of an address.
func key(local string) string {
	_, rest, _ := strings.Cut(local, "[")
	return strings.Trim(rest, `]"`)
}

// replacements names what is made anew beside what there is.
func (p Plan) replacements() (all []Consequence) {
	for _, c := range p.Changes {
		if c.Action == CreateFirst && !c.Kept {
			all = append(all, Consequence{Replaces, fmt.Sprintf("%s of %s, the new one first", c.Local, Group(c.Module))})
		}
	}
	return all
}

func (p Plan) rolling() (all []Consequence) {
	for _, r := range p.Rolls {
		if r.Verb == Rolls {
			all = append(all, Consequence{Moves, r.String()})
		}
	}
	return all
}

// costs names what is paid by the hour from now on.
func (p Plan) costs() (all []Consequence) {
	for _, c := range p.Changes {
		if text := cost(c); text != "" {
			all = append(all, Consequence{Costs, text + ", by the hour"})
		}
	}
	return all
}

// cost says what a change makes dearer, or "".
func cost(c Change) string {
	paid := map[string]string{
		"aws_lb":                "a load balancer, with a public address in each zone unless it is internal",
		"aws_nat_gateway":       "a NAT gateway with its address",
		"aws_autoscaling_group": "the instances that run",
	}
	switch {
	case c.Action == Create && paid[c.Type] != "":
		return paid[c.Type] + " (" + c.Address + ")"
	case c.Type == "aws_autoscaling_group" && c.Action == Update:
		return after(c, "min_size", "%s instances at least")
	case c.Type == "aws_ecs_service" && c.Action == Create:
		return "the tasks of " + Group(c.Module)
	}
	return ""
}
