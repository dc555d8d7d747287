# With its own name: the provider renames a repository in place, and learns its
# new address only when it is read again.
output "clone_url_http" {
  description = "Address to clone from and push to over HTTPS."
  value       = spec.existing == null ? replace(aws_codecommit_repository.this.clone_url_http, "/[^/]+$/", var.name) : data.aws_codecommit_repository.this.clone_url_http
}
