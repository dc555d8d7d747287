# What goes by itself. ECR cannot tell which images run, so unless more is asked
# for, only what no task can still need does.
dynamic "resource" {
  for_each = spec.expiring.used[*]
  labels   = ["aws_ecr_lifecycle_policy", "this"]

  content {
    for_each = spec.expiring.differ ? toset(length(local.rules) > 0 ? ["this"] : []) : null

    repository = aws_ecr_repository.this.name
    policy     = jsonencode({ rules = local.rules })
  }
}

dynamic "locals" {
  for_each = spec.expiring.used[*]

  content {
    rules = spec.keep.used == null ? (
      spec.immutable.differ ? [for rule in [local.untagged] : rule if var.image_tag_mutability == "IMMUTABLE"] : [local.untagged]
      ) : spec.immutable.used == null ? (
      spec.keep.differ ? [for rule in [local.newest] : rule if var.keep > 0] : [local.newest]
      ) : concat(
      spec.immutable.differ ? [for rule in [local.untagged] : rule if var.image_tag_mutability == "IMMUTABLE"] : [local.untagged],
      spec.keep.differ ? [for rule in [local.newest] : rule if var.keep > 0] : [local.newest],
    )
  }
}

# With tags that never move, no task needs an image without one.
dynamic "locals" {
  for_each = spec.immutable.used[*]

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
  for_each = spec.expiring.differ ? [true] : []

  content {
    from = aws_ecr_lifecycle_policy.this
    to   = aws_ecr_lifecycle_policy.this["this"]
  }
}
