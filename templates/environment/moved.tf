# Listeners, and the rules that let requests in, had no ports in their addresses.
dynamic "moved" {
  for_each = spec.ports
  iterator = port

  content {
    from = module.load_balancer[port.value.balancer].aws_lb_listener.this
    to   = module.load_balancer[port.value.balancer].aws_lb_listener.this[port.value.port]
  }
}

dynamic "moved" {
  for_each = spec.open_ports
  iterator = port

  content {
    from = module.load_balancer[port.value.balancer].aws_vpc_security_group_ingress_rule.listener[port.value.cidr]
    to   = module.load_balancer[port.value.balancer].aws_vpc_security_group_ingress_rule.listener[port.value.key]
  }
}

dynamic "moved" {
  for_each = spec.redirect_ports
  iterator = port

  content {
    from = module.load_balancer[port.value.balancer].aws_lb_listener.redirect[port.value.port]
    to   = module.load_balancer[port.value.balancer].aws_lb_listener.this[port.value.port]
  }
}

dynamic "moved" {
  for_each = spec.open_redirect_ports
  iterator = port

  content {
    from = module.load_balancer[port.value.balancer].aws_vpc_security_group_ingress_rule.redirect[port.value.key]
    to   = module.load_balancer[port.value.balancer].aws_vpc_security_group_ingress_rule.listener[port.value.key]
  }
}
