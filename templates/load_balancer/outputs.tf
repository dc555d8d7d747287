output "authority" {
  description = "Address of the load balancer as a URL has it: with the port where it is not the usual one."
  value       = spec.odd_port ? "${aws_lb.this.dns_name}:${var.listener_port}" : aws_lb.this.dns_name
}

output "dns_name" {
  description = "Address of the load balancer."
  value       = aws_lb.this.dns_name
}

output "listener_arn" {
  description = "ARN of the listener that services add their rules to."
  value       = aws_lb_listener.this.arn
}

output "scheme" {
  description = "http or https: how the listener is spoken to."
  value       = lower(aws_lb_listener.this.protocol)
}

output "security_group_id" {
  description = "ID of the load balancer's security group."
  value       = aws_security_group.this.id
}
