# Instances that ECS adds and removes with the tasks that need them.
dynamic "resource" {
  for_each = spec.ec2[*]
  labels   = ["aws_ecs_capacity_provider", "ec2"]

  content {
    # The name may not begin with aws, ecs or fargate, as a cluster's may.
    name = "ec2-${var.name}"

    auto_scaling_group_provider {
      auto_scaling_group_arn         = aws_autoscaling_group.this.arn
      managed_draining               = "ENABLED"  # Tasks move before their instance goes.
      managed_termination_protection = "DISABLED" # It would keep an instance with tasks past its lifetime.

      managed_scaling {
        status                    = "ENABLED"
        target_capacity           = var.target_capacity
        minimum_scaling_step_size = 1
        maximum_scaling_step_size = 100
      }
    }
  }
}

dynamic "resource" {
  for_each = spec.ec2[*]
  labels   = ["aws_autoscaling_group", "this"]

  content {
    name                  = "ec2-${var.name}"
    min_size              = var.min_size
    max_size              = var.max_size
    vpc_zone_identifier   = var.subnet_ids
    max_instance_lifetime = 1209600 # Two weeks: a new instance has the newest image.
    force_delete          = true    # Else a destroy waits for instances that nothing lets go.

    # Another instance type or image reaches the instances that run, one after the other.
    instance_refresh {
      strategy = "Rolling"

      preferences {
        min_healthy_percentage       = 100
        max_healthy_percentage       = 200
        scale_in_protected_instances = "Refresh"
      }
    }

    launch_template {
      id      = aws_launch_template.this.id
      version = aws_launch_template.this.latest_version
    }

    # ECS puts this tag on the group when it takes it over. It stands here so that
    # no plan takes it off.
    tag {
      key                 = "AmazonECSManaged"
      value               = "true"
      propagate_at_launch = true
    }

    tag {
      key                 = "Name"
      value               = "ec2-${var.name}"
      propagate_at_launch = true
    }

    lifecycle {
      ignore_changes = [desired_capacity] # ECS scales the group.
    }
  }
}

dynamic "resource" {
  for_each = spec.ec2[*]
  labels   = ["aws_launch_template", "this"]

  content {
    name                   = "ec2-${var.name}"
    description            = "Instances of the cluster ${var.name}."
    image_id               = var.image_id
    instance_type          = var.instance_type
    update_default_version = true

    # No key pair: nobody logs in. Whether an instance has a public address is the subnet's to say.
    vpc_security_group_ids = [aws_security_group.instances.id]

    user_data = base64encode(join("\n", [
      "#!/bin/bash",
      "echo ECS_CLUSTER=${var.name} >> /etc/ecs/ecs.config",
      "echo ECS_AWSVPC_BLOCK_IMDS=true >> /etc/ecs/ecs.config # Tasks have their own roles.",
      "",
    ]))

    block_device_mappings {
      device_name = "/dev/xvda"

      ebs {
        encrypted   = true
        volume_size = 30
        volume_type = "gp3"
      }
    }

    iam_instance_profile {
      arn = aws_iam_instance_profile.instances.arn
    }

    metadata_options {
      http_endpoint               = "enabled"
      http_put_response_hop_limit = 1
      http_tokens                 = "required"
    }

    monitoring {
      enabled = true
    }
  }
}

dynamic "resource" {
  for_each = spec.ec2[*]
  labels   = ["aws_security_group", "instances"]

  content {
    name        = "${var.name}-instances"
    description = "Instances of the cluster ${var.name}: nothing comes in, HTTPS goes out."
    vpc_id      = var.vpc_id

    tags = { Name = "${var.name}-instances" }
  }
}

dynamic "resource" {
  for_each = spec.ec2[*]
  labels   = ["aws_vpc_security_group_egress_rule", "instances_https"]

  content {
    security_group_id = aws_security_group.instances.id
    description       = "ECS, ECR and CloudWatch answer over HTTPS."
    cidr_ipv4         = "0.0.0.0/0" # trivy:ignore:AVD-AWS-0104 Their addresses change.
    from_port         = 443
    to_port           = 443
    ip_protocol       = "tcp"
  }
}
