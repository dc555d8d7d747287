# Private subnets: tasks and instances live here, and reach out through NAT.
dynamic "resource" {
  for_each = spec.private[*]
  labels   = ["aws_subnet", "private"]

  content {
    for_each = local.zones

    vpc_id            = aws_vpc.this.id
    availability_zone = each.key
    cidr_block        = cidrsubnet(var.cidr, 4, 8 + each.value)

    tags = { Name = "${var.name}-private-${each.key}" }
  }
}

dynamic "locals" {
  for_each = spec.nat_single[*]

  content {
    # The zone that has the NAT gateway: cheaper than one a zone, and all tasks wait for it.
    nat_zones = toset(slice(keys(local.zones), 0, 1))
  }
}

dynamic "resource" {
  for_each = spec.private[*]
  labels   = ["aws_eip", "nat"]

  content {
    # checkov:skip=CKV2_AWS_19: The address is a NAT gateway's.
    for_each = spec.nat_single == null ? local.zones : local.nat_zones

    domain = "vpc"

    tags = { Name = "${var.name}-nat-${each.key}" }

    depends_on = [aws_internet_gateway.this]
  }
}

dynamic "resource" {
  for_each = spec.private[*]
  labels   = ["aws_nat_gateway", "this"]

  content {
    for_each = spec.nat_single == null ? local.zones : local.nat_zones

    allocation_id = aws_eip.nat[each.key].id
    subnet_id     = aws_subnet.public[each.key].id

    tags = { Name = "${var.name}-${each.key}" }

    depends_on = [aws_route.internet]
  }
}

dynamic "resource" {
  for_each = spec.private[*]
  labels   = ["aws_route_table", "private"]

  content {
    for_each = local.zones

    vpc_id = aws_vpc.this.id

    tags = { Name = "${var.name}-private-${each.key}" }
  }
}

dynamic "resource" {
  for_each = spec.private[*]
  labels   = ["aws_route", "nat"]

  content {
    for_each = local.zones

    route_table_id         = aws_route_table.private[each.key].id
    destination_cidr_block = "0.0.0.0/0"
    nat_gateway_id         = spec.nat_single != null ? one(values(aws_nat_gateway.this)).id : aws_nat_gateway.this[each.key].id
  }
}

dynamic "resource" {
  for_each = spec.private[*]
  labels   = ["aws_route_table_association", "private"]

  content {
    for_each = local.zones

    subnet_id      = aws_subnet.private[each.key].id
    route_table_id = aws_route_table.private[each.key].id
  }
}

# The layers of ECR's images come from S3: through this endpoint they cost no NAT traffic.
dynamic "resource" {
  for_each = spec.private[*]
  labels   = ["aws_vpc_endpoint", "s3"]

  content {
    vpc_id            = aws_vpc.this.id
    service_name      = "com.amazonaws.${var.region}.s3"
    vpc_endpoint_type = "Gateway"
    route_table_ids   = values(aws_route_table.private)[*].id

    tags = { Name = "${var.name}-s3" }
  }
}
