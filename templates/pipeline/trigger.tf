# A commit on the branch starts the pipeline. AWS switches polling off in a
# pipeline that has been quiet for a month; a rule keeps listening.
resource "aws_cloudwatch_event_rule" "commit" {
  name        = "${var.id}-trigger"
  description = "A commit on ${var.branch} of ${var.repository_name} starts ${var.name}."

  event_pattern = jsonencode({
    source      = ["aws.codecommit"]
    detail-type = ["CodeCommit Repository State Change"]
    resources   = [local.repository_arn]

    detail = {
      event         = ["referenceCreated", "referenceUpdated"]
      referenceType = ["branch"]
      referenceName = [var.branch]
    }
  })
}

resource "aws_cloudwatch_event_target" "pipeline" {
  rule     = aws_cloudwatch_event_rule.commit.name
  arn      = aws_codepipeline.this.arn
  role_arn = aws_iam_role.trigger.arn
}

data "aws_iam_policy_document" "trigger_trust" {
  statement {
    sid     = "ThisRuleOnly"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [local.rule_arn]
    }
  }
}

data "aws_iam_policy_document" "trigger" {
  statement {
    sid       = "StartThePipeline"
    actions   = ["codepipeline:StartPipelineExecution"]
    resources = [local.pipeline_arn]
  }
}

resource "aws_iam_role" "trigger" {
  name               = "${var.id}-trigger-${var.region}"
  description        = "Lets the rule start the pipeline ${var.name}."
  assume_role_policy = data.aws_iam_policy_document.trigger_trust.json
}

resource "aws_iam_role_policy" "trigger" {
  name   = "trigger"
  role   = aws_iam_role.trigger.id
  policy = data.aws_iam_policy_document.trigger.json

  lifecycle {
    # Under a new name role and policy are there before the old ones go.
    create_before_destroy = true
  }
}
