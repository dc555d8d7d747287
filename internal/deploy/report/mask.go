package report

import (
	"slices"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
)

// minSecret is the length, in bytes, from which a secret's value is looked for
// inside other values. Shorter ones ("a", "true") would hide half of a plan.
const minSecret = 6

// secrets are the values that a plan marks as sensitive anywhere. A provider
// may repeat one in an attribute that nobody marked (terraform_data's output
// does), so a rendered value that contains one is not shown either.
type secrets []string

// planSecrets collects every sensitive string of a plan.
func planSecrets(p *tfjson.Plan) secrets {
	var found secrets
	for _, c := range slices.Concat(p.ResourceChanges, p.ResourceDrift) {
		if c.Change != nil {
			found = found.of(c.Change)
		}
	}
	for _, c := range p.OutputChanges {
		found = found.of(c)
	}
	found = append(found, variableSecrets(p)...)
	names := serviceNames(p)
	return slices.DeleteFunc(found, func(secret string) bool { return slices.Contains(names, secret) })
}

// serviceNames are what ECS services are called. A service's name also stands
// in the parameter that says that it runs, and the provider marks the value of
// any parameter: without this, each image and revision of that name is hidden.
func serviceNames(p *tfjson.Plan) []string {
	var names []string
	for _, c := range p.ResourceChanges {
		if c.Type != "aws_ecs_service" || c.Change == nil {
			continue
		}
		before, after := sides(c.Change)
		for _, s := range []side{before.part("name"), after.part("name")} {
			if name, ok := s.value.(string); ok && !covers(s.sensitive) {
				names = append(names, name)
			}
		}
	}
	return names
}

// variableSecrets are the values of the root module's sensitive variables.
func variableSecrets(p *tfjson.Plan) secrets {
	var found secrets
	if p.Config == nil || p.Config.RootModule == nil {
		return nil
	}
	for name, v := range p.Config.RootModule.Variables {
		if set := p.Variables[name]; v.Sensitive && set != nil {
			found = found.add(set.Value, true)
		}
	}
	return found
}

func (s secrets) of(c *tfjson.Change) secrets {
	return s.add(c.Before, c.BeforeSensitive).add(c.After, c.AfterSensitive)
}

// add collects the strings of value that mask, a value of the same shape with
// true for what is sensitive, covers.
func (s secrets) add(value, mask any) secrets {
	switch v := value.(type) {
	case string:
		if mask == true && len(v) >= minSecret {
			s = append(s, v)
		}
	case map[string]any:
		for key, item := range v {
			s = s.add(item, part(mask, key))
		}
	case []any:
		for i, item := range v {
			s = s.add(item, part(mask, i))
		}
	}
	return s
}

// in reports whether a text contains one of the secrets.
func (s secrets) in(text string) bool {
	for _, secret := range s {
		if strings.Contains(text, secret) {
			return true
		}
	}
	return false
}

// part is what a mask says of one part of a value: true covers all parts.
func part(mask any, key any) any {
	switch m := mask.(type) {
	case bool:
		return m
	case map[string]any:
		if name, ok := key.(string); ok {
			return m[name]
		}
	case []any:
		if i, ok := key.(int); ok && i < len(m) {
			return m[i]
		}
	}
	return nil
}

// covers reports whether any part of a value is marked.
func covers(mask any) bool {
	switch m := mask.(type) {
	case bool:
		return m
	case map[string]any:
		for _, item := range m {
			if covers(item) {
				return true
			}
		}
	case []any:
		if slices.ContainsFunc(m, covers) {
			return true
		}
	}
	return false
}
