package report

import (
	"path"
	"slices"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
)

// code knows which attributes a plan's code sets, and which it leaves to others.
type code struct {
	root     *tfjson.ConfigModule
	planned  map[string][]string // what the plan changes of what it looks at and keeps, by address
	tainted  map[string]bool     // by address
	scalable []string            // the services that something scales: service/CLUSTER/NAME
}

func newCode(raw *tfjson.Plan) code {
	c := code{planned: map[string][]string{}, tainted: map[string]bool{}}
	if raw.Config != nil {
		c.root = raw.Config.RootModule
	}
	if raw.PriorState != nil && raw.PriorState.Values != nil {
		c.scalable = scalable(raw.PriorState.Values.RootModule)
	}
	for _, change := range raw.ResourceChanges {
		c.tainted[change.Address] = tainted(change)
		if a := action(change.Change); a != Unchanged && a != Update && !a.Replaces() {
			continue
		}
		c.planned[change.Address] = []string{}
		before, after := sides(change.Change)
		for _, name := range topLevel(before, after) {
			if changed(change.Change, name) && !covers(after.part(name).unknown) {
				c.planned[change.Address] = append(c.planned[change.Address], name)
			}
		}
	}
	return c
}

// scalable are the services in a state that something scales.
func scalable(module *tfjson.StateModule) (all []string) {
	if module == nil {
		return nil
	}
	for _, r := range module.Resources {
		if id, ok := r.AttributeValues["resource_id"].(string); ok && r.Type == "aws_appautoscaling_target" {
			all = append(all, id)
		}
	}
	for _, m := range module.ChildModules {
		all = append(all, scalable(m)...)
	}
	return all
}

// scaled reports whether an attribute says how much of something runs and is
// left to what scales it: the plan looks at it and does not take it back, or
// there is an autoscaler.
func (c code) scaled(of *tfjson.ResourceChange, name string) bool {
	switch of.Type + "." + name {
	case "aws_ecs_service.desired_count", "aws_autoscaling_group.desired_capacity":
		planned, looked := c.planned[of.Address]
		return looked && !slices.Contains(planned, name) || c.scales(of)
	}
	return false
}

// scales reports whether something scales a service.
func (c code) scales(of *tfjson.ResourceChange) bool {
	cluster, _ := child(of.Change.After, "cluster").(string)
	name, _ := child(of.Change.After, "name").(string)
	return slices.Contains(c.scalable, "service/"+path.Base(cluster)+"/"+name)
}

// sets reports whether the code says what an attribute shall be. Dynamic blocks
// are not in a plan's configuration: what somebody did to one is told by the
// plan, which takes it back.
func (c code) sets(of *tfjson.ResourceChange, name string) bool {
	if slices.Contains(c.planned[of.Address], name) {
		return true
	}
	module := c.module(of.ModuleAddress)
	if module == nil {
		return false
	}
	return slices.ContainsFunc(module.Resources, func(r *tfjson.ConfigResource) bool {
		return r.Mode == of.Mode && r.Type == of.Type && r.Name == of.Name && r.Expressions[name] != nil
	})
}

// module finds the code that a module address stands for.
func (c code) module(address string) *tfjson.ConfigModule {
	module := c.root
	for address != "" && module != nil {
		name, _, rest := moduleCall(address)
		call := module.ModuleCalls[name]
		if call == nil {
			return nil
		}
		module, address = call.Module, strings.TrimPrefix(rest, ".")
	}
	return module
}
