package spec

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
)

// variablesOf decodes the variables of a container or a build.
func (d *decoder) variablesOf(a *attribute, expr hcl.Expression, items map[string]hcl.Range) (any, bool) {
	written, sound := d.pairs(a.name, expr)
	variables := map[string]Value{}
	for _, p := range written {
		items[p.key] = p.named
		if isNull(p.value) {
			continue
		}
		v, ok := d.variable(a, p)
		sound = sound && ok
		if ok {
			variables[p.key] = v
		}
	}
	return variables, sound
}

// variable decodes one variable. A literal that looks like a credential is
// refused and hidden, before anything else can mention it.
func (d *decoder) variable(a *attribute, p pair) (Value, bool) {
	secret := credentialName(p.key)
	if secret && !d.written(p.value) {
		return d.credential(p)
	}
	v, ok := d.evaluate(p.value)
	if !ok {
		return Value{}, false
	}
	if v.Type().Equals(d.scope.reference) {
		return d.reference(a, p, v)
	}
	s, err := convert.Convert(v, cty.String)
	if err != nil || s.IsNull() {
		d.add(wrongType, p.value.Range(), "%s must be a string, not %s.", variableName(a, p.key), typeName(v))
		return Value{}, false
	}
	if s.AsString() != "" && (secret || credentialValue(s.AsString())) {
		return d.credential(p)
	}
	return Value{Kind: Literal, Text: s.AsString(), Range: p.value.Range()}, true
}

// written reports whether an expression is written as a call of one of the
// functions, or as the empty text: neither holds a secret.
func (d *decoder) written(expr hcl.Expression) bool {
	at := expr.Range()
	if !at.CanSliceBytes(d.src) {
		return false
	}
	text := at.SliceBytes(d.src)
	return isCall(text) || string(text) == `""`
}

// credential reports a credential in the text of the spec, without showing it.
func (d *decoder) credential(p pair) (Value, bool) {
	d.hide(p.value.Range())
	d.add(literalCredential, p.named,
		`%s looks like a credential, and a spec is kept in the repository. Keep the value in Parameter Store or Secrets Manager, and refer to it: %s = ssm("/path") or %s = secret("name", "key").`,
		p.key, p.key, p.key)
	return Value{}, false
}

// reference takes a Value out of what a function returned, if the argument
// takes its kind.
func (d *decoder) reference(a *attribute, p pair, v cty.Value) (Value, bool) {
	got, _ := v.EncapsulatedValue().(*Value)
	if got == nil {
		return Value{}, false
	}
	value := *got
	value.Range = p.value.Range()
	if value.Kind == SecretsM && !d.takeApart(&value) {
		return value, false
	}
	if !contains(a.values, value.Kind) {
		d.add(badFunctionUse, p.value.Range(), "%s() has no place here: it may set the variables of a pipeline, and the value of a parameter or a secret. Use ssm() or secret().", value.Kind)
		return value, false
	}
	return value, true
}

// outside decodes variable("…"): a value that comes from a Terraform variable.
// Anything else would be in the spec for all to read.
func (d *decoder) outside(what string, expr hcl.Expression) (any, bool) {
	if d.written(expr) {
		v, ok := d.evaluate(expr)
		if !ok {
			return nil, false
		}
		if v.Type().Equals(d.scope.reference) {
			if got, _ := v.EncapsulatedValue().(*Value); got != nil && got.Kind == Variable {
				value := *got
				value.Range = expr.Range()
				return value, true
			}
		}
	}
	d.hide(expr.Range())
	d.add(literalSecret, expr.Range(), `%s comes from outside of the spec: write variable("name"), and give the Terraform variable of that name its value when you apply.`, what)
	return nil, false
}

func (d *decoder) allOutside(a *attribute, expr hcl.Expression, items map[string]hcl.Range) (any, bool) {
	written, sound := d.pairs(a.name, expr)
	values := map[string]Value{}
	for _, p := range written {
		items[p.key] = p.named
		v, ok := d.outside(variableName(a, p.key), p.value)
		sound = sound && ok
		values[p.key], _ = v.(Value)
	}
	if sound && len(values) == 0 {
		d.add(wrongType, expr.Range(), `%s is empty. Give it a key: %s = { token = variable("name") }.`, a.name, a.name)
		return nil, false
	}
	return values, sound
}

// secretOf decodes secret("…"): a whole secret, in which whoever reads it looks
// for keys of its own.
func (d *decoder) secretOf(a *attribute, expr hcl.Expression) (any, bool) {
	if d.written(expr) {
		v, ok := d.evaluate(expr)
		if !ok {
			return nil, false
		}
		if v.Type().Equals(d.scope.reference) {
			if got, _ := v.EncapsulatedValue().(*Value); got != nil && got.Kind == SecretsM {
				value := *got
				value.Range = expr.Range()
				return value, d.takeApart(&value)
			}
		}
	}
	d.hide(expr.Range())
	d.add(literalSecret, expr.Range(), `%s is a secret: write %s = secret("name"), and keep what it holds in Secrets Manager.`, a.name, a.name)
	return nil, false
}

// tagsOf decodes a map of texts. Numbers and flags become text, as in Terraform.
func (d *decoder) tagsOf(a *attribute, expr hcl.Expression, items map[string]hcl.Range) (any, bool) {
	written, sound := d.pairs(a.name, expr)
	tags := map[string]string{}
	for _, p := range written {
		items[p.key] = p.named
		v, ok := d.evaluate(p.value)
		if !ok {
			sound = false
			continue
		}
		s, err := convert.Convert(v, cty.String)
		if err != nil || s.IsNull() {
			d.add(wrongType, p.value.Range(), "%s must be a string, not %s.", variableName(a, p.key), typeName(v))
			sound = false
			continue
		}
		tags[p.key] = s.AsString()
	}
	return tags, sound
}
