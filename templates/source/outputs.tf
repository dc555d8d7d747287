output "arn" {
  description = "ARN of the repository, which roles and event rules name."
  value       = spec.existing == null ? aws_codecommit_repository.this.arn : data.aws_codecommit_repository.this.arn
}

output "clone_url_http" {
  description = "Address to clone from and push to over HTTPS."
  value       = spec.existing == null ? aws_codecommit_repository.this.clone_url_http : data.aws_codecommit_repository.this.clone_url_http
}
