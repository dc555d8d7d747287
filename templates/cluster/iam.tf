dynamic "data" {
  for_each = spec.ec2[*]
  iterator = once
  labels   = ["aws_iam_policy_document", "instances_trust"]

  content {
    statement {
      sid     = "Instances"
      actions = ["sts:AssumeRole"]

      principals {
        type        = "Service"
        identifiers = ["ec2.amazonaws.com"]
      }
    }
  }
}

# A policy that named the cluster itself would be "known after apply" in each plan
# that changes the cluster.
dynamic "locals" {
  for_each = spec.ec2[*]

  content {
    cluster_arn = aws_ecs_cluster.this.arn
  }
}

# What the agent on an instance does. Images are pulled and logs are written with
# each task's own execution role.
dynamic "data" {
  for_each = spec.ec2[*]
  iterator = once
  labels   = ["aws_iam_policy_document", "instances"]

  content {
    # The agent asks where to poll before it knows its cluster; AWS knows no resource for it.
    statement {
      sid       = "FindTheEndpoint"
      actions   = ["ecs:DiscoverPollEndpoint"]
      resources = ["*"]
    }

    statement {
      sid       = "JoinTheClusterAndReport"
      resources = [local.cluster_arn]
      actions = [
        "ecs:DeregisterContainerInstance",
        "ecs:RegisterContainerInstance",
        "ecs:SubmitAttachmentStateChanges",
        "ecs:SubmitContainerStateChange",
        "ecs:SubmitTaskStateChange",
      ]
    }

    # An instance learns its ID as it joins.
    statement {
      sid       = "TakeTasks"
      actions   = ["ecs:Poll", "ecs:StartTelemetrySession"]
      resources = ["${replace(local.cluster_arn, ":cluster/", ":container-instance/")}/*"]
    }
  }
}

dynamic "resource" {
  for_each = spec.ec2[*]
  labels   = ["aws_iam_role", "instances"]

  content {
    name               = "${var.id}-instances-${var.region}"
    description        = "What the instances of the cluster ${var.name} may do."
    assume_role_policy = data.aws_iam_policy_document.instances_trust.json

    lifecycle {
      ignore_changes = [name] # Another name would be another role, and instances that run keep theirs.
    }
  }
}

dynamic "resource" {
  for_each = spec.ec2[*]
  labels   = ["aws_iam_role_policy", "instances"]

  content {
    name   = "instances"
    role   = aws_iam_role.instances.id
    policy = data.aws_iam_policy_document.instances.json
  }
}

dynamic "resource" {
  for_each = spec.ec2[*]
  labels   = ["aws_iam_instance_profile", "instances"]

  content {
    name = "${var.id}-instances-${var.region}"
    role = aws_iam_role.instances.name

    lifecycle {
      ignore_changes = [name]
    }

    # An instance that starts before the permissions are there does not join.
    depends_on = [aws_iam_role_policy.instances]
  }
}
