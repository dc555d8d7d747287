package spec

import (
	"bytes"
	"fmt"
	"os"
	"testing"
)

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if s, problems := Load("testdata/tutorial.tfgen.hcl"); s == nil {
			b.Fatal(problems)
		}
	}
}

// BenchmarkParse parses the minimal spec with ever more services in it.
func BenchmarkParse(b *testing.B) {
	base, err := os.ReadFile("testdata/minimal.tfgen.hcl")
	if err != nil {
		b.Fatal(err)
	}
	for _, n := range []int{1, 100, 1000} {
		src := bytes.Clone(base)
		for i := range n - 1 {
			src = fmt.Appendf(src, "\nservice \"service-%d\" {\n  port = 8080\n  build {\n    context = \"services/%d\"\n  }\n  load_balancer {\n    path = \"/%d/*\"\n  }\n}\n", i, i, i)
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if s, problems := Parse(src, "tfgen.hcl"); s == nil {
					b.Fatal(problems)
				}
			}
		})
	}
}
