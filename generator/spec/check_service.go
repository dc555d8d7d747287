package spec

import (
	"fmt"
	"strings"
)

// label checks what a service's label names: the container, and with the
// project's name all that is named after the service.
func (c *checker) label(s service) {
	if !c.rule(labelRule(), s.node.named, s.Label, "") {
		c.unsound[s.Label] = true
		return
	}
}

// runtime checks what a service says about itself, wherever it runs.
func (c *checker) runtime(s service) {
	if s.node.has("name") {
		c.rule(serviceNameRule(), s.node.at("name"), s.Name, "")
	}
	if s.Owner == "pipeline" && (s.Pipeline == nil || !s.Pipeline.Deploy) {
		c.add(ownerWithoutDeploys, s.node.at("task_definition_owner"), "No pipeline deploys this service, so nobody would register a revision. Take the line out.")
	}
	c.policyARN(s.node, s.Policy)
	for _, alarm := range s.Deployment.Alarms {
		at := s.node.child("deployment").item("alarms", alarm)
		switch {
		case strings.HasPrefix(alarm, "arn:"):
			c.add(badAlarm, at, "An alarm is named, not given as an ARN: write what follows :alarm: in it.")
		case len(alarm) > 255:
			c.add(badAlarm, at, "An alarm's name has at most 255 characters.")
		}
	}
}

// policyARN checks a policy that is not a file.
func (c *checker) policyARN(n *node, p *Policy) {
	if p == nil || p.ARN == "" {
		return
	}
	c.arn(n, "policy", "arn:aws:iam::ACCOUNT:policy/NAME", func(a arn) bool {
		return a.service == "iam" && (a.owned() || a.account == "aws") && strings.HasPrefix(a.resource, "policy/")
	})
}

// withoutCluster warns of what says how a service runs, where nothing does.
func (c *checker) withoutCluster(s service) {
	if !c.root.sound("cluster") {
		return
	}
	if s.Build == nil && s.node.sound("build") {
		c.add(nothingToRun, s.node.header, "%s has nothing to build and nowhere to run. Give it a build block, or add a cluster.", called(s.node))
		return
	}
	unused := s.node.runtimeArguments()
	if len(unused) > 0 {
		c.add(unusedRuntime, s.node.header, "There is no cluster, so nothing runs and this is not used: %s. Add a cluster block with capacity \"FARGATE\" {} inside of it, or take it out.", strings.Join(unused, ", "))
	}
}

// runtimeArguments returns what a service block says beyond how its image is built.
func (n *node) runtimeArguments() (names []string) {
	for _, a := range n.kind.attributes {
		if !a.build && n.has(a.name) {
			names = append(names, a.name)
		}
	}
	for _, inner := range n.kind.blocks {
		if !inner.build && n.child(inner.name).given {
			names = append(names, inner.name)
		}
	}
	return names
}

// deployment checks whether a rollout can move, and whether it has what it asks for.
func (c *checker) deployment(s service) {
	n := s.node.child("deployment")
	if n.has("health_check_grace_period") && s.Deployment.HealthCheckGracePeriod > 0 && s.LoadBalancer == nil && s.node.sound("load_balancer") {
		c.add(graceWithoutChecks, n.at("health_check_grace_period"), "Only a load balancer checks a task's health, and this service has none. Take the line out.")
	}
	c.moves(s, n)
}

// moves reports a rollout that can neither start a task nor stop one. ECS rounds
// the fewest up and the most down (ECS API, DeploymentConfiguration).
func (c *checker) moves(s service, n *node) {
	count, least, most := s.DesiredCount, s.Deployment.MinimumHealthyPercent, s.Deployment.MaximumPercent
	if count == 0 || !n.sound("minimum_healthy_percent", "maximum_percent") || !s.node.sound("desired_count") {
		return
	}
	fewest, highest := (count*least+99)/100, count*most/100
	if fewest < count || highest > count {
		return
	}
	argument := "maximum_percent"
	if !n.has(argument) {
		argument = "minimum_healthy_percent"
	}
	c.add(stuckDeployment, n.at(argument),
		"With %s, at least %d must keep running (minimum_healthy_percent = %d) and at most %d may run (maximum_percent = %d): no task can be replaced. Raise maximum_percent to %d, or lower minimum_healthy_percent to %d.",
		tasks(count), fewest, least, highest, most, (100*(count+1)+count-1)/count, 100*(count-1)/count)
}

func tasks(count int) string {
	if count == 1 {
		return "1 task"
	}
	return fmt.Sprintf("%d tasks", count)
}
