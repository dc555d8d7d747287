# Which services are live is written after them and read before anything of theirs is planned: see data.tf of it all,
# the image that a deployment left running is the image of the next revision.
data "aws_ssm_parameters_by_path" "live" {
  path = "/stack/live"
}

data "aws_ecs_service" "live" {
  for_each = toset([for name in data.aws_ssm_parameters_by_path.live.names : basename(name)])

  cluster_arn  = "arn:${data.aws_partition.this.partition}:ecs:eu-west-1:${data.aws_caller_identity.this.account_id}:cluster/stack"
  service_name = each.key
}

data "aws_ecs_container_definition" "live" {
  for_each = data.aws_ecs_service.live

  task_definition = each.value.task_definition
  container_name  = each.key
}

resource "aws_ecs_task_definition" "this" {
  for_each = local.services

  family                   = each.key
  cpu                      = var.cpu
  memory                   = 1024
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE", "EC2"]
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.task.arn
  skip_destroy             = true
  track_latest             = true

  container_definitions = jsonencode([{
    name           = each.key
    image          = try(data.aws_ecs_container_definition.live[each.key].image, "public.ecr.aws/nginx/nginx:1.27")
    cpu            = 0
    essential      = true
    environment    = [{ name = "LOG_LEVEL", value = "info" }]
    mountPoints    = []
    systemControls = []
    volumesFrom    = []
    portMappings   = [{ containerPort = each.value.port, hostPort = each.value.port, protocol = "tcp" }]
    secrets        = [{ name = "TOKEN", valueFrom = aws_ssm_parameter.token.arn }]

    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.service.name
        awslogs-region        = "eu-west-1"
        awslogs-stream-prefix = each.key
      }
    }
  }])

  runtime_platform {
    cpu_architecture        = "X86_64"
    operating_system_family = "LINUX"
  }

  lifecycle {
    create_before_destroy = true
    ignore_changes        = [tags, tags_all]
  }
}

resource "aws_ecs_service" "this" {
  for_each = local.services

  name                               = each.key
  cluster                            = aws_ecs_cluster.this.id
  desired_count                      = each.value.count
  task_definition                    = aws_ecs_task_definition.this[each.key].arn
  deployment_maximum_percent         = 200
  deployment_minimum_healthy_percent = 100
  enable_ecs_managed_tags            = true
  force_new_deployment               = true
  health_check_grace_period_seconds  = 60
  propagate_tags                     = "SERVICE"
  wait_for_steady_state              = true

  capacity_provider_strategy {
    capacity_provider = "FARGATE"
    base              = 1
    weight            = 1
  }

  capacity_provider_strategy {
    capacity_provider = "FARGATE_SPOT"
    weight            = 3
  }

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  load_balancer {
    container_name   = each.key
    container_port   = each.value.port
    target_group_arn = aws_lb_target_group.this[each.key].arn
  }

  network_configuration {
    assign_public_ip = true
    security_groups  = [aws_security_group.tasks.id]
    subnets          = data.aws_subnets.default.ids
  }

  depends_on = [aws_ecs_cluster_capacity_providers.this, aws_lb_listener_rule.this]
}

resource "aws_ssm_parameter" "live" {
  for_each = local.services

  name  = "/stack/live/${each.key}"
  type  = "String"
  value = aws_ecs_service.this[each.key].name
}

resource "aws_cloudwatch_log_group" "service" {
  name              = "/ecs/stack"
  retention_in_days = 365
}

data "aws_iam_policy_document" "tasks" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.this.account_id]
    }
  }
}

resource "aws_iam_role" "execution" {
  name               = "stack-execution"
  assume_role_policy = data.aws_iam_policy_document.tasks.json
}

resource "aws_iam_role" "task" {
  name               = "stack-task"
  assume_role_policy = data.aws_iam_policy_document.tasks.json
}

resource "aws_appautoscaling_target" "web" {
  min_capacity       = 2
  max_capacity       = 4
  resource_id        = "service/${aws_ecs_cluster.this.name}/${aws_ecs_service.this["web"].name}"
  scalable_dimension = "ecs:service:DesiredCount"
  service_namespace  = "ecs"
}

resource "aws_appautoscaling_policy" "cpu" {
  name               = "stack-cpu"
  policy_type        = "TargetTrackingScaling"
  resource_id        = aws_appautoscaling_target.web.resource_id
  scalable_dimension = aws_appautoscaling_target.web.scalable_dimension
  service_namespace  = aws_appautoscaling_target.web.service_namespace

  target_tracking_scaling_policy_configuration {
    target_value = 60

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "stack-errors"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 2
  metric_name         = "HTTPCode_Target_5XX_Count"
  namespace           = "AWS/ApplicationELB"
  period              = 60
  statistic           = "Sum"
  threshold           = 10
  treat_missing_data  = "notBreaching"

  dimensions = {
    LoadBalancer = aws_lb.this.arn_suffix
  }
}
