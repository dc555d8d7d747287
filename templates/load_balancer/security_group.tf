# What may reach the load balancer. What it may reach, each service adds for itself.
resource "aws_security_group" "this" {
  name        = "${var.name}-alb"
  description = "The load balancer ${var.name}: its listener is open to the addresses allowed."
  vpc_id      = var.vpc_id

  tags = { Name = "${var.name}-alb" }
}

resource "aws_vpc_security_group_ingress_rule" "listener" {
  for_each = {
    for pair in setproduct(var.allowed_cidrs, local.ports) :
    join(" ", pair) => { cidr = pair[0], port = tonumber(pair[1]) }
  }

  security_group_id = aws_security_group.this.id
  description       = "${each.value.cidr} may reach the listener."
  cidr_ipv4         = each.value.cidr
  from_port         = each.value.port
  to_port           = each.value.port
  ip_protocol       = "tcp"
}
