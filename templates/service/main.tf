# The service keeps its tasks running and rolls them over to each new revision.
resource "aws_ecs_service" "this" {
  name            = var.name
  cluster         = var.cluster_arn
  task_definition = aws_ecs_task_definition.this.arn
  desired_count   = var.desired_count

  deployment_minimum_healthy_percent = var.minimum_healthy_percent
  deployment_maximum_percent         = var.maximum_percent
  health_check_grace_period_seconds  = spec.load_balanced == null ? null : var.health_check_grace_period
  enable_ecs_managed_tags            = true
  propagate_tags                     = "SERVICE"

  # A rollout that fails shall fail the apply, where there is an image to roll out.
  wait_for_steady_state = var.wait_for_steady_state

  dynamic "alarms" {
    for_each = spec.alarms.differ ? (length(var.alarm_names) > 0 ? [true] : []) : spec.alarms.used[*]

    content {
      alarm_names = var.alarm_names
      enable      = true
      rollback    = true
    }
  }

  dynamic "capacity_provider_strategy" {
    for_each = var.capacity_provider_strategy

    content {
      capacity_provider = capacity_provider_strategy.key
      weight            = capacity_provider_strategy.value.weight
      base              = capacity_provider_strategy.value.base
    }
  }

  deployment_circuit_breaker {
    enable   = var.circuit_breaker
    rollback = var.circuit_breaker
  }

  dynamic "load_balancer" {
    for_each = spec.load_balanced[*]

    content {
      target_group_arn = aws_lb_target_group.this.arn
      container_name   = var.container_name
      container_port   = var.port
    }
  }

  network_configuration {
    subnets          = var.subnet_ids
    security_groups  = [aws_security_group.this.id]
    assign_public_ip = var.public_ip # checkov:skip=CKV_AWS_333: In public subnets it is the only way out.
  }

  dynamic "lifecycle" {
    for_each = spec.pipeline_owned[*]

    content {
      # The first revision is Terraform's, all later ones are the pipeline's.
      ignore_changes = [task_definition]
    }
  }

  # These must be there before the first task, and until the last one is gone.
  depends_on = spec.load_balanced == null ? [
    aws_iam_role_policy.execution,
    aws_vpc_security_group_egress_rule.https,
    ] : [
    aws_iam_role_policy.execution,
    aws_lb_listener_rule.this,
    aws_vpc_security_group_egress_rule.https,
    aws_vpc_security_group_egress_rule.load_balancer,
    aws_vpc_security_group_ingress_rule.load_balancer,
  ]
}
