dynamic "variable" {
  for_each = spec.new[*]
  labels   = ["cidr"]

  content {
    type        = string
    description = "Range of the VPC's addresses, /16 to /24."
  }
}

dynamic "variable" {
  for_each = spec.new[*]
  labels   = ["name"]

  content {
    type        = string
    description = "Name of the VPC, and what the names of its parts begin with."
  }
}

dynamic "variable" {
  for_each = spec.private != null || spec.new != null && spec.zones == null ? [true] : []
  labels   = ["region"]

  content {
    type        = string
    description = "Region of the VPC, part of the names of its zones and of the S3 endpoint."
  }
}

dynamic "variable" {
  for_each = spec.zones == null ? [] : [true]
  labels   = ["zones"]

  content {
    type        = set(string)
    description = "Names of the zones that are used."
  }
}
