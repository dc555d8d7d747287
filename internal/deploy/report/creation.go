package report

import (
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
)

// A Creation is a resource that a plan creates, with those of its attributes
// that are known and not sensitive.
type Creation struct {
	Resource
	Values map[string]any
}

// Creations reads from what "terraform show -json" says of a plan what it
// creates with the AWS provider as the root configures it; what it creates with
// another configuration may be for another account or region. Known is what the
// state has: a resource that a plan creates may have the name of one that it
// removes.
func Creations(raw *tfjson.Plan) (created, known []Creation) {
	code, secrets := newCode(raw), planSecrets(raw)
	for _, c := range raw.ResourceChanges {
		if c.Mode != tfjson.ManagedResourceMode || !code.ownProvider(c) {
			continue
		}
		before, after := sides(c.Change)
		if before.value != nil {
			known = append(known, Creation{resource(c), before.open(secrets)})
		}
		if a := action(c.Change); c.Change.Importing == nil && (a == Create || a.Replaces()) {
			created = append(created, Creation{resource(c), after.open(secrets)})
		}
	}
	return created, known
}

// open are the attributes of a resource that are known, and neither sensitive
// nor a repetition of something that is.
func (s side) open(hidden secrets) map[string]any {
	values := map[string]any{}
	whole, _ := s.value.(map[string]any)
	for name := range whole {
		part := s.part(name)
		if text, ok := part.value.(string); part.value == nil || part.hidden() || ok && hidden.in(text) {
			continue
		}
		values[name] = part.value
	}
	return values
}

// ownProvider reports whether a resource is made by the provider that the root
// configures without an alias: "aws", or "module.pipeline:aws" within a module.
func (c code) ownProvider(of *tfjson.ResourceChange) bool {
	module := c.module(of.ModuleAddress)
	if module == nil {
		return false
	}
	for _, r := range module.Resources {
		if r.Mode == of.Mode && r.Type == of.Type && r.Name == of.Name {
			return r.ProviderConfigKey == "aws" || strings.HasSuffix(r.ProviderConfigKey, ":aws")
		}
	}
	return false
}
