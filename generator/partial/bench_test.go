package partial_test

import (
	"bytes"
	"testing"

	"github.com/zclconf/go-cty/cty"

	"tfgen/generator/partial"
)

// benchTemplate is a template of about 200 lines, most of which mention
// nothing known.
func benchTemplate() []byte {
	plain := []byte(`
# A role for the service.
resource "aws_iam_role" "this" {
  name               = "${var.name}-role"
  assume_role_policy = data.aws_iam_policy_document.trust.json

  tags = {
    Name = var.name
    Team = var.tags["Team"] # Whose it is.
  }
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}
`)
	touched := []byte(`
resource "aws_codepipeline" "this" {
  name = spec.key

  dynamic "stage" {
    for_each = spec.stages

    content {
      name = stage.value.name

      dynamic "action" {
        for_each = stage.value.actions

        content {
          name    = action.value
          project = aws_codebuild_project.this[action.value].name
          port    = spec.none
        }
      }
    }
  }
}
`)
	return append(bytes.Repeat(plain, 7), bytes.Repeat(touched, 2)...)
}

func BenchmarkEval(b *testing.B) {
	benchmarkEval(b, benchTemplate(), known())
}

func BenchmarkEvalNothingKnown(b *testing.B) {
	benchmarkEval(b, benchTemplate(), map[string]cty.Value{"other": cty.True})
}

func benchmarkEval(b *testing.B, src []byte, known map[string]cty.Value) {
	template, diags := partial.Parse(src, "in.tf")
	if diags.HasErrors() {
		b.Fatal(diags)
	}
	b.ReportMetric(float64(bytes.Count(src, []byte("\n"))), "lines")
	b.ReportAllocs()
	for b.Loop() {
		if _, diags := template.Eval(known); diags.HasErrors() {
			b.Fatal(diags)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	src := benchTemplate()
	b.ReportAllocs()
	for b.Loop() {
		if _, diags := partial.Parse(src, "in.tf"); diags.HasErrors() {
			b.Fatal(diags)
		}
	}
}
