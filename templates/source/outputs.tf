output "clone_url_http" {
  description = "Address to clone from and push to over HTTPS."
  value       = spec.existing == null ? aws_codecommit_repository.this.clone_url_http : data.aws_codecommit_repository.this.clone_url_http
}
