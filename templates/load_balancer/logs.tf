# Who asked for what, and what came back.
# trivy:ignore:AVD-AWS-0089 Logs of who reads these logs would need one more bucket.
resource "aws_s3_bucket" "logs" {
  # checkov:skip=CKV_AWS_18: Logs of who reads these logs would need one more bucket.
  # checkov:skip=CKV_AWS_144: A copy in another region would cost as much again.
  # checkov:skip=CKV_AWS_145: Load balancers write to buckets with S3's own encryption only.
  # checkov:skip=CKV2_AWS_62: Nothing waits for a log to arrive.

  # A name that nobody else can take beforehand.
  bucket_prefix = var.log_bucket_prefix
  force_destroy = var.force_destroy
}

resource "aws_s3_bucket_lifecycle_configuration" "logs" {
  bucket = aws_s3_bucket.logs.id

  rule {
    id     = "expire"
    status = "Enabled"

    filter {}

    expiration {
      days = var.log_retention_days
    }

    noncurrent_version_expiration {
      noncurrent_days = 1
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }
  }

  depends_on = [aws_s3_bucket_versioning.logs]
}

resource "aws_s3_bucket_ownership_controls" "logs" {
  bucket = aws_s3_bucket.logs.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

data "aws_caller_identity" "current" {}

locals {
  # A policy that named the bucket itself would be "known after apply" in each plan
  # that changes the bucket.
  logs_arn = aws_s3_bucket.logs.arn
}

data "aws_iam_policy_document" "logs" {
  statement {
    sid       = "LoadBalancerWrites"
    actions   = ["s3:PutObject"]
    resources = ["${local.logs_arn}/AWSLogs/${data.aws_caller_identity.current.account_id}/*"]

    principals {
      type        = "Service"
      identifiers = ["logdelivery.elasticloadbalancing.amazonaws.com"]
    }
  }

  # Nobody may do anything over a connection that others can read.
  statement {
    sid       = "EncryptedConnectionsOnly"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [local.logs_arn, "${local.logs_arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.id
  policy = data.aws_iam_policy_document.logs.json

  depends_on = [aws_s3_bucket_public_access_block.logs]
}

resource "aws_s3_bucket_public_access_block" "logs" {
  bucket                  = aws_s3_bucket.logs.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

# trivy:ignore:AVD-AWS-0132 Load balancers write to buckets with S3's own encryption only.
resource "aws_s3_bucket_server_side_encryption_configuration" "logs" {
  # checkov:skip=CKV2_AWS_67: S3 rotates its own keys.
  bucket = aws_s3_bucket.logs.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_versioning" "logs" {
  bucket = aws_s3_bucket.logs.id

  versioning_configuration {
    status = "Enabled"
  }
}
