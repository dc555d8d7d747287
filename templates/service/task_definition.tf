# A revision for each change: the service rolls over to it, and can roll back to
# any before it.
resource "aws_ecs_task_definition" "this" {
  # checkov:skip=CKV_AWS_336: Applications may write temporary files.
  family                   = var.id
  cpu                      = var.cpu
  memory                   = var.memory
  network_mode             = "awsvpc"
  requires_compatibilities = var.compatibilities
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.task.arn
  skip_destroy             = true # Old revisions are what a rollback needs.
  track_latest             = spec.live

  # All that ECS adds of its own accord is spelled out, or each plan would take it off.
  container_definitions = jsonencode([
    {
      name      = var.container_name
      image     = spec.live != null ? local.image : spec.pipeline_owned == null ? var.image : spec.unbuilt == null ? var.first_image : spec.first_image.used == null ? local.unbuilt_image : local.first_image
      command   = spec.command.used == null ? null : (length(var.command) > 0 ? var.command : null)
      cpu       = 0
      essential = true

      environment = [
        for name, value in var.environment : { name = name, value = value }
      ]

      logConfiguration = {
        logDriver = "awslogs"

        options = {
          awslogs-group         = aws_cloudwatch_log_group.this.name
          awslogs-region        = var.region
          awslogs-stream-prefix = var.container_name
        }
      }

      portMappings = spec.load_balanced == null ? [] : [
        {
          containerPort = var.port
          hostPort      = var.port
          protocol      = "tcp"
        },
      ]

      secrets = spec.injected.used == null ? null : [
        for name, value_from in local.injected : { name = name, valueFrom = value_from }
      ]

      repositoryCredentials = spec.credentials.used == null ? null : spec.credentials.differ ? (var.credentials_arn == null ? null : { credentialsParameter = var.credentials_arn }) : { credentialsParameter = var.credentials_arn }

      mountPoints    = []
      systemControls = []
      volumesFrom    = []
    },
  ])

  runtime_platform {
    cpu_architecture        = var.architecture
    operating_system_family = "LINUX"
  }

  lifecycle {
    create_before_destroy = true

    # The revisions that the pipeline registers lack the provider's default tags.
    ignore_changes = [tags, tags_all]
  }
}

# trivy:ignore:AVD-AWS-0017 CloudWatch encrypts logs with a key of its own, at no cost.
resource "aws_cloudwatch_log_group" "this" {
  # checkov:skip=CKV_AWS_158: CloudWatch encrypts logs with a key of its own, at no cost.
  name              = "/ecs/${var.cluster_name}/${var.name}"
  retention_in_days = var.log_retention_days # checkov:skip=CKV_AWS_338: The spec says for how long.
}
