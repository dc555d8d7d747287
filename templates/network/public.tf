# Public subnets: for load balancers, NAT gateways, and tasks with an address of their
# own. Each has a sixteenth of the range.
dynamic "resource" {
  for_each = spec.new[*]
  labels   = ["aws_subnet", "public"]

  content {
    for_each = local.zones

    vpc_id            = aws_vpc.this.id
    availability_zone = each.key
    cidr_block        = cidrsubnet(var.cidr, 4, each.value)

    tags = { Name = "${var.name}-public-${each.key}" }
  }
}

dynamic "resource" {
  for_each = spec.new[*]
  labels   = ["aws_internet_gateway", "this"]

  content {
    vpc_id = aws_vpc.this.id

    tags = { Name = var.name }
  }
}

dynamic "resource" {
  for_each = spec.new[*]
  labels   = ["aws_route_table", "public"]

  content {
    vpc_id = aws_vpc.this.id

    tags = { Name = "${var.name}-public" }
  }
}

dynamic "resource" {
  for_each = spec.new[*]
  labels   = ["aws_route", "internet"]

  content {
    route_table_id         = aws_route_table.public.id
    destination_cidr_block = "0.0.0.0/0"
    gateway_id             = aws_internet_gateway.this.id
  }
}

dynamic "resource" {
  for_each = spec.new[*]
  labels   = ["aws_route_table_association", "public"]

  content {
    for_each = aws_subnet.public

    subnet_id      = each.value.id
    route_table_id = aws_route_table.public.id
  }
}
