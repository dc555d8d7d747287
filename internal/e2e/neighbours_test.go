package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// neighbour is a spec whose service has the same label as all others of an
// account.
const neighbour = `project "PROJECT" {
  region = "REGION"
  output = "infra-NAME"
}

environment "ENVIRONMENT" {}

source "codecommit" {
  repository = "REPOSITORY"
  create     = CREATE
}

cluster "PROJECT" {
  capacity "FARGATE" {}
}

service "site" {
  port = 80

  build {
    buildspec = "buildspec-NAME.yml"
  }

  load_balancer {
BEHIND  }
}
`

// A resident is one of the specs in an account, and the folder it is in.
type resident struct {
	*project
	name     string // of the spec: NAME.hcl
	deployed deployed
}

// residents are a project, the same in a second region, and two that need what
// it has made: another project behind its load balancer, and a second spec in its
// folder, which builds from its repository.
func residents(t *testing.T) (first, region, second, dev resident) {
	t.Helper()
	shop := newProject(t, "minimal", "eu-central-1")
	elsewhere := func() *project {
		p := *shop
		p.dir, p.log = t.TempDir(), filepath.Join(t.TempDir(), "witness")
		return &p
	}
	ireland := elsewhere()
	ireland.env = append(slices.Clone(shop.env), "AWS_REGION=eu-west-1")
	ireland.region, ireland.aws = "eu-west-1", ireland.client(t, ireland.env)
	first, region = resident{shop, "shop-production", deployed{"shop", "site"}}, resident{ireland, "shop-production", deployed{"shop", "site"}}
	second, dev = resident{elsewhere(), "bank-production", deployed{"bank", "site"}}, resident{shop, "shop-dev", deployed{"shop--dev", "site"}}
	return first, region, second, dev
}

// settle writes the spec. Behind is the rest of its load_balancer block.
func (r resident) settle(t *testing.T, behind string) {
	t.Helper()
	name, environment, _ := strings.Cut(r.name, "-")
	text := strings.NewReplacer("PROJECT", name, "REGION", r.region, "ENVIRONMENT", environment, "NAME", r.name, "REPOSITORY", name,
		"CREATE", fmt.Sprint(environment == "production"), "BEHIND", behind).Replace(neighbour)
	if err := os.WriteFile(filepath.Join(r.dir, r.name+".hcl"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func (r resident) run(t *testing.T, args ...string) {
	r.must(t, append(args, "-file="+r.name+".hcl")...)
}

// Two projects, one project in two regions, and two specs in one folder, all in
// one account and with a service of one label: each is made, delivers and goes
// without any of the others noticing.
func TestNeighbours(t *testing.T) {
	t.Parallel()
	first, region, second, dev := residents(t)
	all := []resident{first, region, second, dev}
	first.settle(t, "")
	region.settle(t, "")
	dev.settle(t, "")
	together(t, "make", all[:2], (resident).make)
	listener := get[string](t, first.aws, "elbv2.describe_listeners", with{"LoadBalancerArn": first.balancer(t)}, "Listeners[0].ListenerArn")
	second.settle(t, fmt.Sprintf("    existing = %q\n    path = \"/bank/*\"\n", listener))
	together(t, "make beside them", all[2:], (resident).make)
	for _, r := range all {
		image := fmt.Sprintf("%s.dkr.ecr.%s.amazonaws.com/%s:cccccccc", account, r.region, r.name)
		if code := r.deployed.deploy(t, r.aws, fmt.Sprintf(`[{"name":"site","imageUri":%q}]`, image)); code != "" {
			t.Fatalf("%s: %s", r.name, code)
		}
	}
	together(t, "plan", all, (resident).unmoved)
	region.run(t, "destroy", "-auto-approve")
	together(t, "plan after one went", []resident{first, second, dev}, (resident).unmoved)
}

func (r resident) make(t *testing.T) {
	r.run(t, "generate")
	r.run(t, "apply", "-auto-approve")
}

func (r resident) unmoved(t *testing.T) { r.changesNothing(t, "-file="+r.name+".hcl") }

func (r resident) balancer(t *testing.T) string {
	return get[string](t, r.aws, "elbv2.describe_load_balancers", with{"Names": []string{r.deployed.cluster}}, "LoadBalancers[0].LoadBalancerArn")
}

// together does something with each resident at the same time.
func together(t *testing.T, what string, all []resident, do func(resident, *testing.T)) {
	t.Helper()
	ok := t.Run(what, func(t *testing.T) {
		for i, r := range all {
			t.Run(fmt.Sprint(i, " ", r.name), func(t *testing.T) {
				t.Parallel()
				do(r, t)
			})
		}
	})
	if !ok {
		t.FailNow()
	}
}
