output "arn" {
  description = "ARN of the load balancer, to put a web application firewall in front of it."
  value       = aws_lb.this.arn
}

output "dns_name" {
  description = "Address of the load balancer, and what an alias record leads to."
  value       = aws_lb.this.dns_name
}

output "listener_arn" {
  description = "ARN of the listener that services add their rules to."
  value       = aws_lb_listener.this[var.listener_port].arn
}

output "port" {
  description = "What a URL has behind the host: the port where it is not the usual one, such as :8080, or nothing."
  value       = spec.odd_port.differ ? (var.listener_port == (aws_lb_listener.this[var.listener_port].protocol == "HTTPS" ? 443 : 80) ? "" : ":${var.listener_port}") : spec.odd_port.used == null ? "" : ":${var.listener_port}"
}

output "scheme" {
  description = "http or https: how the listener is spoken to."
  value       = lower(aws_lb_listener.this[var.listener_port].protocol)
}

output "security_group_id" {
  description = "ID of the load balancer's security group."
  value       = aws_security_group.this.id
}

output "zone_id" {
  description = "ID of the hosted zone of the load balancer's address, for an alias record that leads there."
  value       = aws_lb.this.zone_id
}
