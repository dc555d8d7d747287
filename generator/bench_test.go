package generator_test

import (
	"testing"

	"tfgen/generator"
	"tfgen/generator/spec"
)

func BenchmarkGenerate(b *testing.B) {
	s, problems := spec.Load("../examples/tutorial/tfgen.hcl")
	if s == nil {
		b.Fatal(problems)
	}
	for b.Loop() {
		if _, err := generator.Generate(s); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if s, problems := spec.Load("../examples/tutorial/tfgen.hcl"); s == nil {
			b.Fatal(problems)
		}
	}
}
