output "dns_name" {
  description = "Address of the load balancer."
  value       = aws_lb.this.dns_name
}

output "listener_arn" {
  description = "ARN of the listener that services add their rules to."
  value       = aws_lb_listener.this.arn
}

output "security_group_id" {
  description = "ID of the load balancer's security group."
  value       = aws_security_group.this.id
}

output "url" {
  description = "Address of the load balancer as a browser wants it."
  value = spec.https.differ || spec.odd_port ? "${lower(aws_lb_listener.this.protocol)}://${aws_lb.this.dns_name}:${var.listener_port}" : (
    spec.https.used == null ? "http://${aws_lb.this.dns_name}" : "https://${aws_lb.this.dns_name}"
  )
}
