package report

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
)

// A Roll is what an apply does to the tasks of one service, and why.
type Roll struct {
	Service string   // as Group calls it: "Service web"
	Verb    string   // one of those below
	Image   string   // what its containers run: "same image abc12345", "image abc12345 → def67890"
	Changes []string // "memory 1024 → 2048", "environment LOG_LEVEL info → debug"
	Tasks   string   // how many, and in what order, or "" where the plan does not say
}

// What becomes of a service's tasks.
const (
	Starts   = "starts"              // there was none
	Removed  = "is removed"          // they stop
	Rolls    = "rolls"               // new ones take their place
	Scales   = "scales"              // some come or go, the others stay
	Replaced = "is replaced"         // they go with the service
	Revised  = "gets a new revision" // which none of them runs yet
)

// maxChanges is how many changes the sentence names. All of them are among the
// changes of the task definition, one a line.
const maxChanges = 4

// String is the sentence for a reader.
func (r Roll) String() string {
	parts := slices.DeleteFunc([]string{r.What(), r.Tasks}, empty)
	return r.Service + " " + r.Verb + ": " + strings.Join(parts, "; ")
}

// What is the part of the sentence that holds values: the image and what else
// changes, or "" where only the number of tasks does.
func (r Roll) What() string {
	changes := r.Changes
	if more := len(changes) - maxChanges; more > 0 {
		changes = append(slices.Clone(changes[:maxChanges]), fmt.Sprintf("and %d more", more))
	}
	return phrase(slices.Concat([]string{r.Image}, changes)...)
}

// phrase joins parts of a sentence, of which some may be empty.
func phrase(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, empty), ", ")
}

func empty(s string) bool { return s == "" }

// A unit is a service and the task definition that it is written beside. A
// plan may have only one of them.
type unit struct {
	service    *tfjson.ResourceChange
	definition *tfjson.ResourceChange
}

// units pairs services and task definitions of one module and name.
func units(all []*tfjson.ResourceChange) map[string]*unit {
	found := map[string]*unit{}
	at := func(c *tfjson.ResourceChange) *unit {
		key := fmt.Sprint(c.ModuleAddress, " ", c.Name, " ", c.Index)
		if found[key] == nil {
			found[key] = &unit{}
		}
		return found[key]
	}
	for _, c := range all {
		switch {
		case c.Mode != tfjson.ManagedResourceMode || c.DeposedKey != "":
		case c.Type == "aws_ecs_service":
			at(c).service = c
		case c.Type == "aws_ecs_task_definition":
			at(c).definition = c
		}
	}
	return found
}

// rolls says what becomes of each service that a plan touches.
func rolls(all []*tfjson.ResourceChange, s secrets) []Roll {
	var found []Roll
	pairs := units(all)
	for _, key := range slices.Sorted(maps.Keys(pairs)) {
		if u := pairs[key]; u.verb() != "" {
			found = append(found, u.roll(&differ{secrets: s}))
		}
	}
	slices.SortStableFunc(found, func(a, b Roll) int { return strings.Compare(a.Service, b.Service) })
	return found
}

// verb says what becomes of the tasks, or "" where nothing does.
func (u unit) verb() string {
	switch {
	case u.service != nil && action(u.service.Change) == Create:
		return Starts
	case u.service != nil && action(u.service.Change) == Delete:
		return Removed
	case u.service != nil && action(u.service.Change).Replaces():
		return Replaced
	case u.updated() && (u.moved() || u.forced()):
		return Rolls
	case u.updated() && changed(u.service.Change, "desired_count"):
		return Scales
	case u.revised():
		return Revised
	}
	return ""
}

func (u unit) updated() bool { return u.service != nil && action(u.service.Change) == Update }

// moved reports whether the service goes to another revision.
func (u unit) moved() bool { return u.service != nil && changed(u.service.Change, "task_definition") }

// forced reports whether the service starts a new deployment although nothing
// asks for one. The provider passes force_new_deployment on with any change
// but that of a tag or of force_delete, which never reach UpdateService.
func (u unit) forced() bool {
	c := u.service.Change
	names := slices.DeleteFunc(topLevel(sides(c)), func(name string) bool {
		return slices.Contains([]string{"tags", "tags_all", "force_delete"}, name)
	})
	return child(c.After, "force_new_deployment") == true && slices.ContainsFunc(names, func(name string) bool { return changed(c, name) })
}

// revised reports whether the task definition gets a new revision.
func (u unit) revised() bool {
	if u.definition == nil {
		return false
	}
	a := action(u.definition.Change)
	return a == Update || a.Replaces()
}

// changed reports whether an attribute of a resource may change.
func changed(c *tfjson.Change, name string) bool {
	before, after := sides(c)
	b, a := before.part(name), after.part(name)
	return !reflect.DeepEqual(b.value, a.value) || covers(a.unknown)
}

func (u unit) roll(d *differ) Roll {
	one := u.service
	if one == nil {
		one = u.definition
	}
	r := Roll{Service: Group(one.ModuleAddress), Verb: u.verb()}
	switch {
	case r.Verb == Scales || r.Verb == Removed:
	case r.Verb == Starts:
		r.Image, r.Changes = d.start(u.definition)
	case u.revised() && (u.moved() || r.Verb != Rolls):
		r.Image, r.Changes = d.revision(u.definition.Change)
	default:
		r.Image = d.runs(u)
	}
	if r.Verb == Rolls && !u.moved() {
		r.Changes = append(r.Changes, d.strategy(u.service.Change)...)
		r.Changes = append(r.Changes, "since any change of the service rolls its tasks")
	}
	switch {
	case u.service == nil:
	case r.Verb == Revised:
		r.Tasks = u.aside()
	default:
		r.Tasks = tasks(r.Verb, u.service.Change)
	}
	return r
}

// start says what a new service runs. Its task definition may be older, and
// not be told of then.
func (d *differ) start(definition *tfjson.ResourceChange) (image string, size []string) {
	if definition == nil {
		return "", nil
	}
	_, after := sides(definition.Change)
	for _, name := range []string{"cpu", "memory"} {
		if value := after.part(name); value.value != nil {
			size = append(size, name+" "+d.show(value))
		}
	}
	all, known := pairContainers(side{}, after.part(containerDefinitions))
	if !known {
		return "containers " + Unknown, size
	}
	var images []string
	for _, name := range all.names() {
		images = append(images, all.prefix(name)+"image "+d.wholeImage(all.is[name].Image, all.hidden))
	}
	return strings.Join(images, ", "), size
}

// strategy says between which capacity providers a service changes.
func (d *differ) strategy(c *tfjson.Change) []string {
	before, after := sides(c)
	b, a := before.part("capacity_provider_strategy"), after.part("capacity_provider_strategy")
	if reflect.DeepEqual(b.value, a.value) || covers(a.unknown) {
		return nil
	}
	return []string{"capacity " + providers(b.value) + " → " + providers(a.value)}
}

// providers are the capacity providers of a strategy, with their weights.
func providers(strategy any) string {
	parts, _ := strategy.([]any)
	var said []string
	for _, p := range parts {
		name, _ := child(p, "capacity_provider").(string)
		said = append(said, strings.TrimSpace(fmt.Sprintf("%s %v", line(name), child(p, "weight"))))
	}
	slices.Sort(said)
	return cmp.Or(strings.Join(said, " + "), None)
}

// revision says what is new about a revision: its image first.
func (d *differ) revision(c *tfjson.Change) (image string, changes []string) {
	before, after := sides(c)
	for _, name := range []string{"cpu", "memory"} {
		if b, a := before.part(name), after.part(name); fmt.Sprint(b.value) != fmt.Sprint(a.value) {
			changes = append(changes, fmt.Sprintf("%s %s → %s", name, d.show(b), d.show(a)))
		}
	}
	all, known := pairContainers(before.part(containerDefinitions), after.part(containerDefinitions))
	if !known {
		return "containers " + Unknown, changes
	}
	d.fields(all)
	for _, a := range d.found {
		changes = append(changes, a.String())
	}
	return d.images(all), changes
}

// runs says what a service goes on with, or goes over to, where its task
// definition stays as it is. The pipeline may have moved the service on, so
// the image is known only if it is this revision that runs.
func (d *differ) runs(u unit) string {
	before, after := sides(u.service.Change)
	b, a := before.part("task_definition"), after.part("task_definition")
	if u.moved() {
		return fmt.Sprintf("revision %s → %s", d.show(b.revision()), d.show(a.revision()))
	}
	if u.definition != nil && a.value != nil && a.value == child(u.definition.Change.After, "arn") {
		_, of := sides(u.definition.Change)
		if all, known := pairContainers(of.part(containerDefinitions), of.part(containerDefinitions)); known {
			return d.images(all)
		}
	}
	return "same revision " + d.show(a.revision())
}

// aside says what becomes of the tasks when a revision is made that the service
// does not take. The pipeline's deployments copy the one that the service uses
// (action reference of CodePipeline, "Amazon ECS").
func (u unit) aside() string {
	const stay = "its tasks stay as they are"
	if action(u.definition.Change).Replaces() {
		return stay + ", also after the next deployment, which copies the revision that runs"
	}
	return stay
}

// tasks says how many tasks there are, and what becomes of them.
func tasks(verb string, c *tfjson.Change) string {
	if verb == Removed {
		count, _ := number(c.Before, "desired_count")
		return plural(count) + " stopped for good"
	}
	count, known := number(c.After, "desired_count")
	switch {
	case !known && verb == Scales:
		return "to a number that is known after the apply"
	case !known:
		return ""
	}
	was, scaled := number(c.Before, "desired_count")
	scaled = scaled && was != count
	switch {
	case scaled && verb == Rolls && min(was, count) > 0:
		return phrase(fmt.Sprintf("%d → %s, all of them new", was, plural(count)), order(count, c.After))
	case scaled && verb != Starts:
		return fmt.Sprintf("%d → %s", was, plural(count))
	case verb == Rolls:
		return phrase(plural(count), order(count, c.After))
	}
	return plural(count)
}

// byPercentages reports whether it is the service's percentages that say how
// its tasks roll. With another controller or strategy, it is not.
func byPercentages(service any) bool {
	for _, path := range [][]any{{"scheduling_strategy"}, {"deployment_controller", 0, "type"}, {"deployment_configuration", 0, "strategy"}} {
		value := service
		for _, step := range path {
			value = child(value, step)
		}
		if !slices.Contains([]any{nil, "", "REPLICA", "ECS", "ROLLING"}, value) {
			return false
		}
	}
	return true
}

// order says how so many tasks make way for new ones, or "" where the service's
// percentages do not. ECS rounds the fewest that must run up and the most that
// may run down, see the page "Deploy Amazon ECS services by replacing tasks" of
// its Developer Guide.
func order(count int, service any) string {
	least, knownLeast := number(service, "deployment_minimum_healthy_percent")
	most, knownMost := number(service, "deployment_maximum_percent")
	if !knownLeast || !knownMost || count == 0 || !byPercentages(service) {
		return ""
	}
	fewest, highest := (count*least+99)/100, count*most/100
	more, fewer := max(0, min(count, highest-count)), max(0, count-fewest)
	return inTurn(count, more, fewer)
}

// noneRuns is how a rollout begins that leaves no task running.
const noneRuns = "for a while none runs"

// inTurn says in what order tasks are replaced, where so many more may run
// meanwhile, or so many fewer.
func inTurn(count, more, fewer int) string {
	switch {
	case more == 0 && fewer == 0:
		return fmt.Sprintf("and none can be replaced: %d must run, and no more may", count)
	case more > 0 && fewer > 0:
		return fmt.Sprintf("between %d and %d run meanwhile", count-fewer, count+more)
	case count == 1 && more == 1:
		return "a new one starts before the old one stops"
	case more == count:
		return fmt.Sprintf("%d new ones start before old ones stop", count)
	case more > 0:
		return fmt.Sprintf("at most %d at a time: new ones start before old ones stop", more)
	case count == 1:
		return "the old one stops before a new one starts: " + noneRuns
	case fewer == count:
		return "all at once: old ones stop before new ones start, and " + noneRuns
	}
	return fmt.Sprintf("at most %d at a time: old ones stop before new ones start", fewer)
}

func plural(tasks int) string {
	switch tasks {
	case 0:
		return "no tasks"
	case 1:
		return "1 task"
	}
	return fmt.Sprintf("%d tasks", tasks)
}

// number reads a whole number out of a resource's values.
func number(values any, name string) (int, bool) {
	n, ok := child(values, name).(json.Number)
	if !ok {
		return 0, false
	}
	i, err := n.Int64()
	return int(i), err == nil
}
