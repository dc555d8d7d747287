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

  load_balancer {}
}
`

// A resident is one of the specs in an account, and the folder it is in.
type resident struct {
	*project
	name     string // of the spec: NAME.hcl
	deployed deployed
}

// residents are two projects, a second region of the first, and a second spec
// in the first one's folder.
func residents(t *testing.T) (first, second, region, dev resident) {
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
	return settle(t, shop, "shop", "production", "shop"), settle(t, elsewhere(), "bank", "production", "bank"),
		settle(t, ireland, "shop", "production", "shop"), settle(t, shop, "shop", "dev", "")
}

// settle writes a spec. One without a repository of its own uses the project's.
func settle(t *testing.T, p *project, name, environment, repository string) resident {
	t.Helper()
	r := resident{p, name + "-" + environment, deployed{name, "site"}}
	if environment != "production" {
		r.deployed.cluster += "--" + environment
	}
	create := repository != ""
	text := strings.NewReplacer("PROJECT", name, "REGION", p.region, "ENVIRONMENT", environment, "NAME", r.name,
		"REPOSITORY", name, "CREATE", fmt.Sprint(create)).Replace(neighbour)
	if err := os.WriteFile(filepath.Join(p.dir, r.name+".hcl"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return r
}

func (r resident) run(t *testing.T, args ...string) {
	r.must(t, append(args, "-file="+r.name+".hcl")...)
}

// Two projects, one project in two regions, and two specs in one folder, all in
// one account and with a service of one label: each is made, delivers and goes
// without any of the others noticing.
func TestNeighbours(t *testing.T) {
	t.Parallel()
	first, second, region, dev := residents(t)
	all := []resident{first, second, region, dev}
	for _, group := range [][]resident{{first, second, region}, {dev}} { // which needs the first one's repository
		together(t, "make", group, func(t *testing.T, r resident) {
			r.run(t, "generate")
			r.run(t, "apply", "-auto-approve")
		})
	}
	for _, r := range all {
		image := fmt.Sprintf("%s.dkr.ecr.%s.amazonaws.com/%s:cccccccc", account, r.region, r.name)
		if code := r.deployed.deploy(t, r.aws, fmt.Sprintf(`[{"name":"site","imageUri":%q}]`, image)); code != "" {
			t.Fatalf("%s: %s", r.name, code)
		}
	}
	together(t, "plan", all, unmoved)
	first.run(t, "destroy", "-auto-approve")
	together(t, "plan after one went", []resident{second, region, dev}, unmoved)
}

func unmoved(t *testing.T, r resident) { r.changesNothing(t, "-file="+r.name+".hcl") }

// together does something with each resident at the same time.
func together(t *testing.T, what string, all []resident, do func(*testing.T, resident)) {
	t.Helper()
	ok := t.Run(what, func(t *testing.T) {
		for i, r := range all {
			t.Run(fmt.Sprint(i, " ", r.name), func(t *testing.T) {
				t.Parallel()
				do(t, r)
			})
		}
	})
	if !ok {
		t.FailNow()
	}
}
