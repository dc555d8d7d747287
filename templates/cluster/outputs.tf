output "arn" {
  description = "ARN of the cluster, once its capacity providers are there."
  value       = aws_ecs_cluster.this.arn

  # A service whose strategy names a provider that the cluster lacks is refused.
  depends_on = [aws_ecs_cluster_capacity_providers.this]
}
