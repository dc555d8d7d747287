resource "aws_codecommit_repository" "this" {
  repository_name = "stack"
  description     = "The application."
  default_branch  = "main"
}

resource "aws_codestarconnections_connection" "github" {
  name          = "stack"
  provider_type = "GitHub"
}

resource "aws_ecr_repository" "this" {
  name                 = "stack/web"
  image_tag_mutability = "IMMUTABLE"

  encryption_configuration {
    encryption_type = "KMS"
  }

  image_scanning_configuration {
    scan_on_push = true
  }
}

resource "aws_ecr_lifecycle_policy" "this" {
  repository = aws_ecr_repository.this.name

  policy = jsonencode({
    rules = [{
      rulePriority = 1
      description  = "Keep the last thirty images."
      action       = { type = "expire" }
      selection    = { tagStatus = "any", countType = "imageCountMoreThan", countNumber = 30 }
    }]
  })
}

resource "aws_s3_bucket" "artifacts" {
  bucket        = "stack-artifacts"
  force_destroy = true
}

resource "aws_s3_bucket_public_access_block" "artifacts" {
  bucket                  = aws_s3_bucket.artifacts.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "artifacts" {
  bucket = aws_s3_bucket.artifacts.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_ownership_controls" "artifacts" {
  bucket = aws_s3_bucket.artifacts.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "artifacts" {
  bucket = aws_s3_bucket.artifacts.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      kms_master_key_id = aws_kms_key.artifacts.arn
      sse_algorithm     = "aws:kms"
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "artifacts" {
  bucket = aws_s3_bucket.artifacts.id

  rule {
    id     = "expire"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }

    expiration {
      days = 30
    }

    noncurrent_version_expiration {
      noncurrent_days = 7
    }
  }

  depends_on = [aws_s3_bucket_versioning.artifacts]
}

data "aws_iam_policy_document" "artifacts" {
  statement {
    sid       = "TLSOnly"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.artifacts.arn, "${aws_s3_bucket.artifacts.arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_s3_bucket_policy" "artifacts" {
  bucket = aws_s3_bucket.artifacts.id
  policy = data.aws_iam_policy_document.artifacts.json

  depends_on = [aws_s3_bucket_public_access_block.artifacts]
}

resource "aws_cloudwatch_log_group" "build" {
  name              = "/aws/codebuild/stack"
  retention_in_days = 365
}

resource "aws_codebuild_project" "this" {
  name                   = "stack"
  description            = "Builds the image."
  build_timeout          = 30
  queued_timeout         = 60
  concurrent_build_limit = 1
  service_role           = aws_iam_role.build.arn

  artifacts {
    type = "CODEPIPELINE"
  }

  cache {
    type  = "LOCAL"
    modes = ["LOCAL_DOCKER_LAYER_CACHE"]
  }

  environment {
    compute_type    = "BUILD_GENERAL1_SMALL"
    image           = "aws/codebuild/amazonlinux-x86_64-standard:5.0"
    type            = "LINUX_CONTAINER"
    privileged_mode = true

    environment_variable {
      name  = "AWS_ACCOUNT_ID"
      value = data.aws_caller_identity.this.account_id
    }

    environment_variable {
      name  = "DOCKERHUB_TOKEN"
      type  = "PARAMETER_STORE"
      value = aws_ssm_parameter.token.name
    }

    environment_variable {
      name  = "DOCKERHUB_USER"
      type  = "SECRETS_MANAGER"
      value = "${aws_secretsmanager_secret.login.name}:token"
    }
  }

  logs_config {
    cloudwatch_logs {
      group_name = aws_cloudwatch_log_group.build.name
    }
  }

  source {
    type      = "CODEPIPELINE"
    buildspec = "buildspec.yml"
  }
}

resource "aws_codepipeline" "this" {
  name           = "stack"
  execution_mode = "QUEUED"
  pipeline_type  = "V2"
  role_arn       = aws_iam_role.pipeline.arn

  artifact_store {
    location = aws_s3_bucket.artifacts.bucket
    type     = "S3"

    encryption_key {
      id   = aws_kms_key.artifacts.arn
      type = "KMS"
    }
  }

  variable {
    name          = "IMAGE_TAG"
    default_value = "none"
    description   = "A tag to deploy again."
  }

  stage {
    name = "Source"

    action {
      name             = "Source"
      category         = "Source"
      owner            = "AWS"
      provider         = "CodeCommit"
      version          = "1"
      namespace        = "SourceVariables"
      output_artifacts = ["source"]

      configuration = {
        BranchName           = "main"
        OutputArtifactFormat = "CODE_ZIP"
        PollForSourceChanges = "false"
        RepositoryName       = aws_codecommit_repository.this.repository_name
      }
    }
  }

  stage {
    name = "Build"

    action {
      name             = "Build"
      category         = "Build"
      owner            = "AWS"
      provider         = "CodeBuild"
      version          = "1"
      input_artifacts  = ["source"]
      output_artifacts = ["image"]

      configuration = {
        EnvironmentVariables = jsonencode([{ name = "STAGE", type = "PLAINTEXT", value = "build" }])
        ProjectName          = aws_codebuild_project.this.name
      }
    }
  }

  stage {
    name = "Approve"

    action {
      name      = "Approve"
      category  = "Approval"
      owner     = "AWS"
      provider  = "Manual"
      version   = "1"
      run_order = 1

      configuration = {
        CustomData      = "Check the dashboards first."
        NotificationArn = aws_sns_topic.approvals.arn
      }
    }
  }

  stage {
    name = "DeployToECS"

    on_failure {
      result = "ROLLBACK"
    }

    action {
      name               = "DeployToECS"
      category           = "Deploy"
      owner              = "AWS"
      provider           = "ECS"
      version            = "1"
      input_artifacts    = ["image"]
      timeout_in_minutes = 20

      configuration = {
        ClusterName = "stack"
        FileName    = "imagedefinitions.json"
        ServiceName = "web"
      }
    }
  }
}

resource "aws_sns_topic" "approvals" {
  name              = "stack-approvals"
  kms_master_key_id = "alias/aws/sns"
}

resource "aws_sns_topic_subscription" "approvals" {
  topic_arn = aws_sns_topic.approvals.arn
  protocol  = "email"
  endpoint  = "release@example.com"
}

resource "aws_cloudwatch_event_rule" "push" {
  name        = "stack-push"
  description = "A commit on main starts the pipeline."

  event_pattern = jsonencode({
    source      = ["aws.codecommit"]
    detail-type = ["CodeCommit Repository State Change"]
    resources   = [aws_codecommit_repository.this.arn]
    detail      = { event = ["referenceCreated", "referenceUpdated"], referenceType = ["branch"], referenceName = ["main"] }
  })
}

resource "aws_cloudwatch_event_target" "push" {
  rule     = aws_cloudwatch_event_rule.push.name
  arn      = aws_codepipeline.this.arn
  role_arn = aws_iam_role.trigger.arn
}
