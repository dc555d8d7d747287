resource "aws_lb_listener" "this" {
  load_balancer_arn = aws_lb.this.arn
  port              = var.listener_port
  protocol          = spec.https.differ ? (length(var.certificate_arns) > 0 ? "HTTPS" : "HTTP") : spec.protocol
  certificate_arn   = spec.https.differ ? one(slice(var.certificate_arns, 0, min(1, length(var.certificate_arns)))) : (spec.https.used == null ? null : var.certificate_arns[0])
  ssl_policy        = spec.https.differ ? (length(var.certificate_arns) > 0 ? "ELBSecurityPolicy-TLS13-1-2-2021-06" : null) : spec.ssl_policy

  default_action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      message_body = "Nothing is served here."
      status_code  = "404"
    }
  }
}

# The listener picks the certificate by the host that is asked for; the first is
# its own.
dynamic "resource" {
  for_each = spec.https.used[*]
  labels   = ["aws_lb_listener_certificate", "this"]

  content {
    for_each = { for index, arn in var.certificate_arns : arn => arn if index > 0 }

    listener_arn    = aws_lb_listener.this.arn
    certificate_arn = each.value
  }
}

# Whoever comes without encryption is sent to where there is some.
dynamic "resource" {
  for_each = spec.https.used[*]
  labels   = ["aws_lb_listener", "redirect"]

  content {
    for_each = toset(var.redirect_ports)

    load_balancer_arn = aws_lb.this.arn
    port              = tonumber(each.value)
    protocol          = "HTTP"

    default_action {
      type = "redirect"

      redirect {
        port        = tostring(var.listener_port)
        protocol    = "HTTPS"
        status_code = "HTTP_301"
      }
    }
  }
}
