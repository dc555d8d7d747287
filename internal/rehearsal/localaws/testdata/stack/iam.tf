data "aws_iam_policy_document" "trust" {
  for_each = {
    build    = "codebuild.amazonaws.com"
    pipeline = "codepipeline.amazonaws.com"
    trigger  = "events.amazonaws.com"
  }

  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = [each.value]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.this.account_id]
    }
  }
}

resource "aws_iam_role" "build" {
  name               = "stack-build"
  assume_role_policy = data.aws_iam_policy_document.trust["build"].json
}

data "aws_iam_policy_document" "build" {
  statement {
    sid       = "Push"
    actions   = ["ecr:PutImage", "ecr:InitiateLayerUpload", "ecr:BatchCheckLayerAvailability", "ecr:DescribeImages"]
    resources = [aws_ecr_repository.this.arn]
  }

  statement {
    sid       = "Login"
    actions   = ["ecr:GetAuthorizationToken", "ecr-public:GetAuthorizationToken", "sts:GetServiceBearerToken"]
    resources = ["*"]
  }

  statement {
    sid       = "Artifacts"
    actions   = ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"]
    resources = ["${aws_s3_bucket.artifacts.arn}/*"]
  }

  statement {
    sid       = "Token"
    actions   = ["ssm:GetParameters"]
    resources = [aws_ssm_parameter.token.arn]
  }

  statement {
    sid       = "Secret"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = ["arn:${data.aws_partition.this.partition}:secretsmanager:eu-west-1:${data.aws_caller_identity.this.account_id}:secret:stack/login-??????"]
  }

  statement {
    sid       = "Log"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.build.arn}:*"]
  }
}

resource "aws_iam_role_policy" "build" {
  name   = "build"
  role   = aws_iam_role.build.id
  policy = data.aws_iam_policy_document.build.json
}

resource "aws_iam_role" "pipeline" {
  name               = "stack-pipeline"
  assume_role_policy = data.aws_iam_policy_document.trust["pipeline"].json
}

data "aws_iam_policy_document" "pipeline" {
  statement {
    sid       = "Source"
    actions   = ["codecommit:GetBranch", "codecommit:GetCommit", "codecommit:UploadArchive"]
    resources = [aws_codecommit_repository.this.arn]
  }

  statement {
    sid       = "Build"
    actions   = ["codebuild:StartBuild", "codebuild:BatchGetBuilds"]
    resources = [aws_codebuild_project.this.arn]
  }

  statement {
    sid       = "Read"
    actions   = ["ecs:DescribeTaskDefinition"]
    resources = ["*"]
  }

  statement {
    sid       = "Register"
    actions   = ["ecs:RegisterTaskDefinition"]
    resources = ["arn:${data.aws_partition.this.partition}:ecs:eu-west-1:${data.aws_caller_identity.this.account_id}:task-definition/web:*"]
  }

  statement {
    sid       = "Update"
    actions   = ["ecs:DescribeServices", "ecs:UpdateService"]
    resources = [aws_ecs_service.this["web"].id]
  }

  statement {
    sid       = "Pass"
    actions   = ["iam:PassRole"]
    resources = [aws_iam_role.execution.arn, aws_iam_role.task.arn]

    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role_policy" "pipeline" {
  name   = "pipeline"
  role   = aws_iam_role.pipeline.id
  policy = data.aws_iam_policy_document.pipeline.json
}

resource "aws_iam_role" "trigger" {
  name               = "stack-trigger"
  assume_role_policy = data.aws_iam_policy_document.trust["trigger"].json
}

data "aws_iam_policy_document" "trigger" {
  statement {
    actions   = ["codepipeline:StartPipelineExecution"]
    resources = [aws_codepipeline.this.arn]
  }
}

resource "aws_iam_policy" "trigger" {
  name   = "stack-trigger"
  policy = data.aws_iam_policy_document.trigger.json
}

resource "aws_iam_role_policy_attachment" "trigger" {
  role       = aws_iam_role.trigger.name
  policy_arn = aws_iam_policy.trigger.arn
}
