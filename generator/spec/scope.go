package spec

import (
	"errors"
	"fmt"
	"reflect"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// scope is what the expressions of a spec may mention: project.*,
// environment.*, and three functions.
type scope struct {
	reference   cty.Type // what the functions return: a Value in a capsule
	functions   map[string]function.Function
	known       map[string]map[string]cty.Value // "project" and "environment", once they are read
	environment map[string]cty.Value
	ctx         *hcl.EvalContext
}

func newScope() scope {
	s := scope{reference: cty.Capsule("reference", reflect.TypeFor[Value]()), known: map[string]map[string]cty.Value{}}
	s.functions = map[string]function.Function{
		"ssm":      s.function(SSM, 1),
		"secret":   s.function(SecretsM, 2),
		"variable": s.function(Variable, 1),
	}
	s.ctx = s.context(false)
	return s
}

// function makes a Value of a kind from one text, and up to most in all.
func (s scope) function(kind ValueKind, most int) function.Function {
	return function.New(&function.Spec{
		Params:   []function.Parameter{{Name: "name", Type: cty.String}},
		VarParam: &function.Parameter{Name: "key", Type: cty.String},
		Type:     function.StaticReturnType(s.reference),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			if len(args) > most {
				return cty.NilVal, errors.New("too many arguments")
			}
			v := Value{Kind: kind, Text: args[0].AsString()}
			if len(args) > 1 {
				v.Key = args[1].AsString()
			}
			return cty.CapsuleVal(s.reference, &v), nil
		},
	})
}

// readProject makes project.* known. What has a problem already is unknown
// rather than missing.
func (s *scope) readProject(n *node) {
	known := map[string]cty.Value{"name": cty.StringVal(n.label)}
	if !n.given {
		known["name"] = cty.UnknownVal(cty.String)
	}
	for _, name := range []string{"region", "account"} {
		switch {
		case n.has(name):
			known[name] = cty.StringVal(n.text(name))
		case n.broken[name] || !n.given:
			known[name] = cty.UnknownVal(cty.String)
		}
	}
	s.known["project"] = known
	s.ctx = s.context(false)
}

// readEnvironment makes environment.* known. There is one environment, so its
// region and account are the project's.
func (s *scope) readEnvironment(n *node) {
	known := map[string]cty.Value{"name": cty.StringVal(environmentName(n))}
	for _, name := range []string{"region", "account"} {
		if v, ok := s.known["project"][name]; ok {
			known[name] = v
		}
	}
	s.environment = known
}

// enter sets what the expressions of a block may mention.
func (s *scope) enter(kind *block) { s.ctx = s.context(kind.environment && s.environment != nil) }

func (s *scope) context(withEnvironment bool) *hcl.EvalContext {
	delete(s.known, "environment")
	if withEnvironment {
		s.known["environment"] = s.environment
	}
	variables := map[string]cty.Value{}
	for name, known := range s.known {
		variables[name] = cty.ObjectVal(known)
	}
	return &hcl.EvalContext{Variables: variables, Functions: s.functions}
}

// refused says why a spec may not mention something, or returns an empty code.
func (s *scope) refused(t hcl.Traversal) (code, why string) {
	known, ok := s.known[t.RootName()]
	if !ok {
		return onlyData, s.allowed() + bareWord(t)
	}
	name := ""
	if len(t) > 1 {
		if step, ok := t[1].(hcl.TraverseAttr); ok {
			name = step.Name
		}
	}
	switch _, set := known[name]; {
	case set && len(t) == 2:
		return "", ""
	case name == "account":
		return unsetReference, "The account is not set. Write account = \"…\" into the project block."
	default:
		return onlyData, s.allowed() + suggest(name, keys(known))
	}
}

// allowed says what may be mentioned here.
func (s *scope) allowed() string {
	const functions = ", and call ssm(), secret() and variable() where variables are set."
	switch {
	case s.known["environment"] != nil:
		return "It may mention project.name, project.region, project.account, environment.name, environment.region and environment.account" + functions
	case s.known["project"] != nil:
		return "Here it may mention project.name, project.region and project.account" + functions
	default:
		return "The project comes first: here it may mention nothing."
	}
}

// bareWord suggests quotes for a single word, which is likely meant as text.
func bareWord(t hcl.Traversal) string {
	if len(t) != 1 {
		return ""
	}
	return fmt.Sprintf(" If the text is meant, write it in quotes: %q.", t.RootName())
}
