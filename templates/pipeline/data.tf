data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition

  # By name, as everything of another module: the provider renames a repository in
  # place, and learns its new ARN only while it does.
  repository_arn = "arn:${local.partition}:codecommit:${var.region}:${local.account}:${var.repository_name}"

  # Whatever refers to a module by a key depends on all that is in it, and hands its
  # create_before_destroy on: a lifecycle policy would be put, and then deleted as the old one.
  registries_arn = spec.registry.used == null ? null : "arn:${local.partition}:ecr:${var.region}:${local.account}:repository"
}

# The policies name these and not the resources: Terraform reads a data source that
# names a resource only after each change of it, and the plan of a tag would change
# every policy to something "known after apply".
locals {
  artifacts_arn = aws_s3_bucket.artifacts.arn
  build_log_arn = aws_cloudwatch_log_group.build.arn
  pipeline_arn  = aws_codepipeline.this.arn
  project_arn   = aws_codebuild_project.this.arn
  rule_arn      = aws_cloudwatch_event_rule.commit.arn
}
