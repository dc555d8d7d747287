data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition

  # A policy that named the log group itself would be "known after apply" in each plan
  # that changes the group.
  logs_arn = aws_cloudwatch_log_group.this.arn
}

# Both roles are for the tasks of this account in this region.
data "aws_iam_policy_document" "trust" {
  statement {
    sid     = "TasksOfThisAccount"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }

    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = ["arn:${local.partition}:ecs:${var.region}:${local.account}:*"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
  }
}

data "aws_iam_policy_document" "execution" {
  statement {
    sid       = "WriteLogs"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${local.logs_arn}:*"]
  }

  # A registry's login is not a resource: AWS allows it on "*" only.
  dynamic "statement" {
    for_each = spec.logs_in.differ ? (spec.other_registry.used == null ? var.registry_name[*] : spec.registry.used == null ? var.image_repository[*] : (length(concat(var.registry_name[*], var.image_repository[*])) > 0 ? [true] : [])) : spec.logs_in.used[*]

    content {
      sid       = "LogInToTheRegistry"
      actions   = ["ecr:GetAuthorizationToken"]
      resources = ["*"]
    }
  }

  dynamic "statement" {
    for_each = spec.registry.differ ? var.registry_name[*] : spec.registry.used[*]

    content {
      sid       = "PullTheImage"
      actions   = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
      resources = ["arn:${local.partition}:ecr:${var.region}:${local.account}:repository/${var.registry_name}"]
    }
  }

  # Its own account decides too: another one's repository has a policy that lets this one pull.
  dynamic "statement" {
    for_each = spec.other_registry.differ ? var.image_repository[*] : spec.other_registry.used[*]

    content {
      sid     = "PullTheFirstImage"
      actions = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
      resources = [
        "arn:${local.partition}:ecr:${var.image_repository.region}:${var.image_repository.account}:repository/${var.image_repository.name}",
      ]
    }
  }

  dynamic "statement" {
    for_each = spec.credentials.differ ? var.credentials_arn[*] : spec.credentials.used[*]

    content {
      sid       = "LogInToThePrivateRegistry"
      actions   = ["secretsmanager:GetSecretValue"]
      resources = [var.credentials_arn]
    }
  }

  dynamic "statement" {
    for_each = spec.parameters.differ ? (length(var.parameters) > 0 ? [true] : []) : spec.parameters.used[*]

    content {
      sid       = "ReadParameters"
      actions   = ["ssm:GetParameters"]
      resources = values(local.parameter_arns)
    }
  }

  dynamic "statement" {
    for_each = spec.secrets.differ ? (length(var.secrets) > 0 ? [true] : []) : spec.secrets.used[*]

    content {
      sid       = "ReadSecrets"
      actions   = ["secretsmanager:GetSecretValue"]
      resources = values(var.secrets)[*].arn
    }
  }

  # What it reads may be encrypted with a key of the team's own.
  dynamic "statement" {
    for_each = spec.kms_key.differ ? var.kms_key_arn[*] : spec.kms_key.used[*]

    content {
      sid       = "DecryptThem"
      actions   = ["kms:Decrypt"]
      resources = [var.kms_key_arn]
    }
  }
}

# What starts a task: it pulls the image, hands over secrets and writes logs.
resource "aws_iam_role" "execution" {
  name               = "${var.id}-execution-${var.region}"
  description        = "Starts the tasks of ${var.name}."
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "execution" {
  name   = "execution"
  role   = aws_iam_role.execution.id
  policy = data.aws_iam_policy_document.execution.json

  lifecycle {
    # Under a new name role and policy are there before the old ones go.
    create_before_destroy = true
  }
}

# What the application itself may do: nothing, unless the spec names a policy.
resource "aws_iam_role" "task" {
  name               = "${var.id}-task-${var.region}"
  description        = "What the tasks of ${var.name} may do."
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

dynamic "resource" {
  for_each = spec.policy_files[*]
  labels   = ["aws_iam_role_policy", "task"]

  content {
    for_each = var.task_policies

    name   = each.key
    role   = aws_iam_role.task.id
    policy = each.value

    lifecycle {
      create_before_destroy = true
    }
  }
}

dynamic "resource" {
  for_each = spec.policy_arns[*]
  labels   = ["aws_iam_role_policy_attachment", "task"]

  content {
    for_each = toset(var.task_policy_arns)

    role       = aws_iam_role.task.name
    policy_arn = each.value

    lifecycle {
      create_before_destroy = true
    }
  }
}
