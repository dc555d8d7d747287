package generator

import (
	"maps"
	"slices"

	"github.com/zclconf/go-cty/cty"

	"tfgen/generator/partial"
	"tfgen/generator/spec"
)

// A place is a root module that may make parameters and secrets: the
// environment's where a service reads them, else the delivery's.
type place int

const (
	inDelivery place = iota
	inEnvironment
)

// secrets returns the module that makes parameters and secrets, if the spec asks
// for any. Both roots use the same.
func (g *generation) secrets() []module {
	if len(g.spec.Parameters)+len(g.spec.Secrets) == 0 {
		return nil
	}
	return []module{{"secrets", "modules/secrets", func() entry {
		return entry{
			"kms_key":    only(g.spec.Project.KMSKey != ""),
			"parameters": only(len(g.spec.Parameters) > 0),
			"secrets":    only(len(g.spec.Secrets) > 0),
		}
	}}}
}

// madeIn returns the parameters and secrets that the root at where makes.
func (g *generation) madeIn(where place) (parameters []spec.Parameter, secrets []spec.Secret) {
	for _, p := range g.spec.Parameters {
		if g.placeOf(spec.SSM, p.Path) == where {
			parameters = append(parameters, p)
		}
	}
	for _, s := range g.spec.Secrets {
		if g.placeOf(spec.SecretsM, s.Name) == where {
			secrets = append(secrets, s)
		}
	}
	return parameters, secrets
}

func (g *generation) placeOf(kind spec.ValueKind, name string) place {
	if g.spec.MadeIn(kind, name) == g.spec.Environment.Name {
		return inEnvironment
	}
	return inDelivery
}

// addSecrets adds the parameters and secrets that a root makes to its view.
func (g *generation) addSecrets(view entry, where place) {
	parameters, secrets := g.madeIn(where)
	made, values := map[string]entry{}, entry{}
	for _, p := range parameters {
		made[p.Path] = entry{"version": number(p.Version)}
		values[p.Path] = partial.Reference("var", p.Value.Text)
	}
	madeSecrets, secretValues := map[string]entry{}, entry{}
	for _, s := range secrets {
		madeSecrets[s.Name] = entry{"version": number(s.Version)}
		keys := entry{}
		for key, v := range s.Values {
			keys[key] = partial.Reference("var", v.Text)
		}
		secretValues[s.Name] = cty.ObjectVal(keys)
	}
	view["secrets_key"] = text(g.spec.Project.KMSKey)
	view["made"] = only(len(parameters)+len(secrets) > 0)
	view["parameters_made"], view["parameter_values"] = declared(made, values, len(g.spec.Parameters))
	view["secrets_made"], view["secret_values"] = declared(madeSecrets, secretValues, len(g.spec.Secrets))
}

// addSecretARNs adds where the environment finds the ARNs of the secrets that its
// services read by name: what is made there says its own, and what exists is
// looked up.
func (g *generation) addSecretARNs(view entry) {
	_, made := g.madeIn(inEnvironment)
	var existing []string
	readsMade := false
	for _, s := range g.spec.Services {
		for _, v := range taskValues(s) {
			isMade := slices.ContainsFunc(made, func(m spec.Secret) bool { return m.Name == v.Text })
			readsMade = readsMade || isSecretName(v) && isMade
			if isSecretName(v) && !isMade {
				existing = append(existing, v.Text)
			}
		}
	}
	view["existing_secrets"] = cty.NullVal(cty.DynamicPseudoType)
	if existing != nil {
		view["existing_secrets"] = list(sorted(existing))
	}
	view["reads_made"], view["reads_secrets"] = only(readsMade), only(readsMade || existing != nil)
}

// taskValues are what ECS reads before a task of a service starts, among literals.
func taskValues(s *spec.Service) []spec.Value {
	values := slices.Collect(maps.Values(s.Environment))
	if s.Image.Credentials != nil {
		values = append(values, *s.Image.Credentials)
	}
	return values
}

// handedOn returns the names of the variables that bring the values of what the
// root at where makes.
func (g *generation) handedOn(where place) (names []string) {
	parameters, secrets := g.madeIn(where)
	for _, p := range parameters {
		names = append(names, p.Value.Text)
	}
	for _, s := range secrets {
		for _, v := range s.Values {
			names = append(names, v.Text)
		}
	}
	return names
}

// declared returns what a root passes to the module that both roots share:
// nothing at all where neither makes any, since the module then takes none.
func declared(made map[string]entry, values entry, all int) (cty.Value, cty.Value) {
	if all == 0 {
		return cty.NullVal(cty.DynamicPseudoType), cty.NullVal(cty.DynamicPseudoType)
	}
	if len(made) == 0 {
		return cty.EmptyObjectVal, cty.EmptyObjectVal
	}
	return table(made), cty.ObjectVal(values)
}
