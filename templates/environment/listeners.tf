# Listeners of load balancers that are not made here.
dynamic "data" {
  for_each = spec.listeners[*]
  iterator = once
  labels   = ["aws_lb_listener", "existing"]

  content {
    for_each = toset(spec.listeners)

    arn = each.value
  }
}

dynamic "data" {
  for_each = spec.listeners[*]
  iterator = once
  labels   = ["aws_lb", "existing"]

  content {
    for_each = data.aws_lb_listener.existing

    arn = each.value.load_balancer_arn
  }
}

dynamic "locals" {
  for_each = spec.listeners[*]

  content {
    # By the name of a load balancer made here, or the ARN of a listener that is not.
    listeners = spec.load_balancers == null ? {
      for arn, listener in data.aws_lb_listener.existing :
      arn => { arn = arn, security_group_id = sort(data.aws_lb.existing[arn].security_groups)[0] }
      } : merge(
      {
        for arn, listener in data.aws_lb_listener.existing :
        arn => { arn = arn, security_group_id = sort(data.aws_lb.existing[arn].security_groups)[0] }
      },
      {
        for name, balancer in module.load_balancer :
        name => { arn = balancer.listener_arn, security_group_id = balancer.security_group_id }
      },
    )
  }
}
