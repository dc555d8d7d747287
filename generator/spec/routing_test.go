package spec

import (
	"slices"
	"strings"
	"testing"
)

func TestPathsBringTheirFolderAlong(t *testing.T) {
	const other = "service \"other\" {\n  port = 80\n  image { first = \"x\" }\n  load_balancer {\n    host = \"b.example.com\"\n    path = \"/orders\"\n  }\n}\n"
	for _, test := range []struct{ name, hcl, want string }{
		{"none", routed("web", "", ""), "/*"},
		{"all", routed("web", "", "/*"), "/*"},
		{"a folder", routed("web", "", "/orders/*"), "/orders /orders/*"},
		{"a text", routed("web", "", "/orders"), "/orders"},
		{"a beginning", routed("web", "", "/orders*"), "/orders*"},
		{"deeper", routed("web", "", "/v?/*"), "/v? /v?/*"},
		{"another's at this host", routed("web", "B.example.com", "/orders/*") + other, "/orders/*"},
		{"another's at another host", routed("web", "a.example.com", "/orders/*") + other, "/orders /orders/*"},
	} {
		got := parsed(t, test.hcl).Services[0].LoadBalancer.Patterns()
		if want := test.want; !slices.Equal(got, strings.Fields(want)) {
			t.Errorf("%s: got %q, want %s", test.name, got, want)
		}
	}
}
