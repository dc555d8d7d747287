output "arn" {
  description = "ARN of the pipeline."
  value       = aws_codepipeline.this.arn
}

output "build_role_name" {
  description = "Name of the role that the builds run as, to add a permission of your own to."
  value       = aws_iam_role.build.name
}

output "name" {
  description = "Name of the pipeline."
  value       = aws_codepipeline.this.name
}
