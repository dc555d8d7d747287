# Listeners of load balancers that are not made here.
dynamic "data" {
  for_each = spec.listeners == null ? [] : [true]
  iterator = once
  labels   = ["aws_lb_listener", "existing"]

  content {
    for_each = toset(spec.listeners)

    arn = each.value
  }
}

dynamic "data" {
  for_each = spec.listeners == null ? [] : [true]
  iterator = once
  labels   = ["aws_lb", "existing"]

  content {
    for_each = data.aws_lb_listener.existing

    arn = each.value.load_balancer_arn
  }
}

dynamic "locals" {
  for_each = spec.listeners == null ? [] : [true]

  content {
    existing_listeners = {
      for arn, listener in data.aws_lb_listener.existing :
      arn => {
        dns_name          = data.aws_lb.existing[arn].dns_name
        listener_arn      = arn
        port              = listener.port == (listener.protocol == "HTTPS" ? 443 : 80) ? "" : ":${listener.port}"
        scheme            = lower(listener.protocol)
        security_group_id = sort(data.aws_lb.existing[arn].security_groups)[0]
      }
    }

    # By the name of a load balancer made here, or the ARN of a listener that is not.
    listeners = spec.load_balancers == null ? null : merge(local.existing_listeners, module.load_balancer)
  }
}
