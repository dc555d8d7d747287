# One address for all services behind it. Each adds a rule to the listener; what
# no rule takes gets the listener's own answer.
resource "aws_lb" "this" {
  name                       = var.name
  load_balancer_type         = "application"
  internal                   = var.internal # trivy:ignore:AVD-AWS-0053 The spec says which are public.
  subnets                    = var.subnet_ids
  security_groups            = [aws_security_group.this.id]
  drop_invalid_header_fields = true

  access_logs {
    bucket  = aws_s3_bucket.logs.bucket
    enabled = true
  }

  # The load balancer tries to write as soon as it is there.
  depends_on = [aws_s3_bucket_policy.logs]
}
