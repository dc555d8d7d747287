output "load_balancer_subnet_ids" {
  description = "IDs of the subnets of the load balancers, one a zone."
  value       = spec.new == null ? sort(data.aws_subnets.this.ids) : sort(values(aws_subnet.public)[*].id)
}

output "subnet_ids" {
  description = "IDs of the subnets of tasks and instances, one a zone."
  value       = spec.new == null ? sort(data.aws_subnets.this.ids) : (spec.private == null ? sort(values(aws_subnet.public)[*].id) : sort(values(aws_subnet.private)[*].id))
}

output "vpc_cidrs" {
  description = "Ranges of addresses of the VPC, which tasks reach each other and databases in."
  value       = spec.new == null ? [for range in data.aws_vpc.this.cidr_block_associations : range.cidr_block if range.state == "associated"] : [var.cidr]
}

output "vpc_id" {
  description = "ID of the VPC."
  value       = spec.new == null ? data.aws_vpc.this.id : aws_vpc.this.id
}
