# What the deploy action does: copy the revision that the service uses, swap the
# image, register the copy, and roll the service over to it.
dynamic "data" {
  for_each = spec.deployment.used[*]
  iterator = once
  labels   = ["aws_iam_policy_document", "deploy"]

  content {
    for_each = spec.deployment.differ ? toset(var.deployment[*].service_name) : null

    statement {
      sid     = "UpdateTheService"
      actions = ["ecs:DescribeServices", "ecs:UpdateService"]
      resources = [
        "arn:${local.partition}:ecs:${var.region}:${local.account}:service/${var.deployment.cluster_name}/${var.deployment.service_name}",
      ]
    }

    statement {
      sid       = "RegisterARevision"
      actions   = ["ecs:RegisterTaskDefinition"]
      resources = ["arn:${local.partition}:ecs:${var.region}:${local.account}:task-definition/${var.deployment.task_definition_family}:*"]
    }

    # A revision's tags are given as it is registered, and only then.
    statement {
      sid       = "TagTheRevision"
      actions   = ["ecs:TagResource"]
      resources = ["arn:${local.partition}:ecs:${var.region}:${local.account}:task-definition/${var.deployment.task_definition_family}:*"]

      condition {
        test     = "StringEquals"
        variable = "ecs:CreateAction"
        values   = ["RegisterTaskDefinition"]
      }
    }

    # AWS knows no resource for reading a task definition, so nothing less than "*" works.
    statement {
      sid       = "ReadRevisions"
      actions   = ["ecs:DescribeTaskDefinition"]
      resources = ["*"]
    }

    statement {
      sid       = "WatchTasks"
      actions   = ["ecs:DescribeTasks"]
      resources = ["arn:${local.partition}:ecs:${var.region}:${local.account}:task/${var.deployment.cluster_name}/*"]
    }

    # Tasks are listed by cluster, which AWS takes as a condition and not as a
    # resource: "*" it is, and the condition narrows it.
    statement {
      sid       = "ListTasks"
      actions   = ["ecs:ListTasks"]
      resources = ["*"]

      condition {
        test     = "ArnEquals"
        variable = "ecs:cluster"
        values   = ["arn:${local.partition}:ecs:${var.region}:${local.account}:cluster/${var.deployment.cluster_name}"]
      }
    }

    statement {
      sid     = "HandRolesToTasks"
      actions = ["iam:PassRole"]
      resources = [
        for name in var.deployment.role_names :
        "arn:${local.partition}:iam::${local.account}:role/${name}"
      ]

      condition {
        test     = "StringEquals"
        variable = "iam:PassedToService"
        values   = ["ecs-tasks.amazonaws.com"]
      }
    }
  }
}
