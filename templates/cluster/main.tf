# Where the services run.
resource "aws_ecs_cluster" "this" {
  name = var.name

  dynamic "setting" {
    for_each = spec.insights == null ? [true] : []

    content {
      name  = "containerInsights"
      value = "disabled" # trivy:ignore:AVD-AWS-0034 checkov:skip=CKV_AWS_65: CloudWatch bills by the metric.
    }
  }

  dynamic "setting" {
    for_each = spec.insights[*]

    content {
      name  = "containerInsights"
      value = "enabled"
    }
  }
}

# What the services' strategies may choose from.
resource "aws_ecs_cluster_capacity_providers" "this" {
  cluster_name       = aws_ecs_cluster.this.name
  capacity_providers = spec.ec2 == null ? var.fargate_providers : concat(var.fargate_providers, [aws_ecs_capacity_provider.ec2.name])
}
