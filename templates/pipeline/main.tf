# From a commit on the branch to an image, and from the image to the service.
resource "aws_codepipeline" "this" {
  # checkov:skip=CKV_AWS_219: The key that AWS manages: free, and without a policy to keep.
  name           = var.name
  role_arn       = aws_iam_role.pipeline.arn
  pipeline_type  = "V2" # QUEUED and PARALLEL need it.
  execution_mode = var.execution_mode

  artifact_store {
    type     = "S3"
    location = aws_s3_bucket.artifacts.bucket
  }

  stage {
    name = "Source"

    action {
      name             = "Source"
      category         = "Source"
      owner            = "AWS"
      provider         = "CodeCommit"
      version          = "1"
      output_artifacts = ["SourceArtifact"]

      configuration = {
        RepositoryName       = var.repository_name
        BranchName           = var.branch
        PollForSourceChanges = false # The rule in trigger.tf starts the pipeline.
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
      input_artifacts  = ["SourceArtifact"]
      output_artifacts = spec.deployment.used == null ? null : ["BuildArtifact"]

      configuration = {
        ProjectName = aws_codebuild_project.this.name

        # Stronger than the project's variables, which are stronger than the buildspec's.
        EnvironmentVariables = spec.pipeline_environment.used == null ? null : jsonencode([
          for name, variable in var.pipeline_environment : {
            name  = name
            type  = variable.type
            value = variable.value
          }
        ])
      }
    }
  }

  dynamic "stage" {
    for_each = spec.deployment.differ ? var.deployment[*] : spec.deployment.used[*]

    content {
      name = spec.stage

      action {
        name            = spec.stage
        category        = "Deploy"
        owner           = "AWS"
        provider        = "ECS"
        version         = "1"
        input_artifacts = ["BuildArtifact"]

        # Without a limit of its own the action outwaits a failed rollout for an hour.
        timeout_in_minutes = 30

        configuration = {
          ClusterName = var.deployment.cluster_name
          ServiceName = var.deployment.service_name
          FileName    = "imagedefinitions.json"
        }
      }
    }
  }

  # It runs as soon as it is there, and needs its permissions then.
  depends_on = [aws_iam_role_policy.build, aws_iam_role_policy.pipeline]
}
