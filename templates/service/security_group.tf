resource "aws_security_group" "this" {
  name        = "${var.id}-tasks"
  description = "Tasks of ${var.name}."
  vpc_id      = var.vpc_id

  tags = { Name = "${var.id}-tasks" }

  lifecycle {
    # No group can go while tasks are in it.
    create_before_destroy = true

    # AWS cannot change a description: another one would replace the group.
    ignore_changes = [description]
  }
}

# Another port or group is a rule more before it is one less: the old tasks are
# reached until the service has rolled over to the new ones.
dynamic "resource" {
  for_each = spec.load_balanced[*]
  labels   = ["terraform_data", "port"]

  content {
    input = var.port
  }
}

dynamic "resource" {
  for_each = spec.load_balanced[*]
  labels   = ["aws_vpc_security_group_ingress_rule", "load_balancer"]

  content {
    security_group_id            = aws_security_group.this.id
    description                  = "The load balancer reaches the tasks of ${var.name}."
    referenced_security_group_id = var.load_balancer_security_group_id
    from_port                    = var.port
    to_port                      = var.port
    ip_protocol                  = "tcp"

    lifecycle {
      create_before_destroy = true
      replace_triggered_by  = [terraform_data.port]
    }
  }
}

dynamic "resource" {
  for_each = spec.load_balanced[*]
  labels   = ["aws_vpc_security_group_egress_rule", "load_balancer"]

  content {
    security_group_id            = var.load_balancer_security_group_id
    description                  = "The load balancer reaches the tasks of ${var.name}."
    referenced_security_group_id = aws_security_group.this.id
    from_port                    = var.port
    to_port                      = var.port
    ip_protocol                  = "tcp"

    lifecycle {
      create_before_destroy = true
      replace_triggered_by  = [aws_security_group.this.id, terraform_data.port]
    }
  }
}

resource "aws_vpc_security_group_egress_rule" "https" {
  security_group_id = aws_security_group.this.id
  description       = "Registries, CloudWatch and most other services answer over HTTPS."
  cidr_ipv4         = "0.0.0.0/0" # trivy:ignore:AVD-AWS-0104 Their addresses change.
  from_port         = 443
  to_port           = 443
  ip_protocol       = "tcp"

  lifecycle {
    create_before_destroy = true
  }
}

dynamic "resource" {
  for_each = spec.vpc_open[*]
  labels   = ["aws_vpc_security_group_egress_rule", "vpc"]

  content {
    for_each = toset(spec.vpc_egress.differ ? (length(var.vpc_egress) > 0 ? [] : var.vpc_cidrs) : var.vpc_cidrs)

    security_group_id = aws_security_group.this.id
    description       = "Databases, caches and all else in the VPC."
    cidr_ipv4         = each.value
    ip_protocol       = "-1"

    lifecycle {
      create_before_destroy = true
    }
  }
}

# What the spec names is all that the tasks reach of their VPC.
dynamic "resource" {
  for_each = spec.vpc_egress.used[*]
  labels   = ["aws_vpc_security_group_egress_rule", "vpc_ports"]

  content {
    for_each = {
      for pair in setproduct(var.vpc_cidrs, keys(var.vpc_egress)) :
      join(" on ", pair) => merge(var.vpc_egress[pair[1]], { cidr_ipv4 = pair[0] })
    }

    security_group_id = aws_security_group.this.id
    description       = "Tasks reach ${each.key}."
    cidr_ipv4         = each.value.cidr_ipv4
    from_port         = each.value.from_port
    to_port           = each.value.to_port
    ip_protocol       = each.value.ip_protocol

    lifecycle {
      create_before_destroy = true
    }
  }
}

# Between the rules that come and those that go: it waits for the former, and the
# latter wait for it.
dynamic "resource" {
  for_each = spec.vpc_egress.used[*]
  labels   = ["terraform_data", "vpc_ports"]

  content {
    input      = keys(var.vpc_egress)
    depends_on = [aws_vpc_security_group_egress_rule.vpc_ports]
  }
}

dynamic "resource" {
  for_each = spec.egress.used[*]
  labels   = ["aws_vpc_security_group_egress_rule", "targets"]

  content {
    for_each = var.egress

    security_group_id            = aws_security_group.this.id
    description                  = "Tasks reach ${each.key}."
    cidr_ipv4                    = each.value.cidr_ipv4 # trivy:ignore:AVD-AWS-0104 The spec says where to.
    prefix_list_id               = each.value.prefix_list_id
    referenced_security_group_id = each.value.referenced_security_group_id
    from_port                    = each.value.from_port
    to_port                      = each.value.to_port
    ip_protocol                  = each.value.ip_protocol

    lifecycle {
      create_before_destroy = true
    }
  }
}

# Between the rules that come and those that go: it waits for the former, and the
# latter wait for it.
dynamic "resource" {
  for_each = spec.egress.used[*]
  labels   = ["terraform_data", "targets"]

  content {
    input      = keys(var.egress)
    depends_on = [aws_vpc_security_group_egress_rule.targets]
  }
}
