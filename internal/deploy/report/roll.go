package report

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
)

// A Roll is a service whose tasks an apply replaces, and why.
type Roll struct {
	Service string   // as Group calls it: "Service web"
	Image   string   // what its containers run: "same image abc12345", "image abc12345 → def67890"
	Changes []string // "memory 1024 → 2048", "environment LOG_LEVEL info → debug"
	Tasks   string   // how many roll, or "" where the plan does not say
}

// String is the sentence for a reader.
func (r Roll) String() string {
	parts := slices.Concat([]string{r.Image}, r.Changes, []string{r.Tasks})
	parts = slices.DeleteFunc(parts, func(part string) bool { return part == "" })
	return r.Service + " rolls: " + strings.Join(parts, ", ")
}

// rolls finds the services whose task definition gets a new revision.
func rolls(all []*tfjson.ResourceChange, s secrets) []Roll {
	var found []Roll
	for _, c := range all {
		if a := action(c.Change); c.Type == "aws_ecs_task_definition" && (a == Update || a.Replaces()) {
			found = append(found, roll(c, all, s))
		}
	}
	slices.SortFunc(found, func(a, b Roll) int { return strings.Compare(a.Service, b.Service) })
	return found
}

func roll(c *tfjson.ResourceChange, all []*tfjson.ResourceChange, s secrets) Roll {
	d := &differ{secrets: s}
	before := side{c.Change.Before, c.Change.BeforeSensitive, nil}
	after := side{c.Change.After, c.Change.AfterSensitive, c.Change.AfterUnknown}
	r := Roll{Service: Group(c.ModuleAddress), Tasks: tasks(c.ModuleAddress, all)}
	for _, name := range []string{"cpu", "memory"} {
		if b, a := before.part(name), after.part(name); fmt.Sprint(b.value) != fmt.Sprint(a.value) {
			r.Changes = append(r.Changes, fmt.Sprintf("%s %s → %s", name, d.show(b), d.show(a)))
		}
	}
	b, a := before.part("container_definitions"), after.part("container_definitions")
	switch {
	case covers(a.unknown):
		r.Image = "containers " + Unknown
	case covers(b.sensitive) || covers(a.sensitive):
		d.hiddenContainers(&r, b, a)
	default:
		d.containers(&r, containersOf(b), containersOf(a), false)
	}
	return r
}

// hiddenContainers says of containers whose definition is sensitive only
// which names changed.
func (d *differ) hiddenContainers(r *Roll, b, a side) {
	was, is := containersOf(side{value: b.value}), containersOf(side{value: a.value})
	d.containers(r, was, is, true)
}

// tasks says how many tasks of the module's service roll.
func tasks(module string, all []*tfjson.ResourceChange) string {
	for _, c := range all {
		if c.Type != "aws_ecs_service" || c.ModuleAddress != module {
			continue
		}
		switch n := fmt.Sprint(child(c.Change.After, "desired_count")); n {
		case "<nil>":
			return ""
		case "1":
			return "1 task"
		default:
			return line(n) + " tasks"
		}
	}
	return ""
}

// A container is what of a container definition makes tasks roll.
type container struct {
	Name        string `json:"name"`
	Image       string `json:"image"`
	Environment []struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	} `json:"environment"`
	Secrets []struct {
		Name string `json:"name"`
		From string `json:"valueFrom"`
	} `json:"secrets"`
	Rest map[string]any `json:"-"`
}

// containersOf reads container_definitions, a string of JSON, by name.
func containersOf(s side) map[string]container {
	str, _ := s.value.(string)
	var list []container
	var rest []map[string]any
	if json.Unmarshal([]byte(str), &list) != nil || json.Unmarshal([]byte(str), &rest) != nil {
		return nil
	}
	byName := map[string]container{}
	for i, c := range list {
		maps.DeleteFunc(rest[i], func(key string, _ any) bool {
			return slices.Contains([]string{"name", "image", "environment", "secrets"}, key)
		})
		c.Rest = rest[i]
		byName[c.Name] = c
	}
	return byName
}
