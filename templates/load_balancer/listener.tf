# Ports that the load balancer listens on. What is made for a port is called by
# it, so that a port can change what it does while the others stay.
locals {
  ports = spec.https.used == null ? [tostring(var.listener_port)] : concat([tostring(var.listener_port)], var.redirect_ports)

  # A load balancer without certificates has none.
  https_ports = spec.https.differ ? (length(var.certificate_arns) > 0 ? [tostring(var.listener_port)] : []) : null
}

# trivy:ignore:AVD-AWS-0054 HTTP is for load balancers without a certificate in the spec.
dynamic "resource" {
  for_each = spec.https.used == null || spec.https.differ ? [true] : []
  labels   = ["aws_lb_listener", "this"]

  content {
    # checkov:skip=CKV_AWS_2: HTTP is for load balancers without a certificate in the spec.
    # checkov:skip=CKV_AWS_103: HTTP is for load balancers without a certificate in the spec.
    for_each = toset(local.ports)

    load_balancer_arn = aws_lb.this.arn
    port              = tonumber(each.key)
    protocol          = spec.https.differ ? (contains(local.https_ports, each.key) ? "HTTPS" : "HTTP") : "HTTP"
    certificate_arn   = spec.https.differ ? (contains(local.https_ports, each.key) ? var.certificate_arns[0] : null) : null
    ssl_policy        = spec.https.differ ? (contains(local.https_ports, each.key) ? "ELBSecurityPolicy-TLS13-1-2-2021-06" : null) : null

    default_action {
      type = spec.https.differ ? (contains(var.redirect_ports, each.key) ? "redirect" : "fixed-response") : "fixed-response"

      dynamic "fixed_response" {
        for_each = spec.https.differ ? (contains(var.redirect_ports, each.key) ? [] : [true]) : [true]

        content {
          content_type = "text/plain"
          message_body = "Nothing is served here."
          status_code  = "404"
        }
      }

      # Whoever comes without encryption is sent to where there is some.
      dynamic "redirect" {
        for_each = spec.https.differ ? (contains(var.redirect_ports, each.key) ? [true] : []) : []

        content {
          port        = tostring(var.listener_port)
          protocol    = "HTTPS"
          status_code = "HTTP_301"
        }
      }
    }
  }
}

dynamic "resource" {
  for_each = spec.https.used == null || spec.https.differ ? [] : [true]
  labels   = ["aws_lb_listener", "this"]

  content {
    # checkov:skip=CKV_AWS_2: HTTP only redirects to HTTPS.
    # checkov:skip=CKV_AWS_103: HTTP only redirects to HTTPS.
    for_each = toset(local.ports)

    load_balancer_arn = aws_lb.this.arn
    port              = tonumber(each.key)
    protocol          = contains(var.redirect_ports, each.key) ? "HTTP" : "HTTPS"
    certificate_arn   = contains(var.redirect_ports, each.key) ? null : var.certificate_arns[0]
    ssl_policy        = contains(var.redirect_ports, each.key) ? null : "ELBSecurityPolicy-TLS13-1-2-2021-06"

    default_action {
      type = contains(var.redirect_ports, each.key) ? "redirect" : "fixed-response"

      dynamic "fixed_response" {
        for_each = contains(var.redirect_ports, each.key) ? [] : [true]

        content {
          content_type = "text/plain"
          message_body = "Nothing is served here."
          status_code  = "404"
        }
      }

      # Whoever comes without encryption is sent to where there is some.
      dynamic "redirect" {
        for_each = contains(var.redirect_ports, each.key) ? [true] : []

        content {
          port        = tostring(var.listener_port)
          protocol    = "HTTPS"
          status_code = "HTTP_301"
        }
      }
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

    listener_arn    = aws_lb_listener.this[var.listener_port].arn
    certificate_arn = each.value
  }
}
