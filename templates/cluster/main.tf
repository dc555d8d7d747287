# Where the services run.
resource "aws_ecs_cluster" "this" {
  name = var.name

  setting {
    name  = "containerInsights"
    value = spec.insights == null ? "disabled" : "enabled"
  }
}

# What the services' strategies may choose from.
resource "aws_ecs_cluster_capacity_providers" "this" {
  cluster_name       = aws_ecs_cluster.this.name
  capacity_providers = spec.ec2 == null ? var.fargate_providers : concat(var.fargate_providers, [aws_ecs_capacity_provider.ec2.name])
}
