package changes

import (
	"fmt"
	"slices"
)

// A moment is what there is after a call, as the local AWS writes it down.
type moment struct {
	Account, Call string
	Forced        bool // a deployment, although nothing of the tasks' changes
	Services      []served
	Routes        []route
	Openings      []opening
	Roles         map[string][]string // the policies of each
}

// served is a service that is there.
type served struct {
	Name       string // CLUSTER/SERVICE
	Running    int
	Definition string   // ARN of the task definition
	Groups     []string // security groups of its tasks
	Stranded   []string // subnets of its tasks without a way to the internet
	Targets    []target
	Roles      []string
}

// A target is a target group, and the port of the tasks in it.
type target struct {
	Group string
	Port  int
}

// A route is a rule of a listener that forwards.
type route struct {
	Rule    string
	Groups  []string // security groups of the load balancer
	Targets []string
}

// An opening is a rule of a security group.
type opening struct {
	Group, Way string // "in" or "out"
	From, To   int
	All        bool // every protocol and port
	Other      string
	CIDR       string
}

// cuts says after which calls somebody was cut off who was served before the
// first and is served after the last. The first moment is the one before.
func cuts(moments []moment) (found []string) {
	first, last := moments[0], moments[len(moments)-1]
	for _, m := range moments[1:] {
		faults := slices.Concat(m.astray(first), m.stranded())
		for _, before := range first.Services {
			if after := last.service(before.Name); before.Running > 0 && after.Running > 0 {
				faults = append(faults, m.cut(before, after)...)
				if m.waysOut(before.Groups) < min(first.waysOut(before.Groups), last.waysOut(after.Groups)) {
					faults = append(faults, before.Name+" reaches less than before and after")
				}
				faults = append(faults, m.unable(before.Name, first.Roles, last.Roles)...)
			}
		}
		for _, fault := range faults {
			found = append(found, "after "+m.Call+": "+fault)
		}
	}
	return slices.Compact(found)
}

func (m moment) service(name string) served {
	for _, s := range m.Services {
		if s.Name == name {
			return s
		}
	}
	return served{}
}

// cut says why nobody reaches a service.
func (m moment) cut(before, after served) (faults []string) {
	now := m.service(before.Name)
	if now.Running == 0 {
		return []string{before.Name + " does not run"}
	}
	if len(before.Targets) == 0 || len(after.Targets) == 0 {
		return nil
	}
	led := false
	for _, r := range m.Routes {
		for _, to := range now.Targets {
			if slices.Contains(r.Targets, to.Group) {
				led = true
				if !m.lets(r.Groups, now.Groups, to.Port) {
					faults = append(faults, fmt.Sprintf("the load balancer cannot reach %s on port %d", now.Name, to.Port))
				}
			}
		}
	}
	if !led {
		faults = append(faults, "nothing leads to "+now.Name)
	}
	return faults
}

// lets reports whether one of some groups may reach one of others on a port.
func (m moment) lets(from, to []string, port int) bool {
	open := func(way string, groups, others []string) bool {
		return slices.ContainsFunc(m.Openings, func(o opening) bool {
			return o.Way == way && slices.Contains(groups, o.Group) && (o.All || o.From <= port && port <= o.To) &&
				(o.CIDR != "" || slices.Contains(others, o.Other))
		})
	}
	return open("out", from, to) && open("in", to, from)
}

// waysOut counts the rules that let some groups out.
func (m moment) waysOut(groups []string) (n int) {
	for _, o := range m.Openings {
		if o.Way == "out" && slices.Contains(groups, o.Group) {
			n++
		}
	}
	return n
}

// unable says what the roles of a service lack that they had before and have
// after.
func (m moment) unable(name string, before, after map[string][]string) (faults []string) {
	for _, role := range m.service(name).Roles {
		policies, there := m.Roles[role]
		if !there {
			faults = append(faults, name+" has no role "+role)
		}
		for _, p := range before[role] {
			if slices.Contains(after[role], p) && !slices.Contains(policies, p) {
				faults = append(faults, role+" lacks "+p)
			}
		}
	}
	return faults
}

// stranded says which services run where no image can be pulled.
func (m moment) stranded() (faults []string) {
	for _, s := range m.Services {
		if len(s.Stranded) > 0 {
			faults = append(faults, s.Name+" runs in subnets that nothing leads out of")
		}
	}
	return faults
}

// astray says which rules that were there lead to no task.
func (m moment) astray(before moment) (faults []string) {
	for _, r := range m.Routes {
		was := slices.ContainsFunc(before.Routes, func(b route) bool { return b.Rule == r.Rule })
		serves := slices.ContainsFunc(m.Services, func(s served) bool {
			return s.Running > 0 && slices.ContainsFunc(s.Targets, func(to target) bool { return slices.Contains(r.Targets, to.Group) })
		})
		if was && !serves {
			faults = append(faults, "a rule leads to no task")
		}
	}
	return faults
}

// rolls says after which calls tasks were replaced.
func rolls(moments []moment) (found []string) {
	for i, m := range moments[1:] {
		if m.Forced {
			found = append(found, m.Call+" forces a deployment")
		}
		for _, was := range moments[i].Services {
			if is := m.service(was.Name); is.Name != "" && is.Definition != was.Definition {
				found = append(found, m.Call+" gives "+was.Name+" another task definition")
			}
		}
	}
	return found
}
