output "arn" {
  description = "ARN of the repository, for policies."
  value       = aws_ecr_repository.this.arn
}

output "url" {
  description = "Address of the repository, to push to and pull from."
  value       = aws_ecr_repository.this.repository_url
}
