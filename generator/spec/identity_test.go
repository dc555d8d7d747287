package spec

import (
	"strings"
	"testing"
)

func TestIdentity(t *testing.T) {
	for _, test := range []struct{ project, label, environment, identity, repository string }{
		{"myweb", "myweb", "production", "myweb", "myweb"},
		{"shop", "web-api", "production", "shop-web-api", "shop/web-api"},
		{"shop-web", "api", "production", "shop-web--api", "shop-web/api"},
		{"shop-web", "shop-web", "production", "shop-web--shop-web", "shop-web"},
		{"shop", "web", "dev", "shop--web--dev", "shop/web/dev"},
		{"shop", "shop", "dev", "shop--dev", "shop/shop/dev"},
		{"shop-web", "shop-web", "dev", "shop-web--shop-web--dev", "shop-web/shop-web/dev"},
	} {
		if got := Identity(test.project, test.label, test.environment); got != test.identity {
			t.Errorf("identity of %s, %s, %s: %s", test.project, test.label, test.environment, got)
		}
		if got := repositoryName(test.project, test.label, test.environment); got != test.repository {
			t.Errorf("repository of %s, %s, %s: %s", test.project, test.label, test.environment, got)
		}
	}
}

// TestIdentityTellsApart asserts that no two projects, labels and environments
// have a name in common, whatever their case.
func TestIdentityTellsApart(t *testing.T) {
	parts := []string{"a", "b", "a-a", "a-b", "b-a", "a-a-a", "a-b-a", "a_a", "a_-a", "production", "a-production"}
	seen := map[string]string{}
	for _, project := range parts {
		for _, label := range parts {
			for _, environment := range parts {
				whole := strings.Join([]string{project, label, environment}, ", ")
				for _, name := range []string{
					"identity " + strings.ToLower(Identity(project, label, environment)),
					"target group " + strings.ToLower(singleHyphens(Identity(project, label, environment))),
					"repository " + repositoryName(project, label, environment),
				} {
					if seen[name] != "" {
						t.Errorf("%s and %s have one %s", seen[name], whole, name)
					}
					seen[name] = whole
				}
			}
		}
	}
}
