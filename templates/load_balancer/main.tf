# One address for all services behind it. Each adds a rule to the listener; what
# no rule takes gets the listener's own answer.
resource "aws_lb" "this" {
  # checkov:skip=CKV_AWS_150: Deletion protection would stop a destroy, and a change that replaces the load balancer.
  # checkov:skip=CKV2_AWS_20: HTTP is for load balancers without a certificate in the spec.
  # checkov:skip=CKV2_AWS_28: A web ACL costs by the month and by the request: a file of your own can add one.
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
