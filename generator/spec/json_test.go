package spec

import (
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	ctyjson "github.com/zclconf/go-cty/cty/json"
)

func TestJSONGivesTheSameSpec(t *testing.T) {
	const name = "testdata/complete.tfgen.hcl"
	native := loaded(t, name)
	got, problems := Parse(asJSON(t, name), name+".json")
	if problems.HasErrors() {
		t.Fatal(problems)
	}
	if diff := cmp.Diff(native, got, cmpopts.IgnoreTypes(hcl.Range{}), cmpopts.IgnoreFields(Spec{}, "File")); diff != "" {
		t.Errorf("-native +json\n%s", diff)
	}
}

// asJSON returns a spec in HCL's JSON form (HCL JSON Syntax Specification).
func asJSON(t testing.TB, name string) []byte {
	t.Helper()
	src, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	file, diags := hclsyntax.ParseConfig(src, name, hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return []byte(jsonBody(src, file.Body.(*hclsyntax.Body)))
}

// jsonBody keeps the order of what stands in a body. A block more of the same type is
// the same property once more.
func jsonBody(src []byte, body *hclsyntax.Body) string {
	places := map[int]string{}
	for name, attr := range body.Attributes {
		places[attr.SrcRange.Start.Byte] = jsonProperty(name, jsonExpression(src, attr.Expr))
	}
	for _, block := range body.Blocks {
		text := jsonBody(src, block.Body)
		for _, label := range slices.Backward(block.Labels) {
			text = "{" + jsonProperty(label, text) + "}"
		}
		places[block.Range().Start.Byte] = jsonProperty(block.Type, text)
	}
	return jsonObject(places)
}

func jsonObject(places map[int]string) string {
	var properties []string
	for _, at := range slices.Sorted(maps.Keys(places)) {
		properties = append(properties, places[at])
	}
	return "{" + strings.Join(properties, ",") + "}"
}

func jsonProperty(name, value string) string { return strconv.Quote(name) + ":" + value }

// jsonExpression returns a literal as itself, and what has to be evaluated as the
// string that HCL evaluates.
func jsonExpression(src []byte, expr hclsyntax.Expression) string {
	switch x := expr.(type) {
	case *hclsyntax.ObjectConsExpr:
		places := map[int]string{}
		for _, item := range x.Items {
			key, _ := item.KeyExpr.Value(nil)
			places[item.KeyExpr.Range().Start.Byte] = jsonProperty(key.AsString(), jsonExpression(src, item.ValueExpr))
		}
		return jsonObject(places)
	case *hclsyntax.TupleConsExpr:
		var elements []string
		for _, element := range x.Exprs {
			elements = append(elements, jsonExpression(src, element))
		}
		return "[" + strings.Join(elements, ",") + "]"
	case *hclsyntax.TemplateExpr:
		return string(x.Range().SliceBytes(src))
	}
	if val, diags := expr.Value(nil); !diags.HasErrors() {
		text, _ := ctyjson.Marshal(val, val.Type())
		return string(text)
	}
	return strconv.Quote("${" + string(expr.Range().SliceBytes(src)) + "}")
}
