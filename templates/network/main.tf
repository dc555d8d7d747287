# The VPC that every account has in every region, and its public subnets.
dynamic "data" {
  for_each = spec.default[*]
  iterator = once
  labels   = ["aws_vpc", "this"]

  content {
    default = true
  }
}

dynamic "data" {
  for_each = spec.default[*]
  iterator = once
  labels   = ["aws_subnets", "this"]

  content {
    filter {
      name   = "vpc-id"
      values = [data.aws_vpc.this.id]
    }

    filter {
      name   = "default-for-az"
      values = ["true"]
    }

    dynamic "filter" {
      for_each = spec.zones == null ? [] : [true]

      content {
        name   = "availability-zone"
        values = var.zones
      }
    }

    lifecycle {
      postcondition {
        condition     = length(self.ids) >= 2
        error_message = "A load balancer needs subnets in two zones, and the default VPC has fewer: say in a network block which to use."
      }
    }
  }
}

# A VPC of its own. What runs in it is reached by the load balancer alone.
# trivy:ignore:AVD-AWS-0178 Flow logs cost by what flows: a file of your own can turn them on.
dynamic "resource" {
  for_each = spec.new[*]
  labels   = ["aws_vpc", "this"]

  content {
    # checkov:skip=CKV2_AWS_11: Flow logs cost by what flows: a file of your own can turn them on.
    cidr_block           = var.cidr
    enable_dns_hostnames = true
    enable_dns_support   = true

    tags = { Name = var.name }
  }
}

# The group that every VPC comes with, emptied: what forgets to name a group reaches nothing.
dynamic "resource" {
  for_each = spec.new[*]
  labels   = ["aws_default_security_group", "this"]

  content {
    vpc_id = aws_vpc.this.id

    tags = { Name = "${var.name}-default" }
  }
}
