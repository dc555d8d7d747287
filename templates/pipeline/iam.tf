# CodePipeline names no source account when it assumes the role, so the trust
# cannot ask for one.
data "aws_iam_policy_document" "pipeline_trust" {
  statement {
    sid     = "Pipelines"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["codepipeline.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "pipeline" {
  source_policy_documents = spec.deployment.used == null ? null : (
    spec.deployment.differ ? values(data.aws_iam_policy_document.deploy)[*].json : [data.aws_iam_policy_document.deploy.json]
  )

  statement {
    sid       = "ReadSource"
    resources = [local.repository_arn]
    actions = [
      "codecommit:CancelUploadArchive",
      "codecommit:GetBranch",
      "codecommit:GetCommit",
      "codecommit:GetUploadArchiveStatus",
      "codecommit:UploadArchive",
    ]
  }

  statement {
    sid       = "UseArtifacts"
    actions   = ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"]
    resources = ["${local.artifacts_arn}/*"]
  }

  statement {
    sid       = "LookAtArtifactBucket"
    actions   = ["s3:GetBucketVersioning"]
    resources = [local.artifacts_arn]
  }

  statement {
    sid       = "RunBuilds"
    actions   = ["codebuild:BatchGetBuilds", "codebuild:StartBuild"]
    resources = [local.project_arn]
  }
}

resource "aws_iam_role" "pipeline" {
  name               = "${var.id}-pipeline-${var.region}"
  description        = "What the pipeline ${var.name} may do."
  assume_role_policy = data.aws_iam_policy_document.pipeline_trust.json
}

resource "aws_iam_role_policy" "pipeline" {
  name   = "pipeline"
  role   = aws_iam_role.pipeline.id
  policy = data.aws_iam_policy_document.pipeline.json

  lifecycle {
    # Under a new name role and policy are there before the old ones go.
    create_before_destroy = true
  }
}
