//go:build linux

package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// A generating is what it takes to generate the code of one spec, again and
// again. Nothing is written but the first time.
type generating struct {
	name   string
	usages []usage
}

// generate measures tfgen generate for the tutorial and for ever more services.
func generate(ctx context.Context, tfgen, dir string) (all []generating, err error) {
	tutorial := filepath.Join(dir, "tutorial")
	if err := os.CopyFS(tutorial, os.DirFS("examples/tutorial")); err != nil {
		return nil, err
	}
	g, err := generateOften(ctx, tfgen, tutorial, 40)
	all = append(all, generating{"the tutorial", g})
	for _, n := range []int{10, 100, 1000, 2000} {
		if err != nil {
			return nil, err
		}
		spec := filepath.Join(dir, fmt.Sprint(n))
		if err := os.Mkdir(spec, 0o755); err != nil {
			return nil, err
		}
		if err := os.WriteFile(filepath.Join(spec, "tfgen.hcl"), services(n), 0o644); err != nil {
			return nil, err
		}
		g, err = generateOften(ctx, tfgen, spec, 10)
		all = append(all, generating{fmt.Sprintf("%d services", n), g})
	}
	return all, err
}

func generateOften(ctx context.Context, tfgen, dir string, times int) (usages []usage, err error) {
	for range times + 1 {
		cmd := exec.CommandContext(ctx, tfgen, "generate")
		cmd.Dir = dir
		u, err := use(cmd)
		if err != nil {
			return nil, err
		}
		usages = append(usages, u)
	}
	return usages[1:], nil
}

// services is a spec of n services, each with a build, a pipeline and a place
// behind a load balancer.
func services(n int) []byte {
	var text strings.Builder
	text.WriteString("project \"big\" {\n  region = \"eu-central-1\"\n}\n\nsource \"codecommit\" {\n  repository = \"big\"\n}\n\n" +
		"cluster \"big\" {\n  capacity \"FARGATE\" {}\n}\n")
	for i := range n {
		fmt.Fprintf(&text, "\nservice \"service-%d\" {\n  port        = 8080\n  environment = { LEVEL = \"info\", TOKEN = ssm(\"/service-%d/token\") }\n"+
			"  build {\n    context = \"services/%d\"\n  }\n  load_balancer {\n    path = \"/%d/*\"\n  }\n}\n", i, i, i, i)
	}
	return []byte(text.String())
}

// least and median are those of one quantity.
func least[T cmp.Ordered](usages []usage, of func(usage) T) T { return sorted(usages, of)[0] }

func median[T cmp.Ordered](usages []usage, of func(usage) T) T {
	return sorted(usages, of)[len(usages)/2]
}

func sorted[T cmp.Ordered](usages []usage, of func(usage) T) (all []T) {
	for _, u := range usages {
		all = append(all, of(u))
	}
	slices.Sort(all)
	return all
}
