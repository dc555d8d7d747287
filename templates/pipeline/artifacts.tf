# What one stage hands to the next: the source, and the name of the image.
# trivy:ignore:AVD-AWS-0089 Only the pipeline's roles read it, and nothing stays for more than a month.
resource "aws_s3_bucket" "artifacts" {
  # checkov:skip=CKV_AWS_18: Only the pipeline's roles read it, and nothing stays for more than a month.
  # checkov:skip=CKV_AWS_144: Artifacts are of use in the pipeline's region alone.
  # checkov:skip=CKV2_AWS_62: The pipeline itself knows what it wrote.

  # A name that nobody else can take beforehand.
  bucket_prefix = var.artifact_bucket_prefix
  force_destroy = var.force_destroy
}

resource "aws_s3_bucket_lifecycle_configuration" "artifacts" {
  bucket = aws_s3_bucket.artifacts.id

  rule {
    id     = "expire"
    status = "Enabled"

    filter {}

    # A retry of a stage needs its artifacts; a month is longer than anybody waits.
    expiration {
      days = 30
    }

    noncurrent_version_expiration {
      noncurrent_days = 1
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }
  }

  depends_on = [aws_s3_bucket_versioning.artifacts]
}

resource "aws_s3_bucket_ownership_controls" "artifacts" {
  bucket = aws_s3_bucket.artifacts.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

data "aws_iam_policy_document" "artifacts" {
  # Nobody may do anything over a connection that others can read.
  statement {
    sid       = "EncryptedConnectionsOnly"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [local.artifacts_arn, "${local.artifacts_arn}/*"]

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

resource "aws_s3_bucket_policy" "artifacts" {
  bucket = aws_s3_bucket.artifacts.id
  policy = data.aws_iam_policy_document.artifacts.json

  depends_on = [aws_s3_bucket_public_access_block.artifacts]
}

resource "aws_s3_bucket_public_access_block" "artifacts" {
  bucket                  = aws_s3_bucket.artifacts.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

# trivy:ignore:AVD-AWS-0132 The key that AWS manages: free, and without a policy to keep.
resource "aws_s3_bucket_server_side_encryption_configuration" "artifacts" {
  # checkov:skip=CKV2_AWS_67: AWS rotates the key that it manages, every year.
  bucket = aws_s3_bucket.artifacts.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}

resource "aws_s3_bucket_versioning" "artifacts" {
  bucket = aws_s3_bucket.artifacts.id

  versioning_configuration {
    status = "Enabled"
  }
}
