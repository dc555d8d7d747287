dynamic "resource" {
  for_each = spec.load_balanced[*]
  labels   = ["aws_lb_target_group", "this"]

  content {
    # checkov:skip=CKV_AWS_378: HTTPS ends at the load balancer; tasks are reached within the VPC.
    name                 = var.target_group_name
    port                 = var.port
    protocol             = "HTTP"
    target_type          = "ip"
    vpc_id               = var.vpc_id
    deregistration_delay = var.deregistration_delay

    health_check {
      path                = var.health_check.path
      matcher             = var.health_check.matcher
      interval            = var.health_check.interval
      timeout             = var.health_check.timeout
      healthy_threshold   = var.health_check.healthy_threshold
      unhealthy_threshold = var.health_check.unhealthy_threshold
    }

    lifecycle {
      # No group can go while a rule sends to it. Two cannot have one name, so what
      # replaces the group needs another.
      create_before_destroy = true

      # ECS registers each task with its own port. A change of this one, which
      # nothing reads, would replace the group under a name that is taken.
      ignore_changes = [port]
    }
  }
}

dynamic "resource" {
  for_each = spec.load_balanced[*]
  labels   = ["aws_lb_listener_rule", "this"]

  content {
    listener_arn = var.listener_arn
    priority     = var.rule_priority
    tags         = { Name = var.name }

    action {
      type             = "forward"
      target_group_arn = aws_lb_target_group.this.arn
    }

    dynamic "condition" {
      for_each = spec.hosts.differ ? (length(var.hosts) > 0 ? [true] : []) : spec.hosts.used[*]

      content {
        host_header {
          values = var.hosts
        }
      }
    }

    condition {
      path_pattern {
        values = var.paths
      }
    }

    lifecycle {
      # At another listener the service has its rule before the old one goes.
      create_before_destroy = true
    }
  }
}
