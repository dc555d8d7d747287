terraform {
  required_version = "~> 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }

  dynamic "backend" {
    for_each = spec.s3[*]
    labels   = ["s3"]

    content {
      bucket       = backend.value.bucket
      key          = backend.value.key
      region       = backend.value.region
      encrypt      = true
      kms_key_id   = backend.value.kms_key
      use_lockfile = true
    }
  }
}
