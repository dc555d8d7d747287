package rehearsal

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"tfgen/generator"
	"tfgen/generator/spec"
	"tfgen/internal/operate"
	"tfgen/internal/rehearsal/localaws"
)

// parse reads a project with a cluster and what else a text says.
func parse(t *testing.T, rest string) *spec.Spec {
	t.Helper()
	s, problems := spec.Parse([]byte("project \"shop\" {\n  region = \"eu-west-1\"\n}\n"+rest), "tfgen.hcl")
	if s == nil {
		t.Fatal(problems)
	}
	return s
}

// The change step plays everything that people change first, and says what a
// spec cannot take.
func TestAlterSpec(t *testing.T) {
	t.Parallel()
	acm := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`{"CertificateArn": "arn:aws:acm:eu-west-1:123456789012:certificate/made-up"}`))
	}))
	t.Cleanup(acm.Close)
	for name, test := range map[string]struct {
		spec string
		want []string
	}{
		"balanced": {`
cluster "shop" {
  capacity "FARGATE" {}
}
service "shop" {
  port = 8080
  image {
    first = "nginx"
  }
  load_balancer {}
}`, []string{
			"shop: cpu 256 → 512, memory 512 → 1024, one more variable, port 8080 → 8081, tasks 1 → 2",
			"load balancer shop: a certificate, port 80 → 443",
			"rehearsal: a second service, at /rehearsal/* of the same load balancer",
			"production: one more tag on everything in it",
		}},
		"worker": {`
environment "dev" {}
cluster "shop" {
  capacity "FARGATE" {}
}
service "shop" {
  image {
    first = "nginx"
  }
}`, []string{
			"shop: cpu 256 → 512, memory 512 → 1024, one more variable, no port that could change, tasks 1 → 2",
			"rehearsal: a second service",
			"dev: one more tag on everything in it",
		}},
		"encrypted, on instances": {`
network {
  cidr = "10.0.0.0/16"
}
cluster "shop" {
  capacity "EC2" {
    instance_type = "t3.large"
  }
}
service "shop" {
  port = 80
  image {
    first = "nginx"
  }
  load_balancer {
    certificate = "arn:aws:acm:eu-west-1:123456789012:certificate/1"
  }
}`, []string{
			"shop: one more variable, port 80 → 8080, as many tasks as before, since instances may have no room for more",
			"load balancer shop: it has a certificate already",
			"no second service: instances may have no room for one",
			"production: one more tag on everything in it",
		}},
	} {
		w := &world{spec: parse(t, test.spec), server: &localaws.Server{URL: acm.URL}, admin: operate.At(acm.URL, "eu-west-1", operate.Keys{ID: "id", Secret: "secret"})}
		notes, err := w.alterSpec(t.Context())
		if err != nil || !slices.Equal(notes, test.want) {
			t.Errorf("%s: got\n%s\nwant\n%s (%v)", name, strings.Join(notes, "\n"), strings.Join(test.want, "\n"), err)
		}
		if _, err := generator.Generate(w.spec); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A second service shares no name and no priority with the first.
func TestSecondServiceStandsApart(t *testing.T) {
	t.Parallel()
	s := parse(t, `
cluster "shop" {
  capacity "FARGATE" {}
}
service "shop" {
  port = 80
  image {
    first = "nginx"
  }
  load_balancer {}
}`)
	alone, err := defaultService(s, s.Services[0])
	if err != nil {
		t.Fatal(err)
	}
	first := s.Services[0]
	first.LoadBalancer.Priority = alone.LoadBalancer.Priority
	if _, err := addService(s); err != nil {
		t.Fatal(err)
	}
	made := s.Services[1]
	names := map[string]bool{first.ID: true, first.Name: true, first.LoadBalancer.TargetGroup: true}
	if len(names) == 0 || names[made.ID] || names[made.Name] || names[made.LoadBalancer.TargetGroup] {
		t.Errorf("%s is among %v", made.ID, slices.Sorted(maps.Keys(names)))
	}
	if made.LoadBalancer.Priority == first.LoadBalancer.Priority || made.LoadBalancer.Balancer != first.LoadBalancer.Balancer {
		t.Errorf("%+v beside %+v", made.LoadBalancer, first.LoadBalancer)
	}
}
