# ECR cannot tell which images run, so a rule may only expire what no task can
# still need: with tags that never move, an image without one.
dynamic "resource" {
  for_each = spec.mutable.differ || spec.mutable.used == null ? [true] : []
  labels   = ["aws_ecr_lifecycle_policy", "this"]

  content {
    for_each = spec.mutable.differ ? toset(var.image_tag_mutability == "IMMUTABLE" ? ["untagged"] : []) : null

    repository = aws_ecr_repository.this.name
    policy     = jsonencode({ rules = spec.keep.used == null ? [local.untagged] : (spec.keep.differ ? concat([local.untagged], [for rule in [local.newest] : rule if var.keep > 0]) : [local.untagged, local.newest]) })
  }
}

dynamic "locals" {
  for_each = spec.mutable.differ || spec.mutable.used == null ? [true] : []

  content {
    untagged = {
      rulePriority = 1
      description  = "An image without a tag goes a year after its push."
      action       = { type = "expire" }

      selection = {
        tagStatus   = "untagged"
        countType   = "sinceImagePushed"
        countUnit   = "days"
        countNumber = 365
      }
    }
  }
}

# Asked for: all but the newest images go, also one that still runs because as
# many later ones were built and never deployed.
dynamic "locals" {
  for_each = spec.keep.used[*]

  content {
    newest = {
      rulePriority = 2
      description  = "The newest ${var.keep} images stay."
      action       = { type = "expire" }

      selection = {
        tagStatus      = "tagged"
        tagPatternList = ["*"]
        countType      = "imageCountMoreThan"
        countNumber    = var.keep
      }
    }
  }
}

dynamic "moved" {
  for_each = spec.mutable.differ ? [true] : []

  content {
    from = aws_ecr_lifecycle_policy.this
    to   = aws_ecr_lifecycle_policy.this["untagged"]
  }
}
