dynamic "data" {
  for_each = spec.new[*]
  iterator = once
  labels   = ["aws_availability_zones", "this"]

  content {
    state = "available"

    # Local zones and wavelength zones have no load balancers.
    filter {
      name   = "opt-in-status"
      values = ["opt-in-not-required"]
    }

    lifecycle {
      postcondition {
        condition     = length(self.names) >= 2
        error_message = "A load balancer needs two zones, and this region offers fewer."
      }
    }
  }
}

dynamic "locals" {
  for_each = spec.new[*]

  content {
    # Three zones where there are three. The index is the subnet's place in the
    # VPC's range, so a zone that AWS adds later moves none.
    zones = {
      for index, name in slice(sort(data.aws_availability_zones.this.names), 0, min(3, length(data.aws_availability_zones.this.names))) :
      name => index
    }
  }
}
