package spec

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// evaluate works an expression out. It reports at most one problem, and
// returns false for what has one, or rests on something that has.
func (d *decoder) evaluate(expr hcl.Expression) (cty.Value, bool) {
	for _, t := range expr.Variables() {
		if code, why := d.scope.refused(t); code != "" {
			d.add(code, t.SourceRange(), "%s", why)
			return cty.NilVal, false
		}
	}
	v, diags := expr.Value(d.scope.ctx)
	if diags.HasErrors() {
		d.cannotEvaluate(expr, diags)
		return cty.NilVal, false
	}
	if hasZero(v) {
		d.add(badExpression, expr.Range(), "The text holds a zero byte, \\u0000, which neither AWS nor a command takes. Take it out.")
		return cty.NilVal, false
	}
	return v, v.IsWhollyKnown()
}

func hasZero(v cty.Value) bool {
	return v.Type() == cty.String && v.IsKnown() && !v.IsNull() && strings.Contains(v.AsString(), "\x00")
}

// cannotEvaluate reports the first of HCL's complaints about an expression.
func (d *decoder) cannotEvaluate(expr hcl.Expression, diags hcl.Diagnostics) {
	diag := diags[0]
	at := expr.Range()
	if diag.Subject != nil {
		at = *diag.Subject
	}
	if unknown, ok := hcl.DiagnosticExtra[hclsyntax.FunctionCallUnknownDiagExtra](diag); ok {
		name := unknown.CalledFunctionName()
		d.add(onlyData, at, "It may call ssm(path), secret(name, key) and variable(name), and not %s().%s",
			name, suggest(name, keys(d.scope.functions)))
		return
	}
	if strings.Contains(strings.ToLower(diag.Summary), "function") {
		d.add(badFunctionUse, at, "Write ssm(path), secret(name), secret(name, key) or variable(name), each argument in quotes.")
		return
	}
	if strings.Contains(diag.Detail, "have reference") {
		d.add(badFunctionUse, at, "ssm(), secret() and variable() stand alone, without text around them: the value is only known where it is used.")
		return
	}
	d.add(badExpression, at, "%s: %s", diag.Summary, diag.Detail)
}

// pair is an entry of a map as it was written.
type pair struct {
	key   string
	named hcl.Range
	value hcl.Expression
}

// pairs takes a map apart. It is false for what is not written as a map, and
// reports that.
func (d *decoder) pairs(what string, expr hcl.Expression) ([]pair, bool) {
	written, diags := hcl.ExprMap(expr)
	if diags.HasErrors() {
		d.add(wrongType, expr.Range(), "%s must be a map: write %s = { KEY = … }.", what, what)
		return nil, false
	}
	var found []pair
	lines := map[string]int{}
	sound := true
	for _, w := range written {
		key, ok := d.evaluate(w.Key)
		if !ok || key.IsNull() || key.Type() != cty.String {
			sound = false
			continue
		}
		p := pair{key: key.AsString(), named: w.Key.Range(), value: w.Value}
		if line, twice := lines[p.key]; twice {
			d.add(saidTwice, p.named, "%s has %s already, on line %d. Keep one of the two.", what, p.key, line)
			sound = false
			continue
		}
		lines[p.key] = p.named.Start.Line
		found = append(found, p)
	}
	return found, sound
}

// elements takes a list apart.
func (d *decoder) elements(what string, expr hcl.Expression) ([]hcl.Expression, bool) {
	list, diags := hcl.ExprList(expr)
	if diags.HasErrors() {
		d.add(wrongType, expr.Range(), "%s must be a list: write %s = [ … ].", what, what)
		return nil, false
	}
	return list, true
}

// isNull reports whether an argument is set to null, which is as good as unset.
func isNull(expr hcl.Expression) bool {
	v, diags := expr.Value(nil)
	return !diags.HasErrors() && v.IsKnown() && v.IsNull()
}

// text evaluates an expression that must be a string.
func (d *decoder) text(what string, expr hcl.Expression) (string, bool) {
	v, ok := d.evaluate(expr)
	if !ok {
		return "", false
	}
	if v.IsNull() || v.Type() != cty.String {
		d.add(wrongType, expr.Range(), "%s must be a string, not %s.%s", what, typeName(v), quotesHint(v))
		return "", false
	}
	s := v.AsString()
	if credentialValue(s) {
		d.hide(expr.Range())
		d.add(literalCredential, expr.Range(), "%s holds what looks like a credential, and a spec is kept in the repository. Take it out, and let whoever issued it revoke it.", what)
		return "", false
	}
	if strings.TrimSpace(s) == "" {
		d.add(wrongType, expr.Range(), "%s is empty. Give it a value, or leave it out.", what)
		return "", false
	}
	return s, true
}

// integer evaluates an expression that must be a whole number.
func (d *decoder) integer(what string, expr hcl.Expression) (int, bool) {
	v, ok := d.evaluate(expr)
	if !ok {
		return 0, false
	}
	if v.IsNull() || v.Type() != cty.Number {
		d.add(wrongType, expr.Range(), "%s must be a number, not %s.", what, typeName(v))
		return 0, false
	}
	i, exact := v.AsBigFloat().Int64()
	if exact != 0 || i != int64(int(i)) {
		d.add(wrongType, expr.Range(), "%s must be a whole number.", what)
		return 0, false
	}
	return int(i), true
}

// boolean evaluates an expression that must be true or false.
func (d *decoder) boolean(what string, expr hcl.Expression) (bool, bool) {
	v, ok := d.evaluate(expr)
	if !ok {
		return false, false
	}
	if v.IsNull() || v.Type() != cty.Bool {
		d.add(wrongType, expr.Range(), "%s must be true or false, not %s.", what, typeName(v))
		return false, false
	}
	return v.True(), true
}

// typeName is how messages name the type of a value.
func typeName(v cty.Value) string {
	t := v.Type()
	switch {
	case v.IsNull():
		return "null"
	case t == cty.String:
		return "a string"
	case t == cty.Number:
		return "a number"
	case t == cty.Bool:
		return "true or false"
	case t.IsCapsuleType():
		return "ssm(), secret() or variable()"
	case t.IsObjectType() || t.IsMapType():
		return "a map"
	default:
		return "a list"
	}
}

func quotesHint(v cty.Value) string {
	if !v.IsNull() && (v.Type() == cty.Number || v.Type() == cty.Bool) {
		return " Put it in quotes."
	}
	return ""
}

// hide keeps the text of a place out of every message.
func (d *decoder) hide(at hcl.Range) { d.hidden.add(d.src, at.Start.Byte, at.End.Byte) }
