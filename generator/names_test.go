package generator_test

import (
	"maps"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/typeexpr"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"

	"tfgen/generator/files"
	"tfgen/generator/spec"
)

// named is a name in generated code: of a resource, or of the object that holds
// a root's state.
type named struct {
	resource, argument string // "" for a state
	text               string
	space              spec.Space
	inside             string // the region, cluster, bucket … that the name is told apart in
}

// shared is the same for two names that AWS takes for one.
func (n named) shared() string {
	text := n.text
	if n.resource == "aws_iam_role" || n.resource == "aws_iam_instance_profile" {
		text = strings.ToLower(text)
	}
	return strings.Join([]string{n.resource, n.argument, text, "in", string(n.space), n.inside}, " ")
}

// insideOthers are the types whose names are told apart within another resource,
// or of which nothing but a tag is a name.
var insideOthers = []string{"aws_iam_role_policy", "aws_s3_bucket_lifecycle_configuration", "aws_ecs_cluster_capacity_providers"}

// names lists the names in the code of a project.
func names(t *testing.T, set files.Set) (all []named) {
	t.Helper()
	modules := map[string][]*hclsyntax.Body{}
	for name, src := range set {
		if strings.HasSuffix(name, ".tf") {
			modules[path.Dir(name)] = append(modules[path.Dir(name)], parseTerraform(t, name, src))
		}
	}
	for dir, bodies := range modules {
		if !strings.Contains("/"+dir, "/modules/") {
			r := reader{t: t, modules: modules, region: regionOf(t, bodies)}
			all = append(all, r.state(bodies)...)
			all = append(all, r.module(dir, nil)...)
		}
	}
	return all
}

// A reader evaluates a root as far as names need it.
type reader struct {
	t       *testing.T
	modules map[string][]*hclsyntax.Body
	region  string
}

// blocks are the blocks of a type in all files of a module.
func blocks(bodies []*hclsyntax.Body, kind string) (all []*hclsyntax.Block) {
	for _, body := range bodies {
		for _, b := range body.Blocks {
			if b.Type == kind {
				all = append(all, b)
			}
		}
	}
	return all
}

// regionOf is the region of a root's provider.
func regionOf(t *testing.T, bodies []*hclsyntax.Body) string {
	t.Helper()
	s := scope{"local": locals(bodies, scope{})}
	for _, b := range blocks(bodies, "provider") {
		if region := s.eval(b.Body.Attributes["region"].Expr); region.IsKnown() {
			return region.AsString()
		}
	}
	t.Fatal("no provider says a region")
	return ""
}

func (r reader) state(bodies []*hclsyntax.Body) (all []named) {
	for _, b := range blocks(bodies, "terraform") {
		for _, backend := range b.Body.Blocks {
			if backend.Type == "backend" {
				at := func(name string) string { return scope{}.eval(backend.Body.Attributes[name].Expr).AsString() }
				all = append(all, named{text: at("key"), space: spec.InBucket, inside: at("bucket")})
			}
		}
	}
	return all
}

// module lists the names that a module makes when it is called with arguments.
func (r reader) module(dir string, arguments map[string]cty.Value) (all []named) {
	bodies := r.modules[dir]
	s := scope{"var": inputs(bodies, arguments)}
	s["local"] = locals(bodies, s)
	for _, b := range blocks(bodies, "module") {
		for _, one := range s.instances(b.Body) {
			called := map[string]cty.Value{}
			for name, a := range b.Body.Attributes {
				called[name] = one.eval(a.Expr)
			}
			source := path.Join(dir, called["source"].AsString())
			all = append(all, r.module(source, called)...)
		}
	}
	for _, b := range blocks(bodies, "resource") {
		for _, one := range s.instances(b.Body) {
			all = append(all, r.resource(b, one)...)
		}
	}
	return all
}

// resource lists the names of one instance of a resource.
func (r reader) resource(b *hclsyntax.Block, s scope) (all []named) {
	kinds := slices.DeleteFunc(spec.Kinds(), func(k spec.Kind) bool { return k.Resource != b.Labels[0] })
	if len(kinds) == 0 {
		for _, name := range []string{"name", "name_prefix", "bucket_prefix", "family"} {
			if b.Body.Attributes[name] != nil && !slices.Contains(insideOthers, b.Labels[0]) {
				r.t.Errorf("%s has a %s, and the table of names does not know it", b.Labels[0], name)
			}
		}
		return nil
	}
	k := kinds[0]
	a := b.Body.Attributes[k.Argument]
	if a == nil {
		r.t.Errorf("%s.%s has no %s", b.Labels[0], b.Labels[1], k.Argument)
		return nil
	}
	text := s.eval(a.Expr)
	if !text.IsWhollyKnown() || text.IsNull() {
		r.t.Errorf("%s.%s: %s cannot be read", b.Labels[0], b.Labels[1], k.Argument)
		return nil
	}
	return []named{{k.Resource, k.Argument, asText(text), k.Space, r.inside(k, s, b)}}
}

func asText(v cty.Value) string {
	if v.Type() == cty.Number {
		return v.AsBigFloat().String()
	}
	return v.AsString()
}

// inside is what a name is told apart in. All specs of a world share the default
// VPC, and each listener that no spec makes.
func (r reader) inside(k spec.Kind, s scope, b *hclsyntax.Block) string {
	switch k.Space {
	case spec.Region, spec.InVPC:
		return r.region
	case spec.InCluster:
		return r.region + " " + asText(s.eval(expression("var.cluster_name")))
	case spec.AtListener:
		if listener := s.eval(b.Body.Attributes["listener_arn"].Expr); listener.IsWhollyKnown() {
			return listener.AsString()
		}
		return "its own in " + r.region + " " + asText(s.eval(expression("var.id")))
	}
	return ""
}

// A scope holds what an expression may name; what it does not hold is unknown.
type scope map[string]cty.Value

func (s scope) eval(x hcl.Expression) cty.Value {
	all := maps.Clone(s)
	for _, v := range x.Variables() {
		if _, known := all[v.RootName()]; !known {
			all[v.RootName()] = cty.DynamicVal
		}
	}
	value, diags := x.Value(&hcl.EvalContext{Variables: all, Functions: namingFunctions})
	if diags.HasErrors() {
		return cty.DynamicVal
	}
	return value
}

// namingFunctions are those of Terraform that names are made with.
var namingFunctions = map[string]function.Function{
	"coalesce": stdlib.CoalesceFunc, "concat": stdlib.ConcatFunc, "contains": stdlib.ContainsFunc, "join": stdlib.JoinFunc,
	"keys": stdlib.KeysFunc, "length": stdlib.LengthFunc, "lookup": stdlib.LookupFunc, "merge": stdlib.MergeFunc,
	"toset": stdlib.MakeToFunc(cty.Set(cty.DynamicPseudoType)), "trimprefix": stdlib.TrimPrefixFunc, "values": stdlib.ValuesFunc,
}

func expression(text string) hcl.Expression {
	x, _ := hclsyntax.ParseExpression([]byte(text), "", hcl.InitialPos)
	return x
}

// instances are the scopes of all instances of a module call or a resource.
func (s scope) instances(body *hclsyntax.Body) (all []scope) {
	each := body.Attributes["for_each"]
	if each == nil {
		return []scope{s}
	}
	over := s.eval(each.Expr)
	if !over.IsKnown() || over.IsNull() || !over.CanIterateElements() {
		return nil
	}
	for it := over.ElementIterator(); it.Next(); {
		key, value := it.Element()
		one := maps.Clone(s)
		one["each"] = cty.ObjectVal(map[string]cty.Value{"key": key, "value": value})
		all = append(all, one)
	}
	return all
}

// inputs are the variables of a module, as its caller sets them or by their defaults.
func inputs(bodies []*hclsyntax.Body, arguments map[string]cty.Value) cty.Value {
	all := map[string]cty.Value{}
	for _, b := range blocks(bodies, "variable") {
		value, set := arguments[b.Labels[0]]
		if a := b.Body.Attributes["default"]; !set && a != nil {
			value, set = scope{}.eval(a.Expr), true
		}
		if !set {
			value = cty.DynamicVal
		}
		all[b.Labels[0]] = converted(b, value)
	}
	return cty.ObjectVal(all)
}

// converted is a value as the type of its variable makes it.
func converted(b *hclsyntax.Block, value cty.Value) cty.Value {
	_, defaults, diags := typeexpr.TypeConstraintWithDefaults(b.Body.Attributes["type"].Expr)
	if diags.HasErrors() || defaults == nil || !value.IsKnown() || value.IsNull() {
		return value
	}
	return defaults.Apply(value)
}

// locals are those of a module: each pass knows what the passes before it found.
func locals(bodies []*hclsyntax.Body, s scope) cty.Value {
	all := map[string]cty.Value{}
	for range 5 {
		s = maps.Clone(s)
		s["local"] = cty.ObjectVal(all)
		next := map[string]cty.Value{}
		for _, b := range blocks(bodies, "locals") {
			for name, a := range b.Body.Attributes {
				next[name] = s.eval(a.Expr)
			}
		}
		all = next
	}
	return cty.ObjectVal(all)
}
