# The repository whose branch starts the pipelines.
dynamic "resource" {
  for_each = spec.create[*]
  labels   = ["aws_codecommit_repository", "this"]

  content {
    # checkov:skip=CKV2_AWS_37: Who approves is the team's to say: a file of your own can add a rule.
    repository_name = var.name
    description     = var.description
  }
}

# The repository exists already: its branch starts the pipelines.
dynamic "data" {
  for_each = spec.existing[*]
  iterator = once
  labels   = ["aws_codecommit_repository", "this"]

  content {
    repository_name = var.name
  }
}
