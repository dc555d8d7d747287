provider "aws" {
  region = local.region

  # A plan for another account fails before it starts.
  allowed_account_ids = spec.account == null ? null : [spec.account]

  default_tags {
    tags = spec.tags
  }
}

locals {
  region = spec.region
}
