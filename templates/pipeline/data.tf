data "aws_caller_identity" "current" {}

dynamic "data" {
  for_each = spec.elsewhere[*]
  iterator = once
  labels   = ["aws_partition", "current"]

  content {}
}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = spec.elsewhere == null ? null : data.aws_partition.current.partition
}
