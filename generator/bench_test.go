package generator_test

import (
	"fmt"
	"strings"
	"testing"

	"tfgen/generator/spec"
)

func BenchmarkGenerate(b *testing.B) {
	s := load(b, "../examples/tutorial/tfgen.hcl")
	b.ReportAllocs()
	for b.Loop() {
		generate(b, s)
	}
}

// BenchmarkServices generates from specs of many services, each with a build, a
// pipeline and a place behind the load balancer.
func BenchmarkServices(b *testing.B) {
	for _, n := range []int{1, 10, 100, 1000, 2000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			s, problems := spec.Parse(many(n), "tfgen.hcl")
			if s == nil {
				b.Fatal(problems)
			}
			b.ReportAllocs()
			for b.Loop() {
				generate(b, s)
			}
		})
	}
}

// many returns a spec of n services.
func many(n int) []byte {
	var text strings.Builder
	text.WriteString(`project "big" { region = "eu-central-1" }
source "codecommit" { repository = "big" }
cluster "big" {
  capacity "FARGATE" {}
}
`)
	for i := range n {
		fmt.Fprintf(&text, `
service "service-%d" {
  port        = 8080
  environment = { LEVEL = "info", TOKEN = ssm("/service-%d/token") }
  build { context = "services/%d" }
  load_balancer { path = "/%d/*" }
}
`, i, i, i, i)
	}
	return []byte(text.String())
}
