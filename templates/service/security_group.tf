# AWS cannot change a description: one that spoke of the load balancer would replace the group.
resource "aws_security_group" "this" {
  name        = "${var.id}-tasks"
  description = "Tasks of ${var.name}."
  vpc_id      = var.vpc_id

  tags = { Name = "${var.id}-tasks" }
}

dynamic "resource" {
  for_each = spec.load_balanced[*]
  labels   = ["aws_vpc_security_group_ingress_rule", "load_balancer"]

  content {
    security_group_id            = aws_security_group.this.id
    description                  = "The load balancer reaches the tasks of ${var.name}."
    referenced_security_group_id = var.load_balancer_security_group_id
    from_port                    = var.port
    to_port                      = var.port
    ip_protocol                  = "tcp"
  }
}

dynamic "resource" {
  for_each = spec.load_balanced[*]
  labels   = ["aws_vpc_security_group_egress_rule", "load_balancer"]

  content {
    security_group_id            = var.load_balancer_security_group_id
    description                  = "The load balancer reaches the tasks of ${var.name}."
    referenced_security_group_id = aws_security_group.this.id
    from_port                    = var.port
    to_port                      = var.port
    ip_protocol                  = "tcp"
  }
}

resource "aws_vpc_security_group_egress_rule" "https" {
  security_group_id = aws_security_group.this.id
  description       = "Registries, CloudWatch and most other services answer over HTTPS."
  cidr_ipv4         = "0.0.0.0/0"
  from_port         = 443
  to_port           = 443
  ip_protocol       = "tcp"
}
