# The project runs the buildspec that stands beside the application.
resource "aws_codebuild_project" "this" {
  # checkov:skip=CKV_AWS_147: The key that AWS manages: free, and without a policy to keep.
  name           = var.project_name
  description    = "Builds the image of ${var.project_name} for the pipeline ${var.name}."
  service_role   = aws_iam_role.build.arn
  build_timeout  = var.build_timeout_minutes
  queued_timeout = 60

  artifacts {
    type = "CODEPIPELINE"
  }

  cache {
    type  = var.build_cache ? "LOCAL" : "NO_CACHE"
    modes = var.build_cache ? ["LOCAL_DOCKER_LAYER_CACHE"] : null
  }

  environment {
    compute_type    = var.build_compute_type
    image           = var.build_image
    type            = var.build_type
    privileged_mode = var.build_privileged # checkov:skip=CKV_AWS_316: Docker runs inside the build's own container.

    # CodeBuild has no variable of its own for the account.
    environment_variable {
      name  = "AWS_ACCOUNT_ID"
      value = data.aws_caller_identity.current.account_id
    }

    dynamic "environment_variable" {
      for_each = spec.build_environment.used == null ? [] : var.build_environment

      content {
        name  = environment_variable.key
        type  = environment_variable.value.type
        value = environment_variable.value.value
      }
    }
  }

  logs_config {
    cloudwatch_logs {
      group_name = aws_cloudwatch_log_group.build.name
    }
  }

  source {
    type      = "CODEPIPELINE"
    buildspec = var.buildspec
  }
}

# trivy:ignore:AVD-AWS-0017 CloudWatch encrypts logs with a key of its own, at no cost.
resource "aws_cloudwatch_log_group" "build" {
  # checkov:skip=CKV_AWS_158: CloudWatch encrypts logs with a key of its own, at no cost.
  name              = "/aws/codebuild/${var.project_name}"
  retention_in_days = var.log_retention_days # checkov:skip=CKV_AWS_338: The spec says for how long.
}
