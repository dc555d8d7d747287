package report

import (
	"fmt"
	"slices"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
)

// A Refusal is something that a plan sets out to do and AWS does not: an apply
// would end half way, and so would the next.
type Refusal struct {
	What string // a sentence: what cannot be, and why
	Do   string // what to do instead, in sentences or commands
}

// String is both, for a reader.
func (r Refusal) String() string { return r.What + "\n" + r.Do }

// refusals finds what AWS refuses, each thing once and in order.
func refusals(all []*tfjson.ResourceChange) []Refusal {
	w := world{all}
	var found []Refusal
	for _, look := range []func() []Refusal{w.otherNetworks, w.namesTaken, w.sharedGroups, w.strategies, w.providers, w.clusters, w.leftBehind, w.relabelled, w.valueless, w.keyless} {
		for _, r := range look() {
			if !slices.Contains(found, r) {
				found = append(found, r)
			}
		}
	}
	return found
}

// A world is all resources that a plan knows, changed or not.
type world struct{ all []*tfjson.ResourceChange }

// of returns the resources of a type that are not deposed.
func (w world) of(kind string) []*tfjson.ResourceChange {
	var found []*tfjson.ResourceChange
	for _, c := range w.all {
		if c.Mode == tfjson.ManagedResourceMode && c.Type == kind && c.DeposedKey == "" {
			found = append(found, c)
		}
	}
	return found
}

// replaced returns the resources of a type that are replaced.
func (w world) replaced(kind string) []*tfjson.ResourceChange {
	return slices.DeleteFunc(w.of(kind), func(c *tfjson.ResourceChange) bool { return !action(c.Change).Replaces() })
}

// forces reports whether an attribute is among the reasons of a replacement.
func forces(c *tfjson.ResourceChange, name string) bool {
	for _, path := range c.Change.ReplacePaths {
		if steps, _ := path.([]any); len(steps) > 0 && steps[0] == name {
			return true
		}
	}
	return false
}

// otherNetworks finds load balancers that would have to move to another VPC
// ("SetSubnets" of the Elastic Load Balancing API takes subnets of its VPC
// only), and services whose network configuration would.
func (w world) otherNetworks() []Refusal {
	for _, kind := range []string{"aws_security_group", "aws_lb_target_group"} {
		for _, c := range w.replaced(kind) {
			if forces(c, "vpc_id") {
				return []Refusal{{
					"the network is another VPC from now on, and AWS moves no load balancer there.",
					"Keep the network block as it was. To move, write a second project beside this one, or destroy the environment and apply it again in the new network.",
				}}
			}
		}
	}
	return nil
}

// namesTaken finds what would be replaced under a name that the old one holds
// until the new one is in use.
func (w world) namesTaken() []Refusal {
	var found []Refusal
	for _, c := range w.replaced("aws_lb_target_group") {
		if name := keptName(c); name != "" && !forces(c, "vpc_id") {
			found = append(found, Refusal{
				fmt.Sprintf("the target group %s must be made anew, and its name is taken until the old one is gone.", name),
				"Set target_group in the service's load_balancer block to another name in the same change.",
			})
		}
	}
	for _, c := range w.replaced("aws_lb") {
		switch name := keptName(c); {
		case name == "":
		case tainted(c):
			found = append(found, Refusal{
				fmt.Sprintf("the creation of the load balancer %s did not finish (it is tainted), and it cannot be replaced while its name is taken.", name),
				"Run tfgen apply, which goes on with it, or take the mark off: terraform untaint " + line(c.Address),
			})
		default:
			found = append(found, Refusal{
				fmt.Sprintf("the load balancer %s must be made anew, and its name is taken until the old one is gone.", name),
				"Set name and target_group in the load_balancer blocks to other names in the same change. The new load balancer has another address.",
			})
		}
	}
	return found
}

// tainted reports whether something is replaced since its creation did not finish.
func tainted(c *tfjson.ResourceChange) bool {
	return strings.HasSuffix(string(c.ActionReason), "tainted")
}

// keptName is a name that stays as it is through a change, or "".
func keptName(c *tfjson.ResourceChange) string {
	before, _ := child(c.Change.Before, "name").(string)
	if after, _ := child(c.Change.After, "name").(string); after != before {
		return ""
	}
	return line(before)
}

// sharedGroups finds target groups that would go with two load balancers, the
// old one and the new, which a target group cannot (quota "Load balancers per
// target group" of Elastic Load Balancing: 1, not adjustable).
func (w world) sharedGroups() []Refusal {
	var found []Refusal
	for _, rule := range w.replaced("aws_lb_listener_rule") {
		group := w.beside(rule, "aws_lb_target_group")
		if group == nil || action(group.Change).Replaces() || !w.changesBalancer(rule) {
			continue
		}
		name := keptName(group)
		found = append(found, Refusal{
			fmt.Sprintf("%s moves to another load balancer, which has another address, and its target group %s can belong to one load balancer only.", Group(rule.ModuleAddress), name),
			"Keep the load balancer by its name (name in the load_balancer block; it follows the cluster's), or set target_group there to another name in the same change.",
		})
	}
	return found
}

// beside is the resource of a type in the module of another, or nil.
func (w world) beside(c *tfjson.ResourceChange, kind string) *tfjson.ResourceChange {
	for _, other := range w.of(kind) {
		if other.ModuleAddress == c.ModuleAddress {
			return other
		}
	}
	return nil
}

// changesBalancer reports whether a rule goes to a listener of another load
// balancer. Where the listener is yet to be made, so is its load balancer.
func (w world) changesBalancer(rule *tfjson.ResourceChange) bool {
	before, _ := child(rule.Change.Before, "listener_arn").(string)
	after, _ := child(rule.Change.After, "listener_arn").(string)
	if after != "" {
		return balancerOf(before) != balancerOf(after)
	}
	for _, listener := range w.of("aws_lb_listener") {
		balancer := w.beside(listener, "aws_lb")
		if action(listener.Change) == Create && (balancer == nil || action(balancer.Change) != Create) {
			return false // a port more of one that is there
		}
	}
	return true
}

// balancerOf is the part of a listener's ARN that names its load balancer:
// NAME/ID of arn:aws:elasticloadbalancing:REGION:ACCOUNT:listener/app/NAME/ID/LISTENER.
func balancerOf(listener string) string {
	parts := strings.Split(listener, "/")
	if len(parts) < 4 {
		return listener
	}
	return parts[2] + "/" + parts[3]
}

// strategies finds services that Terraform would make anew since they run on
// something else from now on.
func (w world) strategies() []Refusal {
	var found []Refusal
	for _, c := range w.replaced("aws_ecs_service") {
		if !forces(c, "capacity_provider_strategy") || forces(c, "cluster") || forces(c, "name") {
			continue
		}
		found = append(found, Refusal{
			fmt.Sprintf("%s runs on other capacity from now on (%s → %s), for which Terraform would destroy it and make it again.", Group(c.ModuleAddress),
				providers(child(c.Change.Before, "capacity_provider_strategy")), providers(child(c.Change.After, "capacity_provider_strategy"))),
			w.moveCommand(c),
		})
	}
	return found
}

// moveCommand moves a service to its new strategy without an interruption.
func (w world) moveCommand(c *tfjson.ResourceChange) string {
	cluster, _ := child(c.Change.Before, "cluster").(string)
	name, _ := child(c.Change.Before, "name").(string)
	words := []string{"aws ecs update-service", "--region", regionOf(cluster), "--cluster", line(cluster), "--service", line(name), "--force-new-deployment", "--capacity-provider-strategy"}
	parts, _ := child(c.Change.After, "capacity_provider_strategy").([]any)
	var names []string
	for _, p := range parts {
		provider, _ := child(p, "capacity_provider").(string)
		names = append(names, provider)
		words = append(words, fmt.Sprintf("capacityProvider=%s,weight=%v,base=%v", line(provider), child(p, "weight"), child(p, "base")))
	}
	text := "Move it first, one task after the other, and apply when it has moved:\n  " + strings.Join(words, " ")
	if missing := w.missing(names); len(missing) > 0 {
		return fmt.Sprintf("In two steps: leave its strategy as it was, keep the capacity that it runs on, add %s and apply. Then change the strategy:\n%s", strings.Join(missing, ", "), text)
	}
	return text
}

// regionOf is the region in an ARN.
func regionOf(arn string) string {
	if parts := strings.Split(arn, ":"); len(parts) > 3 {
		return line(parts[3])
	}
	return "REGION"
}

// missing are the providers that no cluster has yet.
func (w world) missing(names []string) []string {
	var there []any
	for _, c := range w.of("aws_ecs_cluster_capacity_providers") {
		list, _ := child(c.Change.Before, "capacity_providers").([]any)
		there = append(there, list...)
	}
	return slices.DeleteFunc(names, func(name string) bool { return slices.Contains(there, any(name)) })
}

// providers finds capacity that a cluster would lose while a service's
// strategy names it: PutClusterCapacityProviders answers ResourceInUseException.
func (w world) providers() []Refusal {
	var found []Refusal
	for _, c := range w.of("aws_ecs_cluster_capacity_providers") {
		before, _ := child(c.Change.Before, "capacity_providers").([]any)
		after, _ := child(c.Change.After, "capacity_providers").([]any)
		if action(c.Change) != Update || covers(child(c.Change.AfterUnknown, "capacity_providers")) && len(after) == 0 {
			continue
		}
		for _, provider := range before {
			users := w.users(provider)
			if slices.Contains(after, provider) || len(users) == 0 {
				continue
			}
			found = append(found, Refusal{
				fmt.Sprintf("the cluster loses the capacity %v, and %s still runs on it.", provider, strings.Join(users, ", ")),
				"In two steps: keep the capacity, set the strategy of each of these services to what stays, and apply. Then take the capacity out.",
			})
		}
	}
	return found
}

// users are the services whose strategy names a provider before the apply.
func (w world) users(provider any) []string {
	var found []string
	for _, c := range w.of("aws_ecs_service") {
		parts, _ := child(c.Change.Before, "capacity_provider_strategy").([]any)
		if slices.ContainsFunc(parts, func(p any) bool { return child(p, "capacity_provider") == provider }) {
			found = append(found, Group(c.ModuleAddress))
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// clusters finds clusters that would go while services stay in them:
// DeleteCluster answers ClusterContainsServicesException.
func (w world) clusters() []Refusal {
	var found []Refusal
	for _, c := range w.of("aws_ecs_cluster") {
		arn, _ := child(c.Change.Before, "arn").(string)
		stays := func(s *tfjson.ResourceChange) bool {
			return child(s.Change.Before, "cluster") == arn && slices.Contains([]Action{Unchanged, Update}, action(s.Change))
		}
		if action(c.Change) != Delete || !slices.ContainsFunc(w.of("aws_ecs_service"), stays) {
			continue
		}
		name, _ := child(c.Change.Before, "name").(string)
		found = append(found, Refusal{
			fmt.Sprintf("the cluster %s is to go, and services stay in it.", line(name)),
			"Keep the cluster in the spec. To hand it over to somebody else's code, take it out of this state first: terraform state rm " + line(c.ModuleAddress),
		})
	}
	return found
}

// leftBehind finds services that keep the revision that runs, since only their
// pipeline changes it, and need something of it that goes: the roles that it
// names, or the port that it opens (UpdateService answers
// InvalidParameterException for a port that no container has).
func (w world) leftBehind() []Refusal {
	var found []Refusal
	for _, s := range w.of("aws_ecs_service") {
		definition := w.beside(s, "aws_ecs_task_definition")
		stays := slices.Contains([]Action{Unchanged, Update}, action(s.Change)) && !changed(s.Change, "task_definition")
		if !stays || definition == nil || !action(definition.Change).Replaces() {
			continue
		}
		what := ""
		switch {
		case w.losesRoles(s):
			what = "the roles that its revision names go: no task of it could start"
		case changed(s.Change, "load_balancer"):
			what = "its revision has another port than the load balancer is to ask"
		default:
			continue
		}
		found = append(found, Refusal{
			fmt.Sprintf("%s keeps the revision that runs, which only its pipeline changes, and %s.", Group(s.ModuleAddress), what),
			`In three steps: set task_definition_owner = "shared" in the service and apply; make this change and apply; set it back to "pipeline" and apply. ` +
				"In the first and the third the plan shows a moved block that keeps the service.",
		})
	}
	return found
}

// losesRoles reports whether a role of a service's module goes.
func (w world) losesRoles(s *tfjson.ResourceChange) bool {
	return slices.ContainsFunc(w.of("aws_iam_role"), func(c *tfjson.ResourceChange) bool {
		return c.ModuleAddress == s.ModuleAddress && (action(c.Change).Replaces() || action(c.Change) == Delete)
	})
}
