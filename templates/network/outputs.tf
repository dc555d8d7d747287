output "load_balancer_subnet_ids" {
  description = "IDs of the subnets of the load balancers, one a zone."
  value       = spec.new == null ? sort(data.aws_subnets.this.ids) : sort(values(aws_subnet.public)[*].id)

  # AWS makes no public load balancer without a way to the internet.
  depends_on = spec.new == null ? null : [aws_route.internet, aws_route_table_association.public]
}

output "subnet_ids" {
  description = "IDs of the subnets of tasks and instances, one a zone."
  value       = spec.new == null ? sort(data.aws_subnets.this.ids) : (spec.private == null ? sort(values(aws_subnet.public)[*].id) : sort(values(aws_subnet.private)[*].id))

  # The first thing that a task does is pull its image.
  depends_on = spec.new == null ? null : (spec.private == null ? [aws_route.internet, aws_route_table_association.public] : [aws_route.nat, aws_route_table_association.private])
}

output "vpc_cidrs" {
  description = "Ranges of addresses of the VPC, which tasks reach each other and databases in."
  value       = spec.new == null ? [for range in data.aws_vpc.this.cidr_block_associations : range.cidr_block if range.state == "associated"] : [var.cidr]
}

output "vpc_id" {
  description = "ID of the VPC."
  value       = spec.new == null ? data.aws_vpc.this.id : aws_vpc.this.id
}
