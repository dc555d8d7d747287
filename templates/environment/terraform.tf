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

  # Plans are saved and applied where Terraform runs: the workspace's execution
  # mode must be Local.
  dynamic "cloud" {
    for_each = spec.hcp[*]

    content {
      hostname     = cloud.value.hostname
      organization = cloud.value.organization

      workspaces {
        name    = cloud.value.workspace
        project = cloud.value.project
      }
    }
  }
}
