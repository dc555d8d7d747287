dynamic "data" {
  for_each = spec.zones == null ? spec.new[*] : []
  iterator = once
  labels   = ["aws_availability_zones", "this"]

  content {
    # By name: a zone that AWS adds changes nothing, and Local Zones and Wavelength Zones,
    # which have no load balancers, have other names. A zone that is impaired stays in the
    # list, or its subnets would go.
    filter {
      name   = "zone-name"
      values = ["${var.region}a", "${var.region}b", "${var.region}c"]
    }

    lifecycle {
      postcondition {
        condition     = length(self.names) >= 2
        error_message = "A load balancer needs two zones, and the region has fewer called a, b or c: name others as zones."
      }
    }
  }
}

dynamic "locals" {
  for_each = spec.new[*]

  content {
    # The letter of a zone is its subnets' place in the VPC's range: a zone that
    # comes or goes moves no other.
    zones = spec.zones == null ? {
      for name in data.aws_availability_zones.this.names :
      name => index(split("", "abcdefgh"), substr(name, -1, 1))
      } : {
      for name in var.zones :
      name => index(split("", "abcdefgh"), substr(name, -1, 1))
    }
  }
}
