package spec

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// routed makes a service with a place behind the shared load balancer.
func routed(name, host, path string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "service %q {\n  port = 80\n  image { first = \"x\" }\n  load_balancer {\n", name)
	if host != "" {
		fmt.Fprintf(&b, "    host = %q\n", host)
	}
	if path != "" {
		fmt.Fprintf(&b, "    path = %q\n", path)
	}
	return b.String() + "  }\n}\n"
}

func TestRulesAreTriedFromTheNarrowest(t *testing.T) {
	s := parsed(t, routed("all", "", "")+routed("root", "", "/*")+routed("api", "", "/api/*")+routed("wild", "*.example.com", "")+
		routed("wildapi", "*.example.com", "/api/*")+routed("www", "www.example.com", "")+routed("wwwapi", "www.example.com", "/api/*"))
	slices.SortFunc(s.Services, func(a, b *Service) int { return a.LoadBalancer.Priority - b.LoadBalancer.Priority })
	var got []string
	for _, service := range s.Services {
		got = append(got, service.Label)
	}
	if want := []string{"wwwapi", "www", "wildapi", "wild", "api", "root", "all"}; !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}

func TestNewServicesMoveNoRule(t *testing.T) {
	before := routed("web", "a.example.com", "") + routed("api", "b.example.com", "")
	after := before
	for i := range 90 {
		after += routed(fmt.Sprintf("s%d", i), fmt.Sprintf("h%d.example.com", i), "")
	}
	old, now := parsed(t, before), parsed(t, after)
	for i, s := range old.Services {
		if s.LoadBalancer.Priority != now.Services[i].LoadBalancer.Priority {
			t.Errorf("%s moved", s.Label)
		}
	}
}
